"""Contact points (联系点): one visit a month, five steps, and which days a record may name.

The five steps are 联系、登记、上报、落实、反馈. A visit that found nothing is whole with the first two:
the other three fall away (scoring.md, W24).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection
from datetime import date, timedelta
from enum import StrEnum


class Step(StrEnum):
    """One of the five steps (五个环节)."""

    CONTACT = "contact"  # 有联系
    REGISTER = "register"  # 有登记
    REPORT = "report"  # 有上报
    SETTLE = "settle"  # 有落实
    FEED_BACK = "feed_back"  # 有反馈


ALWAYS = (Step.CONTACT, Step.REGISTER)
BACK = timedelta(days=31)
"""How long afterwards a visit may be entered (补登期限)."""
NEW_YEAR = 5
"""Until this day of January a visit of December may still be entered (跨年补登)."""
PROMPT = timedelta(days=2)
"""A visit entered later than this is dated as late (迟登)."""
AHEAD = timedelta(days=7)
"""So long before its month a visit day is announced (提前公布)."""


def refusal(day: date, today: date) -> str:
    """Return why a visit on that day can't be entered today (不能登记的原因), '' when it can.

    >>> today = date(2026, 11, 24)
    >>> [refusal(date(2026, 11, d), today) for d in (24, 25)], refusal(date(2026, 10, 20), today)
    (['', 'future'], 'old')
    >>> refusal(date(2025, 11, 24), today), refusal(date(2026, 12, 30), date(2027, 1, 4))
    ('last_year', '')
    >>> refusal(date(2026, 12, 30), date(2027, 1, 6))
    'last_year'
    """
    if day > today:
        return "future"
    if day.year < today.year:
        near = today.year - day.year == 1 and day.month == 12 and (today.month, today.day) <= (1, NEW_YEAR)
        return "" if near and today - day <= BACK else "last_year"
    return "old" if today - day > BACK else ""


def late(day: date, entered: date) -> bool:
    """Return whether a visit was entered late (是否迟登)."""
    return entered - day > PROMPT


def visit_day(month: date, on: int, works: Callable[[date], bool]) -> date:
    """Return the visit day of a month (联系日): the fixed day or the next working day, within the month.

    >>> weekdays = lambda day: day.weekday() < 5
    >>> visit_day(date(2026, 11, 1), 21, weekdays), visit_day(date(2026, 1, 1), 31, weekdays)
    (datetime.date(2026, 11, 23), datetime.date(2026, 1, 30))
    """
    last = monthrange(month.year, month.month)[1]
    fixed = month.replace(day=min(on, last))
    after = [month.replace(day=n) for n in range(fixed.day, last + 1)]
    before = [month.replace(day=n) for n in range(fixed.day - 1, 0, -1)]
    return next((day for day in after + before if works(day)), fixed)


def month_of(day: date) -> date:
    """Return the first of a month (当月)."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first of the month after (下月).

    >>> next_month(date(2026, 12, 1))
    datetime.date(2027, 1, 1)
    """
    return (month + timedelta(days=32)).replace(day=1)


def taken(done: Collection[str], found: bool) -> list[bool | None]:
    """Return the five steps as they count (五个环节的完成情况): taken, not taken, or None where exempt.

    >>> taken({"contact", "register"}, found=False)
    [True, True, None, None, None]
    >>> taken({"contact", "register", "settle"}, found=True)
    [True, True, False, True, False]
    """
    return [step in done if found or step in ALWAYS or step in done else None for step in Step]


def whole(done: Collection[str], found: bool) -> bool:
    """Return whether nothing is left to do (是否闭环): the status is the weakest of the five."""
    return all(step is not False for step in taken(done, found))
