"""Changes of work items (工作项变更): begin, hand down, take a step, leave a stage, review and end, give up."""

from .ending import drop, end
from .opening import begin
from .passing import leave
from .stepping import add_proof, hand_down, seen, take

__all__ = ["add_proof", "begin", "drop", "end", "hand_down", "leave", "seen", "take"]
