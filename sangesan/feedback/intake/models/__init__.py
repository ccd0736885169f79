"""Tables of intake (受理): reception days and their moves, boxes with openings and slips, sent pages of the kiosk."""

from .boxes import Box, Opening, Slip
from .kiosk import SentPage
from .reception import Booking, Move, Reception, Visitor

__all__ = ["Booking", "Box", "Move", "Opening", "Reception", "SentPage", "Slip", "Visitor"]
