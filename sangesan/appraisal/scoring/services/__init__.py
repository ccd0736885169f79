"""Scoring (核算): facts become results; run twice, it makes nothing twice."""

from .daily import assess_day, assess_rolling, revise
from .entering import check, confirm_all, enter, take_back
from .heads import count_heads
from .period import assess_due, assess_period, revise_periods
from .recomputing import NoRun, Recomputed, recompute
from .trying import tried

__all__ = [
    "NoRun", "Recomputed", "assess_day", "assess_due", "assess_period", "assess_rolling", "check", "confirm_all",
    "count_heads", "enter", "recompute", "revise", "revise_periods", "take_back",
    "tried",
]
