"""Changes of study (学习变更): plan, hold, banks and self-tests, grades gained."""

from .gaining import gain
from .planning import hold, plan
from .testing import keep, take

__all__ = ["gain", "hold", "keep", "plan", "take"]
