"""Tables of the duties (应办事项), one noun each."""

from .duty import Duty, Origin
from .happening import Happening

__all__ = ["Duty", "Happening", "Origin"]
