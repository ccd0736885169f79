"""Occurrences (应办日): what a nominal date means in working days, and in the plain words of the rule.

A day policy says what becomes of a day off; a window lets something be done on any day of its
week, month, quarter or year; an offset gives working days after the date; the grace is counted in
working days too. A date in a year nobody has confirmed is provisional.

>>> monday = Cadence(read("FREQ=WEEKLY;BYDAY=MO"), Policy.NEXT)
>>> said(monday)
'每周一，遇休息日顺延'
>>> said(Cadence(read("FREQ=MONTHLY;BYMONTHDAY=1"), window=Window.MONTH))
'每月内任选一天'
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .cadence import Freq, Rule, dates, read
from .deadlines import Calendar, add_working_days, on_or_after, on_or_before
from .words import word


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


WEEKDAYS = word("一二三四五六日")
OFF = {Policy.AS_IS: "", Policy.SKIP: word("，遇休息日不办"), Policy.NEXT: word("，遇休息日顺延"),
       Policy.PREVIOUS: word("，遇休息日提前")}
WITHIN = {Window.WEEK: word("每周"), Window.MONTH: word("每月"), Window.QUARTER: word("每季度"),
          Window.YEAR: word("每年")}
NUMBERS = word("零一二三四五六七八九十")


def said(cadence: Cadence) -> str:
    """Say a cadence in plain words (规则的说法).

    >>> said(Cadence(read("FREQ=MONTHLY;BYDAY=-1FR"), Policy.PREVIOUS, offset=3))
    '每月最后一个周五，遇休息日提前，其后 3 个工作日内办完'
    >>> said(Cadence(read("FREQ=DAILY"), Policy.SKIP)), said(Cadence(read("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH")))
    ('每个工作日', '每两周的周一、周四')
    """
    rule = cadence.rule
    if cadence.window != Window.DAY:
        words = word("%(value)s内任选一天") % {"value": WITHIN[cadence.window]}
        if rule.freq == Freq.YEARLY and cadence.window == Window.MONTH:
            words = word("每年%(months)s内任选一天") % {"months": _months(rule)}
        if rule.freq == Freq.YEARLY and cadence.window == Window.QUARTER and len(rule.months) == 1:
            words = word("每年第%(value)s季度内任选一天") % {"value": NUMBERS[(rule.months[0] + 2) // 3]}
    elif rule.freq == Freq.DAILY and rule.interval == 1 and not rule.days and cadence.policy == Policy.SKIP:
        words = word("每个工作日")
    else:
        words = _often(rule) + OFF[cadence.policy]
    if cadence.offset:
        words += word("，其后 %(offset)s 个工作日内办完") % {"offset": cadence.offset}
    if rule.until:
        words += word("，到 %(until)s 为止") % {"until": f"{rule.until:%Y-%m-%d}"}
    return words


def _often(rule: Rule) -> str:
    weekdays = "、".join(word("周%(value)s") % {"value": WEEKDAYS[d]} for _, d in rule.days)
    times = _times(rule.interval)
    months = _months(rule)
    if rule.freq == Freq.DAILY:
        often = word("每%(times)s天") % {"times": times} if rule.interval > 1 else word("每天")
        return often + (word("（限%(weekdays)s）") % {"weekdays": weekdays} if weekdays else "")
    if rule.freq == Freq.WEEKLY:
        head = word("%(months)s的每") % {"months": months} if months else word("每")
        if rule.interval > 1:
            return word("%(head)s%(times)s周的%(days)s") % {"head": head, "times": times, "days": weekdays
                                                            or word("同一天")}
        return f"{head}{weekdays or word('周的同一天')}"
    if rule.freq == Freq.YEARLY:
        head = word("每%(times)s年") % {"times": times} if rule.interval > 1 else word("每年")
    else:
        head = word("每%(times)s个月") % {"times": times} if rule.interval > 1 else word("每月")
    head += months if rule.freq == Freq.YEARLY else word("（限%(months)s）") % {"months": months} if months else ""
    return head + (word("的") if rule.interval > 1 and rule.freq == Freq.MONTHLY else "") + _in_month(rule)


def _in_month(rule: Rule) -> str:
    days = "、".join(word("最后一天") if d == -1 else word("倒数第%(times)s天") % {"times": _times(-d)} if d < 0
                     else word("%(d)s日") % {"d": d} for d in rule.month_days)
    named = "、".join(
        word("周%(value)s") % {"value": WEEKDAYS[d]} if n == 0 else word("最后一个周%(value)s") % {"value": WEEKDAYS[d]}
        if n == -1
        else word("%(from_end)s第%(count)s个周%(weekday)s")
        % {"from_end": word("倒数") if n < 0 else "", "count": NUMBERS[abs(n)], "weekday": WEEKDAYS[d]} for n,
        d in rule.days)
    return word("%(days)s且逢%(named)s") % {"days": days,
                                            "named": named} if days and named else days or named or word("的同一天")


def _months(rule: Rule) -> str:
    return "、".join(word("%(m)s月") % {"m": m} for m in rule.months)


def _times(number: int) -> str:
    return word("两") if number == 2 else NUMBERS[number] if number <= 10 else f" {number} "


__all__ = ["Cadence", "Occurrence", "Policy", "Window", "kept", "occurrences", "read", "said", "span"]
