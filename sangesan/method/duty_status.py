"""Status of a duty (办理状态): never stored, always derived from its times, what became of it, and now.

What is done counts from the moment it was done, if it was entered before the grace ended; an entry
after that is dated as late (chapter V.2). A duty that nobody did is missing once its grace is over.

>>> due, closes = datetime(2026, 11, 23, 18), datetime(2026, 11, 24, 18)
>>> status(datetime(2026, 11, 23), due, closes, "", None, datetime(2026, 11, 23, 12)).value
'open'
>>> status(datetime(2026, 11, 23), due, closes, "", None, datetime(2026, 11, 25)).value
'missing'
>>> status(datetime(2026, 11, 23), due, closes, "done", datetime(2026, 11, 23, 9), datetime(2026, 11, 25)).value
'on_time'
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    """Where a duty stands (办理状态)."""

    NOT_DUE = "not_due"  # 未到时间
    OPEN = "open"  # 待办
    ON_TIME = "on_time"  # 按时办结
    LATE = "late"  # 迟办
    MISSING = "missing"  # 未办
    EXEMPT = "exempt"  # 免办
    CANCELLED = "cancelled"  # 取消


EXPECTED = (Status.ON_TIME, Status.LATE, Status.MISSING)
"""What counts as expected in a period that is over (应办): neither exempt nor cancelled, nor still running."""
NEVER_MISSED = ("daily_report",)
"""Kinds that nobody misses (缺了不计): a day without a report costs nothing and is counted nowhere (chapter V.5)."""
ENDED = {"exempted": Status.EXEMPT, "cancelled": Status.CANCELLED}


def status(
    opens: datetime, due: datetime, closes: datetime, settled: str, at: datetime | None, now: datetime
) -> Status:
    """Return where a duty stands (办理状态).

    `settled` is '' or how it was settled (done, exempted, cancelled), `at` the moment that counts.
    """
    if settled in ENDED:
        return ENDED[settled]
    if settled:
        return Status.ON_TIME if at is not None and at <= due else Status.LATE
    if now < opens:
        return Status.NOT_DUE
    return Status.OPEN if now <= closes else Status.MISSING


def counted_at(at: datetime, entered: datetime, closes: datetime) -> datetime:
    """Return the moment by which what was done is judged (计时时刻).

    >>> held, grace = datetime(2026, 11, 23, 9), datetime(2026, 11, 24, 18)
    >>> counted_at(held, datetime(2026, 11, 24, 8), grace).hour, counted_at(held, datetime(2026, 11, 26, 8), grace).day
    (9, 26)
    """
    return at if entered <= closes else entered
