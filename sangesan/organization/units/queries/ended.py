"""Units that ended (撤销单位): what stood above and covered them on their last day, and who took over from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, Q

from sangesan.method.succession import heir

from ..models import Coverage, Succession, Unit, UnitEdge
from . import DEEPEST

DAY = timedelta(days=1)


def ways_up(places: Iterable[tuple[int, date]]) -> dict[tuple[int, date], list[int]]:
    """Return the ids from the root down to each unit (上级链) on its day, or on its last one if it had ended by then.

    However many units and days it is about, each level is asked for once.
    """
    asked = set(places)
    todo = {unit for unit, _day in asked}
    closed = dict(Unit.objects.filter(pk__in=todo).exclude(closed=None).values_list("pk", "closed"))
    above: dict[int, list[tuple[int, date, date | None]]] = {}
    while todo:
        above |= {unit: [] for unit in todo}
        rows = UnitEdge.objects.filter(child__in=todo).values_list("child", "parent", "since", "until")
        for child, *edge in rows:
            above[child].append(tuple(edge))
        todo = {parent for unit in todo for parent, *_days in above[unit]} - above.keys()
    return {(unit, day): _way(unit, min(day, closed.get(unit, date.max) - DAY), above) for unit, day in asked}


def _way(unit: int, day: date, above: dict[int, list[tuple[int, date, date | None]]]) -> list[int]:
    way = [unit]
    while len(way) <= DEEPEST:
        found = [up for up, since, until in above[way[0]] if since <= day and (until is None or until > day)]
        if not found:
            break
        way.insert(0, found[0])
    return way


def heirs(day: date) -> dict[int, int]:
    """Return who took over what each unit that ended by a day left open (承接单位), in two queries for all of them."""
    parts: dict[int, list[tuple[int, int]]] = {}
    for old, *part in Succession.objects.filter(old__closed__lte=day).order_by("pk").values_list("old", "new", "share"):
        parts.setdefault(old, []).append((part[0], part[1]))
    lasted = Q(until=None) | Q(until__gte=F("child__closed"))
    edges = UnitEdge.objects.filter(lasted, child__closed__lte=day, since__lt=F("child__closed"))
    after: dict[int, int] = dict(edges.values_list("child", "parent"))
    after |= {old: new for old, some in parts.items() if (new := heir(some))}
    found = {}
    for unit in after:
        new = after[unit]
        for _step in range(DEEPEST):
            new = after.get(new, new)
        found[unit] = new
    return found


def covered_last(branches: Iterable[int], day: date) -> list[tuple[int, int]]:
    """Return which units that ended by a day some branches covered on their last one (末日覆盖): branch and unit."""
    lasted = Q(until=None) | Q(until__gte=F("unit__closed"))
    rows = Coverage.objects.filter(lasted, branch__in=list(branches), unit__closed__lte=day,
                                   since__lt=F("unit__closed"))
    return list(rows.order_by("pk").values_list("branch", "unit"))
