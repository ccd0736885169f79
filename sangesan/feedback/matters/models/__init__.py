"""Tables of matters (事项), one noun each."""

from .enclosing import Enclosure
from .filing import StepFile
from .handling import Answer, Assignment, ClockChange, Extension, Overdue, Regrading
from .matter import Concern, Matter, Reach
from .recording import Recording
from .reviewing import Review
from .searching import Unindexed
from .speaking import Attachment, Message, Rating, Submission
from .supervising import Advice, Case, CaseEntry, Supervision
from .terms import Objection, Pause, Term

__all__ = [
    "Advice", "Answer", "Assignment", "Attachment", "Case", "CaseEntry", "ClockChange", "Concern", "Enclosure",
    "Extension", "Matter", "Message", "Objection", "Overdue", "Pause", "Rating", "Reach", "Recording", "Regrading",
    "Review", "StepFile", "Submission", "Supervision", "Term", "Unindexed",
]
