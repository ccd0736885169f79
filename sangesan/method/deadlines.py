"""Deadlines (时限): working hours, working days and statutory days over a calendar.

Promised clocks (承诺时限) of grades B and C run in working hours, those of grade A round the
clock; statutory ones (法定时限) in calendar days (contracts.md, Life of a matter; domain.md 1.2).

>>> holidays = Days({date(2026, 9, 20): True, date(2026, 9, 25): False})
>>> monday = datetime(2026, 9, 21, 17, tzinfo=LOCAL)
>>> add_working_hours(monday, 4, holidays).isoformat()
'2026-09-22T11:00:00+08:00'
>>> add_working_days(date(2026, 9, 24), 1, holidays)
datetime.date(2026, 9, 28)
>>> statutory_due(date(2026, 9, 10), 15, holidays)
datetime.date(2026, 9, 28)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Protocol, overload
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
HORIZON = 4000
"""A calendar without a working day in so many days is wrong; we stop rather than turn for ever."""


class Calendar(Protocol):
    """What a deadline asks of a working calendar (工作日历)."""

    def is_work(self, day: date) -> bool:
        """Return whether people work on that day (是否工作日)."""

    def confirmed(self, year: int) -> bool:
        """Return whether a person confirmed that year (是否已核定); else it is a guess."""


@dataclass(frozen=True)
class Days:
    """A calendar in memory (日历): the days it knows, Monday to Friday for all others."""

    work: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_work(self, day: date) -> bool:
        known = self.work.get(day)
        return day.weekday() < 5 if known is None else known

    def confirmed(self, year: int) -> bool:
        return year in self.years


@dataclass(frozen=True)
class Hours:
    """Working hours of a working day (工作时间), in local time, spans in order."""

    spans: tuple[tuple[time, time], ...] = ((time(8), time(12)), (time(14), time(18)))
    zone: tzinfo = LOCAL

    def on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for begin, end in self.spans:
            yield datetime.combine(day, begin, self.zone), datetime.combine(day, end, self.zone)


OFFICE = Hours()


class Measure(StrEnum):
    """How an amount of time is counted (计时方式)."""

    MINUTES = "minutes"  # 昼夜不停
    WORKING_MINUTES = "working_minutes"  # 只计工作时间
    WORKING_DAYS = "working_days"  # 工作日，末日下班前
    DAYS = "days"  # 日历日，末日逢休顺延，下班前


def due(start: datetime, amount: int, measure: Measure, calendar: Calendar, hours: Hours = OFFICE) -> datetime:
    """Return when a clock of that measure runs out (到期时刻).

    >>> due(datetime(2026, 9, 19, 23, 50, tzinfo=LOCAL), 30, Measure.MINUTES, Days()).isoformat()
    '2026-09-20T00:20:00+08:00'
    """
    if measure == Measure.MINUTES:
        return start + timedelta(minutes=amount)
    if measure == Measure.WORKING_MINUTES:
        return add_working_hours(start, calendar=calendar, minutes=amount, working=hours)
    if measure == Measure.WORKING_DAYS:
        return add_working_days(start, amount, calendar, hours)
    return end_of_work(statutory_due(start.astimezone(hours.zone).date(), amount, calendar), hours, start.tzinfo)


def add_working_hours(
    start: datetime, hours: int = 0, calendar: Calendar = Days(), *, minutes: int = 0, working: Hours = OFFICE
) -> datetime:
    """Return the moment after so many working hours (工作小时) from an aware start.

    A span that is used up to its end ends the clock there, not at the next span's beginning.
    """
    left = timedelta(hours=hours, minutes=minutes)
    if left <= timedelta(0):
        return start
    for begin, end in _spans(start.astimezone(working.zone), calendar, working):
        if left <= end - begin:
            return (begin + left).astimezone(start.tzinfo)
        left -= end - begin
    raise ValueError("the calendar has no working time left")


def working_time_between(
    start: datetime, end: datetime, calendar: Calendar, working: Hours = OFFICE
) -> timedelta:
    """Return how much working time lies between two moments (历时工作时间), never below zero."""
    spent, until = timedelta(0), end.astimezone(working.zone)
    for opens, closes in _spans(start.astimezone(working.zone), calendar, working):
        if opens >= until:
            break
        spent += min(closes, until) - opens
    return spent


@overload
def add_working_days(start: datetime, n: int, calendar: Calendar, hours: Hours = OFFICE) -> datetime: ...
@overload
def add_working_days(start: date, n: int, calendar: Calendar, hours: Hours = OFFICE) -> date: ...
def add_working_days(start: date | datetime, n: int, calendar: Calendar, hours: Hours = OFFICE) -> date | datetime:
    """Return the n-th working day after a day, which counts as day 0 (第 n 个工作日).

    From a moment, the end of work of that day; negative n counts back (days only).

    >>> add_working_days(datetime(2026, 9, 24, 10, tzinfo=LOCAL), 2, Days()).isoformat()
    '2026-09-28T18:00:00+08:00'
    >>> add_working_days(date(2026, 9, 28), -1, Days())
    datetime.date(2026, 9, 25)
    """
    if isinstance(start, datetime):
        day = add_working_days(start.astimezone(hours.zone).date(), n, calendar)
        return end_of_work(day, hours, start.tzinfo)
    step, day, left = (DAY if n >= 0 else -DAY), start, abs(n)
    for _ in range(HORIZON):
        if not left:
            return day
        day += step
        left -= calendar.is_work(day)
    raise ValueError("the calendar has no working day left")


def statutory_due(received: date, days: int, calendar: Calendar) -> date:
    """Return the last day of a statutory term (法定期限末日).

    The day of receipt is day 0; a last day off moves to the next working day (domain.md 1.2).
    """
    return on_or_after(received + timedelta(days=days), calendar)


def on_or_after(day: date, calendar: Calendar) -> date:
    """Return the day itself when worked, else the next working day (顺延)."""
    return day if calendar.is_work(day) else add_working_days(day, 1, calendar)


def on_or_before(day: date, calendar: Calendar) -> date:
    """Return the day itself when worked, else the last working day before (提前)."""
    return day if calendar.is_work(day) else add_working_days(day, -1, calendar)


def working_days_between(since: date, until: date, calendar: Calendar) -> int:
    """Count the working days after `since` up to and with `until` (其间工作日数).

    >>> working_days_between(date(2026, 9, 24), date(2026, 9, 28), Days())
    2
    """
    return sum(calendar.is_work(since + DAY * n) for n in range(1, (until - since).days + 1))


def end_of_work(day: date, hours: Hours = OFFICE, zone: tzinfo | None = None) -> datetime:
    """Return the end of working hours of a day (下班时刻)."""
    return datetime.combine(day, hours.spans[-1][1], hours.zone).astimezone(zone or hours.zone)


def end_of_day(day: date, zone: tzinfo | None = None) -> datetime:
    """Return the last moment of a day (当日终了), so that whatever runs until then is said to end on that day.

    >>> end_of_day(date(2026, 11, 24)).isoformat()
    '2026-11-24T23:59:59+08:00'
    """
    return datetime.combine(day, time(23, 59, 59), LOCAL).astimezone(zone or LOCAL)


def _spans(start: datetime, calendar: Calendar, working: Hours) -> Iterator[tuple[datetime, datetime]]:
    """Yield the working spans from a local moment on, the first cut at it."""
    for n in range(HORIZON):
        day = start.date() + DAY * n
        if calendar.is_work(day):
            for begin, end in working.on(day):
                if end > start:
                    yield max(begin, start), end
