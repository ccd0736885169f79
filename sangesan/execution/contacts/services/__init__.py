"""Changes of contact points (联系点变更): pair, arrange, record a visit, take its steps."""

from .handing_over import hand_over
from .pairing import arrange_due, end, move_day, pair
from .steps import answered, confirm, report, settle
from .visiting import record_visit

__all__ = ["answered", "arrange_due", "confirm", "end", "hand_over", "move_day", "pair", "record_visit", "report",
           "settle"]
