"""Tables of intake (受理): reception days, boxes with openings and slips, pages of the kiosk that were sent."""

from .boxes import Box, Opening, Slip
from .kiosk import SentPage
from .reception import Booking, Reception, Visitor

__all__ = ["Booking", "Box", "Opening", "Reception", "SentPage", "Slip", "Visitor"]
