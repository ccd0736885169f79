"""Work (执行): what the demo mine does by its routines, each act at its moment by the holder of a post."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from sangesan.foundation.clock import LOCAL
from sangesan.organization.calendar.services import guess

from .script import Step


@dataclass(frozen=True)
class Act:
    """One act (一场): at a moment, under a key that orders what happens at the same time."""

    moment: datetime
    key: str
    do: Callable[[], object]


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment of a day (某日某时)."""
    return datetime.combine(day, time(hour, minute), LOCAL)


@cache
def workday(day: date) -> date:
    """Return the day, or the next that is worked (顺延到工作日): nobody meets on a holiday."""
    while not guess(day)[0]:
        day += timedelta(days=1)
    return day


def mondays(since: date, until: date) -> Iterator[date]:
    """Yield the Mondays of a span (各周周一), both days included."""
    day = since + timedelta(days=-since.weekday() % 7)
    while day <= until:
        yield day
        day += timedelta(days=7)


def acts(_seed: int, since: date, until: date, now: datetime) -> list[Step]:
    """Return everything that is done by routine up to a moment (全部执行场次)."""
    from . import (
        appraisal,
        assemblies,
        branch_life,
        by_hand,
        campaigns,
        channels,
        focus,
        paper_trail,
        routines,
        topics,
        weeks,
    )

    rooms = (focus, channels, routines, appraisal, assemblies, branch_life, campaigns, topics, weeks,
             paper_trail, by_hand)
    made = [act for room in rooms for act in room.acts(since, until)]
    return [Step(act.moment, act, "work") for act in made if act.moment < now]


STEPS: dict[str, Callable[[Act], object]] = {"work": lambda act: act.do()}
