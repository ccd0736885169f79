"""Openness of a team or crew (队务公开): attendance, work points and bonus of a month, posted for its own people.

Sums a person earns are read by the people of the unit and those who answer for it, by nobody else:
others see that it was posted, when, and how many stand in it. A wrong table is answered by a new
version with its reason; the earlier one stays (更正).
"""

from __future__ import annotations

from datetime import date

from .words import word

MOST_ROWS = 300
MONTHS_BACK = 12
REASONS = {"attendance": word("考勤有误"), "work": word("工分有误"), "bonus": word("奖金分配有误"),
           "missing": word("漏了人"), "other": word("其他")}


def first_of(day: date) -> date:
    """Return the first day of a month (月首)."""
    return day.replace(day=1)


def refusal(month: date, today: date) -> str:
    """Return why a month cannot be posted (不能公开的原因), '' when it can.

    >>> refusal(date(2026, 12, 1), date(2026, 11, 24)), refusal(date(2025, 10, 1), date(2026, 11, 24))
    ('future', 'old')
    >>> refusal(date(2026, 10, 1), date(2026, 11, 24))
    ''
    """
    if first_of(month) > first_of(today):
        return "future"
    apart = (today.year - month.year) * 12 + today.month - month.month
    return "old" if apart > MONTHS_BACK else ""


def hundredths(text: str) -> int | None:
    """Return a number with at most two decimals in hundredths (百分之一), None when it is none.

    >>> hundredths("22.5"), hundredths("1,480"), hundredths("-3"), hundredths("3.125"), hundredths("二十")
    (2250, 148000, None, None, None)
    """
    whole, _dot, part = text.replace(",", "").replace("，", "").partition(".")
    digits = whole + part
    if not whole or not digits.isascii() or not digits.isdecimal() or len(part) > 2 or len(whole) > 7:
        return None
    return int(whole) * 100 + int(part.ljust(2, "0"))
