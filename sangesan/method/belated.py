"""About when a word was written that arrives late (补发): the phone says how long ago, nobody trusts its calendar.

The day a report counts from is the day the server has it. A phone says only how many hours have
passed on its own clock between writing and sending; a clock that was set meanwhile, or stands a
year off, gives a span that can't be, and then nothing is said about it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from .words import word

MOST_HOURS = 30 * 24
"""Longer than this no report waits on a phone (最长等待)."""
WORTH_SAYING = 2
"""Hours below which a report is as good as fresh (不值一提)."""


def about(now: datetime, hours: int) -> str:
    """Return about when it was written (约写于), '' when it is fresh or the span can't be.

    >>> now = datetime(2026, 11, 22, 9)
    >>> about(now, 1), about(now, 5), about(now, 50), about(now, 8760), about(now, -3)
    ('', '约 5 小时前', '约 2 天前（11 月 20 日前后）', '', '')
    """
    if not WORTH_SAYING <= hours <= MOST_HOURS:
        return ""
    if hours < 24:
        return word("约 %(hours)s 小时前") % {"hours": hours}
    day = now - timedelta(hours=hours)
    return word("约 %(round)s 天前（%(month)s 月 %(day)s 日前后）") % {"round": round(hours / 24), "month": day.month,
                                                                       "day": day.day}
