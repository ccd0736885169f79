"""Quiet hours (免打扰时段): when nobody reminds a person, and when what was held back is said.

The house reminds at its own times, twice a day. It is quiet by night for everybody, during a person's
shift, and, for whoever wants it, while they sleep after a night shift. A time that falls into quiet is put off
to its end; on a day that has none left the first free moment stands in for them. An A warning asks nothing here.

>>> house = House((time(8), time(14)), time(22), time(6))
>>> def told(turn, **more):
...     day = date(2026, 11, 24)
...     return [f"{at:%H:%M}" for at in batches(day, house, spans(day, house, lambda _day: turn, **more))]
>>> told(None), told(Turn("检修班", time(8), time(16))), told(Turn("中班", time(14), time(22)))
(['08:00', '14:00'], ['16:00'], ['08:00'])
>>> night = Turn("零点班", time(0), time(8))
>>> told(night), told(night, sleeps=True)
(['08:00', '14:00'], ['16:00'])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from .deadlines import LOCAL
from .turns import Turn

Span = tuple[datetime, datetime]
DAY = timedelta(days=1)
DEEP, SLEEP, AWAKE = time(3), timedelta(hours=8), time(18)
"""Who is at work at three works by night; he sleeps so long, and not into the evening (夜班后补觉)."""


@dataclass(frozen=True)
class House:
    """When the house reminds and when it is night (提醒时刻、夜间)."""

    times: tuple[time, ...]
    since: time
    until: time

    def night(self, day: date) -> Span:
        """Return the night that begins on a day (夜间)."""
        begins, ends = (datetime.combine(day, at, LOCAL) for at in (self.since, self.until))
        return begins, ends if ends > begins else ends + DAY


def spans(day: date, house: House, turn: Callable[[date], Turn | None], *, sleeps: bool = False) -> list[Span]:
    """Return what is quiet for a person on a day (免打扰时段), in order; `turn` says which shift they work on a day."""
    days = (day - DAY, day)
    found = [house.night(each) for each in days]
    for worked in (shift.span(each) for each in days if (shift := turn(each)) is not None):
        if worked is not None:
            found += [worked, *(_sleep(worked) if sleeps else ())]
    return sorted(found)


def freed(at: datetime, quiet: Iterable[Span]) -> datetime:
    """Return the first moment from here on that is not quiet (免打扰结束时刻); the spans stand in order."""
    for begins, ends in quiet:
        at = ends if begins <= at < ends else at
    return at


def batches(day: date, house: House, quiet: Sequence[Span]) -> list[datetime]:
    """Return when a person is reminded on a day (当天提醒时刻), never more often than the house does."""
    put = {freed(datetime.combine(day, at, LOCAL), quiet) for at in house.times}
    first = freed(datetime.combine(day, time(0), LOCAL), quiet)
    return [at for at in sorted(put) if at.date() == day] or [at for at in [first] if at.date() == day]


def begun(now: datetime, house: House, quiet: Sequence[Span]) -> datetime | None:
    """Return when the present batch began (本批提醒时刻); None in quiet and before the first of the day."""
    if freed(now, quiet) != now:
        return None
    return max((at for at in batches(now.date(), house, quiet) if at <= now), default=None)


def _sleep(worked: Span) -> list[Span]:
    begins, ends = worked
    deep = [datetime.combine(each, DEEP, LOCAL) for each in (begins.date(), ends.date())]
    until = min(ends + SLEEP, datetime.combine(ends.date(), AWAKE, LOCAL))
    return [(ends, until)] if any(begins <= at < ends for at in deep) and until > ends else []
