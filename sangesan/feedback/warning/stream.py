"""The stream of the board (预警板事件流): one broadcaster for each process."""

from sangesan.foundation.broadcast import Broadcaster

from .queries.board import pulse

BOARD = Broadcaster(pulse)
