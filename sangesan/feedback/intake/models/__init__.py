"""Tables of intake (受理): reception days with bookings and visitors, boxes with openings and slips."""

from .boxes import Box, Opening, Slip
from .reception import Booking, Reception, Visitor

__all__ = ["Booking", "Box", "Opening", "Reception", "Slip", "Visitor"]
