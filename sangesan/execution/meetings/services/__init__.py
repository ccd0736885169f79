"""Changes of meetings (会议变更)."""

from .closing import close
from .correcting import annul, correct
from .opening import EARLY, call, discard, open_for
from .preparing import enrol, prepare, remove

__all__ = ["EARLY", "annul", "call", "close", "correct", "discard", "enrol", "open_for", "prepare", "remove"]
