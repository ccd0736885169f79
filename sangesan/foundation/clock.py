"""Clock (时钟): the one place that knows what time it is.

Every service asks `now()`; the demo mine and the tests set another moment with `at()`.
Moments are aware and cut to the second, because the ledger keeps seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """Return the present moment (此刻) in UTC, to the second."""
    return _moment.get() or wall()


def wall() -> datetime:
    """Return the real moment (真实时间) in UTC, also while the clock is stopped: for progress and files."""
    return datetime.now(UTC).replace(microsecond=0)


def today() -> date:
    """Return the day of the mine (今天), in local time."""
    return now().astimezone(LOCAL).date()


def midnight() -> datetime:
    """Return the moment the day of the mine began (零点): all that is kept of what a speaker did."""
    return datetime.combine(today(), datetime.min.time(), LOCAL).astimezone(UTC)


def local(moment: datetime) -> datetime:
    """Return an aware moment in the mine's own time (当地时间)."""
    return moment.astimezone(LOCAL)


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Stop the clock (停表) at an aware moment, or at noon of a day, in this context only."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=LOCAL)
    if moment.tzinfo is None:
        raise ValueError("the clock needs an aware moment")
    token = _moment.set(moment.astimezone(UTC).replace(microsecond=0))
    try:
        yield
    finally:
        _moment.reset(token)


def near(day: date, years: int = 10) -> bool:
    """Return whether a day is near enough to be meant (是否可信的日期): what is typed may name the year 1 or 9999."""
    return abs(day.year - today().year) <= years


def ago(**parts: int) -> datetime:
    """Return the moment that lies `timedelta(**parts)` before now (从前)."""
    return now() - timedelta(**parts)
