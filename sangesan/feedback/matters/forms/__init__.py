"""Forms of matters (事项表单)."""

from .applying import Applying
from .concerning import Concerning, Unmarking
from .filtering import Filtering
from .steps import FORMS, Declining, Dispatching, Grading, Judging, Opening, Ruling

__all__ = [
    "FORMS", "Applying", "Concerning", "Declining", "Dispatching", "Filtering", "Grading", "Judging", "Opening",
    "Ruling", "Unmarking",
]
