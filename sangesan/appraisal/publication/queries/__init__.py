"""Reads of publication (公布查询): the result page, a unit's statement, what the desk shows."""

from .access import ResultNotFound, door_to, published, readable_units, result_for, results_of
from .board import Board, Standing, board, last_day
from .desk import Summary, Task, dates, summary, todo
from .statement import Statement, statement_for

__all__ = [
    "Board", "ResultNotFound", "Standing", "Statement", "Summary", "Task", "board", "dates", "door_to", "last_day",
    "published", "readable_units", "result_for", "results_of", "statement_for", "summary", "todo",
]
