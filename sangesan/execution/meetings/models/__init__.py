"""Tables of meetings (会议)."""

from .meeting import Attendee, Correction, Item, Meeting

__all__ = ["Attendee", "Correction", "Item", "Meeting"]
