"""Changes of the duties (应办事项变更): assign, complete, exempt, move, cancel; the closing of a day."""

from .asking import answer, ask, decide, lodge
from .assigning import assign, reword
from .moving import move
from .nightly import record_due
from .settling import cancel, complete, exempt, take_back

__all__ = [
    "answer", "ask", "assign", "cancel", "complete", "decide", "exempt", "lodge", "move", "record_due", "reword",
    "take_back",
]
