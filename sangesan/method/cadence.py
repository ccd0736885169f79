"""Cadence (周期): how often something recurs. A whitelist of RFC 5545, always counted from the rule itself.

A rule gives *nominal* dates: FREQ, INTERVAL, BYDAY, BYMONTH, BYMONTHDAY, UNTIL and nothing else.
They are never chained from the one before, so a weekly rule passes New Year, and asking twice
gives the same. What a nominal date means in working days stands in method.occurrences.

>>> weekly = read("FREQ=WEEKLY;BYDAY=FR")
>>> [day.isoformat() for day in dates(weekly, date(2026, 1, 1), date(2026, 12, 20), date(2027, 1, 3))]
['2026-12-25', '2027-01-01']
>>> read("FREQ=MINUTELY")
Traceback (most recent call last):
sangesan.method.cadence.CadenceError: too_often
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = ("FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "UNTIL")
TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
FURTHEST = 40  # years in which a rule must occur once
DAY = timedelta(days=1)
_MOMENT = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")
_BYDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


class CadenceError(ValueError):
    """A rule that can't be (规则有误): its word is a slug, `too_often`, `never`, `unknown` or `wrong`."""


class Freq(StrEnum):
    """How often (频率)."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True)
class Rule:
    """A rule of recurrence (重复规则); `days` are pairs of (which one in the month or 0, weekday from 0)."""

    freq: Freq
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    until: date | None = None


def read(text: str) -> Rule:
    """Read a rule (读规则); refuses what is not on the whitelist, with a slug that says why.

    >>> read("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20271231").until
    datetime.date(2027, 12, 31)
    """
    said: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").rstrip(";").split(";"):
        name, _, value = part.partition("=")
        if name in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            raise CadenceError("too_often")
        if name not in PARTS:
            raise CadenceError("unknown")
        if name in said or not value:
            raise CadenceError("wrong")
        said[name] = value
    if said.get("FREQ") in TOO_OFTEN:
        raise CadenceError("too_often")
    if said.get("FREQ") not in list(Freq):
        raise CadenceError("wrong")
    rule = Rule(
        Freq(said["FREQ"]), _number(said.get("INTERVAL", "1"), 1, 366), _days(said.get("BYDAY", "")),
        _numbers(said.get("BYMONTH", ""), 1, 12), _numbers(said.get("BYMONTHDAY", ""), -31, 31), _until(said),
    )
    counted = rule.freq == Freq.MONTHLY or (rule.freq == Freq.YEARLY and rule.months)
    if any(n for n, _ in rule.days) and not counted:
        raise CadenceError("wrong")
    if 0 in rule.month_days or (rule.freq == Freq.WEEKLY and rule.month_days):
        raise CadenceError("wrong")
    return rule


def checked(text: str, anchor: date) -> Rule:
    """Read a rule that occurs at least once from a day on (核对规则). Raises CadenceError.

    >>> checked("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", date(2026, 1, 1))
    Traceback (most recent call last):
    sangesan.method.cadence.CadenceError: never
    """
    rule = read(text)
    if next(dates(rule, anchor, anchor, date(anchor.year + FURTHEST, 12, 31)), None) is None:
        raise CadenceError("never")
    return rule


def dates(rule: Rule, anchor: date, since: date, until: date) -> Iterator[date]:
    """Yield the nominal dates (名义日期) of a rule between two days, both included, in order.

    `anchor` is the day on which the rule begins: weeks, months and years of an INTERVAL are
    counted from it, and it stands in for a weekday or day that the rule leaves out.
    """
    since = max(since, anchor)
    until = min(until, rule.until) if rule.until else until
    if since > until:
        return
    if rule.freq in (Freq.DAILY, Freq.WEEKLY):
        yield from _by_day(rule, anchor, since, until)
    else:
        yield from _by_month(rule, anchor, since, until)


def _by_day(rule: Rule, anchor: date, since: date, until: date) -> Iterator[date]:
    weekdays = {d for _, d in rule.days} or ({anchor.weekday()} if rule.freq == Freq.WEEKLY else set(range(7)))
    start = anchor - DAY * anchor.weekday() if rule.freq == Freq.WEEKLY else anchor
    step, day = 7 if rule.freq == Freq.WEEKLY else 1, since
    while day <= until:
        turn = (day - start).days // step
        if turn % rule.interval == 0 and day.weekday() in weekdays and _fits(rule, day):
            yield day
        day += DAY


def _fits(rule: Rule, day: date) -> bool:
    in_month = not rule.months or day.month in rule.months
    return in_month and (not rule.month_days or day.day in _resolved(rule.month_days, day.year, day.month))


def _by_month(rule: Rule, anchor: date, since: date, until: date) -> Iterator[date]:
    year, month = since.year, since.month
    while (year, month) <= (until.year, until.month):
        if _month_counts(rule, anchor, year, month):
            for day in sorted(_in_month(rule, anchor, year, month)):
                found = date(year, month, day)
                if since <= found <= until:
                    yield found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _month_counts(rule: Rule, anchor: date, year: int, month: int) -> bool:
    if rule.freq == Freq.YEARLY:
        every = range(1, 13) if rule.days or rule.month_days else (anchor.month,)  # as RFC 5545 has it
        return (year - anchor.year) % rule.interval == 0 and month in (rule.months or every)
    apart = (year - anchor.year) * 12 + month - anchor.month
    return apart % rule.interval == 0 and (not rule.months or month in rule.months)


def _in_month(rule: Rule, anchor: date, year: int, month: int) -> set[int]:
    length = monthrange(year, month)[1]
    if not rule.days and not rule.month_days:
        return {anchor.day} if anchor.day <= length else set()
    chosen = _resolved(rule.month_days, year, month) if rule.month_days else set(range(1, length + 1))
    if rule.days:
        first = date(year, month, 1).weekday()
        found: set[int] = set()
        for nth, weekday in rule.days:
            every = list(range(1 + (weekday - first) % 7, length + 1, 7))
            found |= set(every) if nth == 0 else set(every[nth - 1:nth] if nth > 0 else every[nth:][:1])
        chosen &= found
    return chosen


def _resolved(days: tuple[int, ...], year: int, month: int) -> set[int]:
    length = monthrange(year, month)[1]
    return {d if d > 0 else length + 1 + d for d in days} & set(range(1, length + 1))


def _days(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for each in text.split(",") if text else ():
        match = _BYDAY.fullmatch(each)
        if match is None:
            raise CadenceError("wrong")
        found.append((int(match[1] or 0), DAYS.index(match[2])))
    return tuple(dict.fromkeys(found))


def _numbers(text: str, least: int, most: int) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_number(each, least, most) for each in text.split(","))) if text else ()


def _number(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,4}", text) or not least <= int(text) <= most:
        raise CadenceError("wrong")
    return int(text)


def _until(said: dict[str, str]) -> date | None:
    if (text := said.get("UNTIL")) is None:
        return None
    try:
        return date.fromisoformat(text[:8] if _MOMENT.fullmatch(text) else "")
    except ValueError as fault:
        raise CadenceError("wrong") from fault
