"""Reads of the calendar (日历查询)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sangesan.foundation.asking import asked, dated
from sangesan.method.deadlines import Days

from .models import Day

_DAYS = """
SELECT date, is_work, confirmed_at IS NOT NULL FROM calendar_day WHERE date BETWEEN %(since)s AND %(until)s
"""


def calendar(since: date, until: date) -> Days:
    """Return the working calendar (工作日历) over whole years, read once.

    Days nobody seeded fall back to Monday–Friday; a year counts as confirmed when each of its
    days is.
    """
    work, confirmed = {}, {}
    for told, is_work, known in asked(_DAYS, since=date(since.year, 1, 1), until=date(until.year, 12, 31)):
        day = dated(told)
        work[day] = bool(is_work)
        confirmed[day.year] = confirmed.get(day.year, 0) + bool(known)
    years = frozenset(year for year, n in confirmed.items() if n == length(year))
    return Days(work, years)


@dataclass(frozen=True)
class Year:
    """A year of the calendar (年历): what differs from Monday to Friday, and whether it is confirmed."""

    year: int
    confirmed: bool
    announced: bool
    off: list[date]
    made_up: list[date]
    working: int


def year_of(year: int) -> Year:
    """Return a year for looking through (年历核对); a year nobody seeded has no days."""
    rows = list(Day.objects.filter(date__year=year))
    return Year(
        year=year, confirmed=bool(rows) and all(row.confirmed_at for row in rows),
        announced=bool(rows) and all(row.source != Day.Source.GUESS for row in rows),
        off=[row.date for row in rows if not row.is_work and row.date.weekday() < 5],
        made_up=[row.date for row in rows if row.is_work and row.date.weekday() >= 5],
        working=sum(row.is_work for row in rows),
    )


def length(year: int) -> int:
    """Return how many days a year has (全年天数)."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days
