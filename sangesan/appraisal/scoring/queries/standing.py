"""What stands in a run (现行各行): its own rows, and those of the runs it revises that it did not move.

A run that late facts made keeps only what they moved. The last row of each unit and line in the
runs from its base on, up to it, is its result; nothing is copied.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db.models import F, Max, Q, QuerySet

from ..models import PersonScore, PostScore, Run, Score

PARTS = 64
"""Into how many parts rows are divided for their hashes (分部), by the number of unit, post or person."""
T = TypeVar("T", Score, PostScore, PersonScore)


def scores(run: Run, **of: Any) -> QuerySet[Score]:
    """Return the results of units in a run (单位得分), of some units or lines only."""
    return _standing(Score, run, ("unit", "line"), of).filter(gone=False)


def posts(run: Run, **of: Any) -> QuerySet[PostScore]:
    """Return the results of posts in a run (岗位得分)."""
    return _standing(PostScore, run, ("post",), of)


def persons(run: Run, **of: Any) -> QuerySet[PersonScore]:
    """Return the results of post-holders in a run (个人得分)."""
    return _standing(PersonScore, run, ("person",), of)


def in_each(rows: Iterable[T], runs: Iterable[Run]) -> dict[int, T]:
    """Return the row that stands in each of many runs (各次现行的一行), by run; rows of one key, with their runs."""
    known = sorted(rows, key=lambda row: row.pk)
    found: dict[int, T] = {}
    for run in runs:
        of = run.base_id or run.pk
        there = [row for row in known if of == (row.run.base_id or row.run_id) and row.run_id <= run.pk]
        if there:
            found[run.pk] = there[-1]
    return found


def of_unit(unit: int, runs: Sequence[Run]) -> dict[int, list[Score]]:
    """Return the rows of a unit that stand in each of many runs (一个单位各次现行各行), of all its lines, by run."""
    bases = {run.base_id or run.pk for run in runs}
    rows = Score._default_manager.filter(Q(run__in=bases) | Q(run__base__in=bases), unit=unit).select_related("run")
    by_line: dict[str, list[Score]] = {}
    for row in rows:
        by_line.setdefault(row.line, []).append(row)
    found: dict[int, list[Score]] = {run.pk: [] for run in runs}
    for some in by_line.values():
        for run, row in in_each(some, runs).items():
            found[run] += [] if row.gone else [row]
    return found


def _standing(model: type[T], run: Run, key: tuple[str, ...], of: dict[str, Any]) -> QuerySet[T]:
    """Return the last row of each key (最后一行); later runs have later rows, since each waits for the one before."""
    rows = model._default_manager.all()
    if "part__in" in of:
        rows = rows.annotate(part=F(f"{key[0]}_id") % PARTS)
    rows = rows.filter(**of)
    if run.base_id is None:
        return rows.filter(run=run)
    last = rows.filter(run__in=_chain(run)).order_by().values(*key).annotate(last=Max("pk")).values("last")
    return model._default_manager.filter(pk__in=last)


def _chain(run: Run) -> list[int]:
    """Return a run and those it points to (前后各次), asked once: those before it are what they were."""
    if "_chain" not in run.__dict__:
        runs = Run.objects.filter(Q(pk=run.base_id) | Q(base=run.base_id, pk__lte=run.pk))
        run.__dict__["_chain"] = list(runs.values_list("pk", flat=True))
    return run.__dict__["_chain"]
