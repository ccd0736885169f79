"""Changes of study (学习变更): plan, hold, banks and self-tests, grades gained."""

from .gaining import gain
from .planning import call_off, hold, plan
from .testing import judged, keep, retire, take, template

__all__ = ["call_off", "gain", "hold", "judged", "keep", "plan", "retire", "take", "template"]
