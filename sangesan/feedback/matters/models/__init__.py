"""Tables of matters (事项), one noun each."""

from .handling import Answer, Assignment, ClockChange, Extension, Overdue, Regrading
from .matter import Concern, Matter, Reach
from .searching import Unindexed
from .speaking import Attachment, Message, Rating, Submission

__all__ = [
    "Answer", "Assignment", "Attachment", "ClockChange", "Concern", "Extension", "Matter", "Message",
    "Overdue", "Rating", "Reach", "Regrading", "Submission", "Unindexed",
]
