"""What stood above units that ended (撤销单位的上级链): on their last day, for they have nobody above them since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ..models import Unit, UnitEdge
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
