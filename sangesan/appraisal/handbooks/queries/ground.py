"""Whose facts stand in a book (册的范围): those of the branch and of what it covered, wherever they stood then.

A unit that came to stand elsewhere, or under another branch, leaves what it did until then where it was.
"""

from __future__ import annotations

from datetime import date, timedelta

from sangesan.organization.units.models import Coverage, Unit, UnitEdge
from sangesan.organization.units.queries import covered, last_day, on, paths_of

DAY = timedelta(days=1)
Span = tuple[date, date]


def ground(unit: Unit, year: int) -> list[tuple[str, Span]]:
    """Return the paths of a branch and of what it covers in a year, each with its days (路径与起止)."""
    first, last = max(unit.opened, date(year, 1, 1)), min(last_day(unit), date(year, 12, 31))
    if first > last:
        return []
    starts = sorted({first, *(day for day in _turns(unit) if first < day <= last)})
    found: list[tuple[str, Span]] = []
    running: dict[str, date] = {}
    for start in starts:
        there = set(paths_of([unit.pk, *covered(unit.pk, start)], start).values())
        found += [(path, (since, start - DAY)) for path, since in running.items() if path not in there]
        running = {path: running.get(path, start) for path in sorted(there)}
    return found + [(path, (since, last)) for path, since in running.items()]


def beside(unit: Unit, line: str, day: date) -> list[Unit]:
    """Return a line's own units over what a branch covers (同一范围的分会), its workshop union for one."""
    rows = on(Coverage.objects.filter(unit__in=covered(unit.pk, day), branch__line=line), day)
    return list(Unit.objects.filter(pk__in=rows.values("branch")).exclude(pk=unit.pk).order_by("pk"))


def _turns(unit: Unit) -> set[date]:
    """Return the days on which the branch, what it covers or what stands above came to stand elsewhere (变动日)."""
    rows = list(Coverage.objects.filter(branch=unit).values_list("unit", "since", "until"))
    known, ahead = set(), {unit.pk, *(pk for pk, *_ in rows)}
    days = {day for _pk, *some in rows for day in some if day}
    while ahead:
        known |= ahead
        edges = list(UnitEdge.objects.filter(child__in=ahead).values_list("parent", "since"))
        days |= {since for _parent, since in edges}
        ahead = {parent for parent, _since in edges} - known
    return days
