"""Tables of the duties (应办事项), one noun each."""

from .asking import Asking
from .bearer import Bearer, Making
from .duty import Duty, Origin
from .happening import Happening

__all__ = ["Asking", "Bearer", "Duty", "Happening", "Making", "Origin"]
