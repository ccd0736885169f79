"""The backup of every day (每日备份), made by the timetable: proven before it counts, thinned with age."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sangesan.foundation import clock
from sangesan.foundation.sqlite import placing

from . import backup, shelves

KEPT = 14
"""Days whose copy is kept (每日备份份数); older ones stay one a week, until ninety days remove them too."""
FROM_HOUR = 2
"""Not before this hour (几点以后): the closing of the day before comes first, and few are at work."""


def run() -> Path | None:
    """Back up once a day (每日备份), also late when the machine was off at night; None when there is nothing to do.

    What lies in the database itself is then written anew, so that its place tells no order.
    """
    now = clock.local(clock.wall())
    if now.hour < FROM_HOUR or not backup.built() or made(now.date()):
        return None
    kept = backup.save(backup.named(f"daily-{now:%Y%m%d}"))
    thin(now.date())
    placing.replace()
    return kept


def made(day: date) -> bool:
    """Return whether the copy of a day is there (当日已备份)."""
    return any(_day_of(path) == day for path in backup.made())


def thin(today: date) -> int:
    """Remove daily copies that are older than two weeks (清理每日备份), but for the first of each week."""
    old = {day: path for path in backup.made() if (day := _day_of(path)) and day <= today - timedelta(days=KEPT)}
    weeks: set[tuple[int, int]] = set()
    gone = 0
    for day, path in sorted(old.items()):
        week = day.isocalendar()[:2]
        if week in weeks:
            shelves.remove(path)
            gone += 1
        weeks.add(week)
    return gone


def _day_of(path: Path) -> date | None:
    head, _, rest = path.name.partition("daily-")
    try:
        return date.fromisoformat(rest[:8]) if head == "sangesan-" else None
    except ValueError:
        return None
