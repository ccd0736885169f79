"""Reads of the duties (应办事项查询)."""

from .access import duty_for, shown, signs, visible
from .asked import to_answer
from .detail import Detail, detail_of
from .holders import holder_of, responsible
from .mine import Entry, Task, dates, find, mine, todo, waiting
from .missing import missing
from .standing import settled, with_status

__all__ = [
    "Detail", "Entry", "Task", "dates", "detail_of", "duty_for", "find", "holder_of", "mine", "missing",
    "responsible", "settled", "shown", "signs", "to_answer", "todo", "visible", "waiting", "with_status",
]
