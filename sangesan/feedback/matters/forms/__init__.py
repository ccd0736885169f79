"""Forms of matters (事项表单)."""

from .filtering import Filtering
from .steps import FORMS, Concerning, Declining, Dispatching, Grading, Judging, Opening, Ruling, Unmarking

__all__ = [
    "FORMS", "Concerning", "Declining", "Dispatching", "Filtering", "Grading", "Judging", "Opening", "Ruling",
    "Unmarking",
]
