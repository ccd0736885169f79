"""The leading group and the yearly focus (领导小组、工作重点): one head, few items, each led by a post.

The Party committee stands at the centre; the leading group is headed by the secretary and sets what the
year is about. Too many priorities are none: a year has at most twelve.
"""

from __future__ import annotations

from datetime import date

from .words import word

SEATS = {"head": word("组长"), "deputy": word("副组长"), "member": word("成员")}
MOST = 12
LONGEST_TITLE, LONGEST_CONTENT, LONGEST_WORDS = 60, 500, 120


def joining(seat: str, seats: list[str]) -> str:
    """Return why a seat can't be taken (不能进入的原因), '' when it can; `seats` are those taken.

    >>> joining("head", ["deputy"]), joining("head", ["head"]), joining("chair", [])
    ('', 'headed', 'unknown')
    """
    if seat not in SEATS:
        return "unknown"
    return "headed" if seat == "head" and "head" in seats else ""


def settable(year: int, standing: int, today: date) -> str:
    """Return why no focus can be set for a year (不能再定的原因), '' when it can: this year or, from October, the next.

    >>> settable(2026, 3, date(2026, 5, 1)), settable(2027, 0, date(2026, 5, 1)), settable(2027, 0, date(2026, 11, 1))
    ('', 'year', '')
    >>> settable(2026, 12, date(2026, 5, 1)), settable(2025, 0, date(2026, 1, 2))
    ('many', 'year')
    """
    if year != today.year and not (year == today.year + 1 and today.month >= 10):
        return "year"
    return "many" if standing >= MOST else ""
