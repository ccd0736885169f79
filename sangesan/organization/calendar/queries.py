"""Reads of the calendar (日历查询)."""

from __future__ import annotations

from datetime import date

from sangesan.method.deadlines import Days

from .models import Day


def calendar(since: date, until: date) -> Days:
    """Return the working calendar (工作日历) over whole years, read once.

    Days nobody seeded fall back to Monday–Friday; a year counts as confirmed when each of its
    days is.
    """
    rows = Day.objects.filter(date__gte=date(since.year, 1, 1), date__lte=date(until.year, 12, 31))
    work, confirmed = {}, {}
    for day, is_work, confirmed_at in rows.values_list("date", "is_work", "confirmed_at"):
        work[day] = is_work
        confirmed[day.year] = confirmed.get(day.year, 0) + (confirmed_at is not None)
    years = frozenset(year for year, n in confirmed.items() if n == length(year))
    return Days(work, years)


def length(year: int) -> int:
    """Return how many days a year has (全年天数)."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days
