"""Shifts of the duty post (值班班次): who answers for what can't wait, at any hour.

>>> [name for name in SHIFTS if covers(name, time(3))], [name for name in SHIFTS if covers(name, time(16))]
(['zero'], ['four'])
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from .deadlines import LOCAL
from .words import word

SHIFTS = {"zero": (0, 8), "day": (8, 16), "four": (16, 24)}
NAMES = {"zero": word("零点班"), "day": word("检修班"), "four": word("四点班")}


def span(shift: str, day: date) -> tuple[datetime, datetime]:
    """Return when a shift of a day begins and ends (起止时刻), in local time."""
    begin, end = SHIFTS[shift]
    midnight = datetime.combine(day, time(0), LOCAL)
    return midnight + timedelta(hours=begin), midnight + timedelta(hours=end)


def covers(shift: str, at: time) -> bool:
    """Return whether a shift covers an hour of the day (是否当班)."""
    begin, end = SHIFTS[shift]
    return begin <= at.hour < end


def named(word: str) -> str | None:
    """Return the shift a word stands for (识别班次), None for none.

    >>> named("零点班"), named("四点"), named("夜里")
    ('zero', 'four', None)
    """
    return next((slug for slug, name in NAMES.items() if word.strip() and name.startswith(word.strip())), None)
