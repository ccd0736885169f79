"""Changes of meetings (会议变更)."""

from .closing import close
from .correcting import annul, correct
from .opening import call, discard, open_for
from .preparing import enrol, prepare, remove

__all__ = ["annul", "call", "close", "correct", "discard", "enrol", "open_for", "prepare", "remove"]
