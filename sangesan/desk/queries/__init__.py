"""Joined reads of the desk (工作台查询): each system answers for itself, the desk lays them side by side."""

from .results import Yesterday, yesterday
from .search import place_of
from .tasks import Board, board
from .today import Today, today

__all__ = ["Board", "Today", "Yesterday", "board", "place_of", "today", "yesterday"]
