"""Who takes over (承接): what a unit leaves open when it ends goes to one other unit, and what becomes of each thing.

A merged unit is taken over by the other, a split one by the part that most of its people went to (the
first of equals), one that is closed by the unit right above. What recurs ends with its unit, for the
other has the same of its own; a single thing goes over. What fell due before stays the lateness of
the unit that was: nobody is charged for another's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

Part = TypeVar("Part")


class Fate(StrEnum):
    """What becomes of a duty of an ended unit (去向)."""

    FALLS_AWAY = "falls_away"  # 随单位撤销
    GOES_OVER = "goes_over"  # 移交，此后算承接单位的
    GOES_OVER_LATE = "goes_over_late"  # 移交，迟办仍算原单位的


def heir(parts: Sequence[tuple[Part, int]]) -> Part | None:
    """Return which part takes over (承接单位) among parts with their shares; None when there are none.

    >>> heir([("one", 4000), ("two", 6000)]), heir([("one", 5000), ("two", 5000)]), heir([])
    ('two', 'one', None)
    """
    return max(parts, key=lambda part: part[1])[0] if parts else None


def fate(recurs: bool, due: date, ended: date) -> Fate:
    """Return what becomes of a duty that was open on the day its unit ended (应办去向).

    >>> day = date(2026, 12, 1)
    >>> [fate(*one, day).value for one in ((True, day), (False, day), (False, date(2026, 11, 30)))]
    ['falls_away', 'goes_over', 'goes_over_late']
    """
    if recurs:
        return Fate.FALLS_AWAY
    return Fate.GOES_OVER if due >= ended else Fate.GOES_OVER_LATE
