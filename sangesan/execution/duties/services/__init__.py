"""Changes of the duties (应办事项变更): assign, complete, exempt, move, cancel, hand over; the closing of a day."""

from .asking import answer, ask, decide, lodge
from .assigning import assign, reword
from .exporting import XLSX, export, workbook
from .handing_over import hand_over
from .moving import move
from .nightly import record_due
from .settling import cancel, complete, correct, exempt, take_back

__all__ = [
    "XLSX", "answer", "ask", "assign", "cancel", "complete", "correct", "decide", "exempt", "export", "hand_over",
    "lodge", "move", "record_due", "reword", "take_back", "workbook",
]
