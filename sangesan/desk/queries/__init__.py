"""Joined reads of the desk (工作台查询): each system answers for itself, the desk lays them side by side."""

from .lacks import Lacks, lacks
from .results import Yesterday, yesterday
from .search import Results, place_of, search
from .tasks import Board, board
from .today import Today, today
from .work import month

__all__ = ["Board", "Lacks", "Results", "Today", "Yesterday", "board", "lacks", "month", "place_of", "search", "today",
           "yesterday"]
