"""Joined reads of the desk (工作台查询): each system answers for itself, the desk lays them side by side."""

from .calendar import Span, events, month_of, week_of
from .focus import focus_of
from .lacks import Lacks, lacks
from .outcomes import Opened, Outcome, opened, outcomes_of, span_asked
from .results import Yesterday, yesterday
from .returns import Filling, fields, preview, values
from .search import Results, place_of, search
from .tasks import Board, board
from .today import Today, today
from .work import month

__all__ = [
    "Board", "Filling", "Lacks", "Opened", "Outcome", "Results", "Span", "Today", "Yesterday", "board", "events",
    "fields", "focus_of", "lacks", "month", "month_of", "opened", "outcomes_of", "place_of", "preview", "search",
    "span_asked", "today", "values", "week_of", "yesterday",
]
