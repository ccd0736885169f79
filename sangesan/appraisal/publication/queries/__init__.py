"""Reads of publication (公布查询): the result page, a unit's statement, what the desk shows."""

from .access import PUBLIC, ResultNotFound, daily, door_to, published, readable_units, result_for, results_of
from .appeals import Told, appeal_for, names, opener, ruled, visible, waiting
from .board import Board, Standing, board, concerned, last_day, period_board, periods, posted_runs
from .desk import Summary, Task, summary, todo
from .intact import altered_appeals, altered_publications, lost
from .objecting import Objectionable, objectionable, speaks_for
from .omitted import offered, recorders
from .own import OwnStatement, own_statements
from .stages import final, standing
from .statement import Statement, statement_for
from .telling import choices, listed, recorded, spoken

__all__ = [
    "PUBLIC", "Board", "Objectionable", "OwnStatement", "ResultNotFound", "Standing", "Statement", "Summary", "Task",
    "Told", "altered_appeals", "altered_publications",
    "appeal_for", "board", "choices", "concerned", "daily", "door_to", "final", "last_day", "listed", "lost", "names",
    "objectionable", "offered", "opener", "own_statements", "period_board", "periods", "posted_runs",
    "published", "readable_units", "recorded", "recorders",
    "result_for", "results_of", "ruled", "speaks_for", "spoken", "standing", "statement_for", "summary", "todo",
    "visible", "waiting",
]
