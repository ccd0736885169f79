"""Since when the next word of progress counts (进展起算): nobody owes one for a time that was not theirs.

While a matter lay answered, or suspended, or in a grade that asks for none, nobody had to say how it goes. Its
step (`grading.progress_due`) begins anew when it is opened again, taken up again or graded graver. An answer sent
back for better words begins nothing: the matter was in hand all the time.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from .deadlines import LOCAL

DAY = timedelta(days=1)


def progress_since(signed: datetime, *later: datetime | None, spoken_on: date | None = None) -> datetime:
    """Return since when the next word counts (进展起算): the latest of the sign-in and all that came `later`.

    What a speaker opened again is known by its day alone and counts from the day after: no moment is told.

    >>> at = lambda day: datetime(2026, 12, day, 10, tzinfo=LOCAL)
    >>> f"{progress_since(at(1), at(3), None):%d %H}"
    '03 10'
    >>> f"{progress_since(at(1), at(3), spoken_on=date(2026, 12, 8)):%d %H}"
    '09 00'
    """
    spoken = None if spoken_on is None else datetime.combine(spoken_on + DAY, time(0), LOCAL)
    return max(filter(None, (signed, *later, spoken)))


def first_spoken_day(since: datetime) -> date:
    """Return the first day (最早诉说日) whose words count since a midnight: `progress_since` turned round.

    >>> first_spoken_day(datetime(2026, 12, 9, tzinfo=LOCAL)).isoformat()
    '2026-12-08'
    """
    return since.astimezone(LOCAL).date() - DAY
