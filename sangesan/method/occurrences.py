"""Occurrences (应办日): what a nominal date means in working days.

A day policy says what becomes of a day off; a window lets something be done on any day of its
week, month, quarter or year; an offset gives working days after the date; the grace is counted in
working days too. A date in a year nobody has confirmed is provisional.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .cadence import Freq, Rule, dates, read
from .deadlines import Calendar, add_working_days, on_or_after, on_or_before


class Policy(StrEnum):
    """What becomes of a day off (遇休息日)."""

    AS_IS = "as_is"  # 照常
    SKIP = "skip"  # 不办
    NEXT = "next"  # 顺延
    PREVIOUS = "previous"  # 提前


class Window(StrEnum):
    """On which days it may be done (可办期间)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Cadence:
    """A rule with what it means in working days (周期); `offset` and `grace` in working days, `lead` in days."""

    rule: Rule
    policy: Policy = Policy.AS_IS
    window: Window = Window.DAY
    offset: int = 0
    grace: int = 0
    lead: int = 0


@dataclass(frozen=True)
class Occurrence:
    """One time (一次): its nominal date, when it opens, is due and closes, and whether that is certain."""

    nominal: date
    opens: date
    due: date
    closes: date
    provisional: bool


def occurrences(
    cadence: Cadence, anchor: date, since: date, until: date, calendar: Calendar
) -> Iterator[Occurrence]:
    """Yield what falls on nominal dates between two days, both included (应办日)."""
    for nominal in dates(cadence.rule, anchor, since, until):
        first, last = span(nominal, cadence.window)
        day = kept(last, cadence.policy, calendar)
        if day is None:
            continue
        due = add_working_days(day, cadence.offset, calendar) if cadence.offset else day
        closes = add_working_days(due, cadence.grace, calendar) if cadence.grace else due
        opens = first if cadence.window != Window.DAY else min(nominal, day) - timedelta(days=cadence.lead)
        if due < opens:  # a week without a working day: brought forward, it may be done in the week it came into
            opens = span(due, cadence.window)[0]
        yield Occurrence(nominal, max(opens, anchor) if opens < anchor <= due else opens, due, closes,
                         not calendar.confirmed(due.year))


def span(day: date, window: Window) -> tuple[date, date]:
    """Return the first and last day of the window around a date (可办期间起止).

    >>> span(date(2026, 2, 3), Window.QUARTER)
    (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
    """
    if window == Window.DAY:
        return day, day
    if window == Window.WEEK:
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    months = {Window.MONTH: 1, Window.QUARTER: 3, Window.YEAR: 12}[window]
    first = day.month - (day.month - 1) % months
    last = first + months - 1
    return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])


def kept(day: date, policy: Policy, calendar: Calendar) -> date | None:
    """Return the day on which it is done (实际日), None when it is not done at all.

    >>> from .deadlines import Days
    >>> [kept(date(2026, 9, 26), policy, Days()) for policy in Policy][2]
    datetime.date(2026, 9, 28)
    """
    if policy == Policy.AS_IS or calendar.is_work(day):
        return day
    if policy == Policy.SKIP:
        return None
    return on_or_after(day, calendar) if policy == Policy.NEXT else on_or_before(day, calendar)


def heaps(rule: Rule, policy: Policy, window: Window = Window.DAY) -> bool:
    """Return whether putting off would heap a week's duties on one day (是否会堆在一天), after a holiday.

    >>> daily, weekly = read("FREQ=DAILY"), read("FREQ=WEEKLY;BYDAY=MO,TH")
    >>> heaps(daily, Policy.NEXT), heaps(daily, Policy.SKIP), heaps(weekly, Policy.NEXT)
    (True, False, False)
    """
    if policy not in (Policy.NEXT, Policy.PREVIOUS) or window != Window.DAY or rule.interval > 1 or rule.month_days:
        return False
    days = len({day for _, day in rule.days})
    return rule.freq in (Freq.DAILY, Freq.WEEKLY) and (days or (7 if rule.freq == Freq.DAILY else 1)) >= OFTEN


def every_day(rule: Rule) -> bool:
    """Return whether a rule occurs on each day of the year (是否天天办).

    >>> every_day(read("FREQ=DAILY")), every_day(read("FREQ=DAILY;BYMONTH=6")), every_day(read("FREQ=WEEKLY"))
    (True, False, False)
    """
    return rule == Rule(Freq.DAILY, until=rule.until)


OFTEN = 5
"""So many days a week is every day (每天办)."""


__all__ = ["Cadence", "Occurrence", "Policy", "Window", "every_day", "heaps", "kept", "occurrences", "read", "span"]
