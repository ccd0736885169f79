"""Tables of intake (受理): reception days and their moves, boxes and their slips, papers handed up, the kiosk."""

from .boxes import Box, Opening, Slip
from .handing import HandedUp
from .kiosk import SentPage
from .reception import Booking, Move, Reception, Visitor

__all__ = ["Booking", "Box", "HandedUp", "Move", "Opening", "Reception", "SentPage", "Slip", "Visitor"]
