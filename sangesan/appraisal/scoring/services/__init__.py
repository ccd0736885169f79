"""Scoring (核算): facts become results; run twice, it makes nothing twice."""

from .daily import assess_day, assess_rolling, revise
from .entering import check, confirm_all, enter, take_back
from .heads import count_heads
from .period import assess_due, assess_period
from .recomputing import NoRun, Recomputed, recompute
from .revising import revise_period, revise_periods
from .trying import tried, try_out

__all__ = [
    "NoRun", "Recomputed", "assess_day", "assess_due", "assess_period", "assess_rolling", "check", "confirm_all",
    "count_heads", "enter", "recompute", "revise", "revise_period", "revise_periods", "take_back",
    "tried", "try_out",
]
