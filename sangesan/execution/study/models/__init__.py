"""Tables of study (学习), one noun each."""

from .bank import Bank, Coverage, Question
from .gain import Gain
from .session import Attendance, Session

__all__ = ["Attendance", "Bank", "Coverage", "Gain", "Question", "Session"]
