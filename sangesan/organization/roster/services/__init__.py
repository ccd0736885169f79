"""Changes of the roster (花名册维护): upload, take in, undo."""

from .batches import drop, drop_old, take, take_read, take_tables, upload
from .founding import found
from .undoing import undo

__all__ = ["drop", "drop_old", "found", "take", "take_read", "take_tables", "undo", "upload"]
