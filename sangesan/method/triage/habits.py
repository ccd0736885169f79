"""Habits (派单习惯): who usually handles such a matter, counted from dispatches that people confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

FEWEST = 3
SHARE = 0.6


@dataclass(frozen=True)
class Usual:
    """The unit that usually handles it (通常主办): so many of so many."""

    lead: int
    count: int
    of: int


def usual(dispatched: Iterable[tuple[int, int, int]], unit: int) -> Usual | None:
    """Return who usually handles matters of one category (通常主办), or None when nobody clearly does.

    `dispatched` are (where it arose, who led, how many). What arose in the same unit speaks first.

    >>> usual([(7, 40, 2), (8, 40, 4), (8, 41, 1)], unit=7)
    Usual(lead=40, count=6, of=7)
    >>> usual([(7, 7, 3), (8, 40, 9)], unit=7)
    Usual(lead=7, count=3, of=3)
    >>> usual([(8, 40, 2), (8, 41, 2)], unit=7) is None
    True
    """
    rows = list(dispatched)
    for counted in ([row for row in rows if row[0] == unit], rows):
        leads: Counter[int] = Counter()
        for _unit, lead, count in counted:
            leads[lead] += count
        total = sum(leads.values())
        if leads:
            lead, count = max(leads.items(), key=lambda row: (row[1], -row[0]))
            if count >= FEWEST and count >= SHARE * total:
                return Usual(lead, count, total)
    return None
