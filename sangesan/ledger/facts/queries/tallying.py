"""Tallies (计数): how many facts of a kind a unit has, added up by the database; and the facts, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Count, QuerySet, Sum

from ..models import Body
from .reading import Row, rows_of, standing, under


def tallies(*, kinds: Iterable[str], days: tuple[date, date], unit_prefix: str = "") -> list[tuple[str, str, int, int]]:
    """Return kind, unit path, how many and the sum of their quantities (各单位件数); reversed facts are left out.

    What was reversed is little: it is counted apart and taken away, so the index alone counts the rest.
    """
    found = Body.objects.filter(kind__in=list(kinds), day__gte=days[0], day__lte=days[1])
    if unit_prefix:
        found = found.filter(under(unit_prefix))
    wrong = Body.objects.filter(reverses__gt=0).values("reverses")
    gone = {row[:2]: row[2:] for row in _added(found.filter(pk__in=wrong))}
    rows = []
    for kind, unit, n, heads in _added(found):
        less = gone.get((kind, unit), (0, 0))
        if n > less[0]:
            rows.append((kind, unit, n - less[0], heads - less[1]))
    return rows


def _added(found: QuerySet[Body]) -> list[tuple[str, str, int, int]]:
    return list(found.order_by().values_list("kind", "unit").annotate(n=Count("pk"), heads=Sum("quantity")))


def latest(*, kinds: Iterable[str], days: tuple[date, date], unit_prefixes: Sequence[str], before: int | None = None
           ) -> Iterator[Row]:
    """Read facts newest first (从近到远), below any of some unit paths, from before an id on."""
    if not unit_prefixes:
        return iter(())
    found = standing(kinds=kinds, days=days).filter(reduce(or_, map(under, unit_prefixes)))
    return rows_of((found.filter(pk__lt=before) if before is not None else found).order_by("-pk"))
