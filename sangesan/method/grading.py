"""Grading (分级研判): urgency × importance → A, B, C, and what each grade promises.

The table is data with a version; a matter keeps the version it was graded under (domain.md 2.2).
The shipped version stands here, later ones are decided by the Party committee (`feedback.grades`);
`grading_checks` says whether one may come into force.

>>> [grade(u, 2) for u in (1, 2, 3)]
['C', 'B', 'A']
>>> grade(1, 1, frozenset({Override.DANGER}))
'A'
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from .authority import Role
from .deadlines import (
    LOCAL,
    Calendar,
    Measure,
    add_working_hours,
    end_of_day,
    end_of_work,
    on_or_after,
    working_time_between,
)
from .grading_table import MOST_DAYS, RHYTHMS, TABLE, Clock, Level, Rhythm, Table, Told, Where
from .words import word

__all__ = [
    "CLOCK_NAMES", "CONFIRM", "CONFIRM_NAME", "GRAVEST_FIRST", "NAMES", "RHYTHMS", "TABLE", "Clock",
    "Level", "Override", "Rhythm", "Table", "Told", "Where", "grade", "graver", "lighter", "progress_due", "promised",
    "regraded", "shifted", "silent_since", "still_needed",
]
NAMES = {"A": word("紧急"), "B": word("重要"), "C": word("一般")}
GRAVEST_FIRST = "ABC"


class Override(StrEnum):
    """What goes before the table (直接定级的情形)."""

    DANGER = "danger"  # 井下重大隐患、人身危险 → A，先报调度
    ACCUSATION = "accusation"  # 检举控告，离开分级，转纪检


def grade(urgency: int, importance: int, overrides: Set[str] = frozenset(), table: Table | None = None) -> str:
    """Return the grade (定级) of urgency 1–3 × importance 1–3 as the table says; a declared danger is A.

    Raises ValueError for numbers outside 1–3, and for an accusation, which has no grade.
    """
    if Override.ACCUSATION in overrides:
        raise ValueError("an accusation leaves the warning system")
    if urgency not in (1, 2, 3) or importance not in (1, 2, 3):
        raise ValueError("urgency and importance are 1, 2 or 3")
    if Override.DANGER in overrides:
        return "A"
    return (table or TABLE).matrix[importance - 1][urgency - 1]


def graver(left: str, right: str) -> str:
    """Return the graver of two grades (取重), '' being none.

    >>> graver("B", "A"), graver("", "C")
    ('A', 'C')
    """
    return min((g for g in (left, right) if g), key=GRAVEST_FIRST.index, default="")


def lighter(left: str, right: str) -> bool:
    """Return whether `left` is lighter than `right` (是否降级)."""
    return bool(left and right) and GRAVEST_FIRST.index(left) > GRAVEST_FIRST.index(right)


CLOCK_NAMES = {"sign_in": word("签收"), "first_answer": word("首次答复"), "plan": word("措施"), "due": word("办理")}
CONFIRM, CONFIRM_NAME = "confirm", word("险情确认")
"""The clock of the duty post (值班确认时限): from the call list on as long as a unit has to sign for an A."""


def promised(level: str, start: datetime, calendar: Calendar, statutory: date,
             table: Table = TABLE) -> dict[str, datetime]:
    """Return the promised clocks (承诺时限) from dispatch; none later than the statutory day's end.

    What comes before the answer is not promised after it: over a long holiday the calendar days of the
    answer run out before the working days of the first word.

    >>> from .deadlines import Days
    >>> holiday = Days({date(2026, 10, day): False for day in range(1, 8)})
    >>> due = promised("B", datetime(2026, 9, 30, 17, tzinfo=LOCAL), holiday, date(2026, 11, 29))
    >>> [f"{due[name]:%m-%d %H:%M}" for name in ("sign_in", "first_answer", "plan", "due")]
    ['10-08 11:00', '10-08 18:00', '10-08 18:00', '10-08 18:00']
    """
    limit = max(end_of_work(statutory, zone=start.tzinfo), start)
    due = {name: min(clock.runs_out(start, calendar), limit) for name, clock in table.levels[level].clocks.items()}
    return {name: min(moment, due.get("due", limit)) for name, moment in due.items()}


def shifted(level: str, due_at: datetime, paused: datetime, again: datetime, calendar: Calendar,
            table: Table = TABLE) -> datetime:
    """Return a due moment after a suspension (恢复后时限): later by the time that was paused.

    By working time, or by all of it where the grade's clock runs round the clock.

    >>> from .deadlines import Days
    >>> friday, monday = datetime(2026, 11, 20, 16, tzinfo=LOCAL), datetime(2026, 11, 23, 10, tzinfo=LOCAL)
    >>> shifted("C", datetime(2026, 11, 24, 18, tzinfo=LOCAL), friday, monday, Days()).isoformat()
    '2026-11-25T12:00:00+08:00'
    """
    if table.levels[level].clocks["due"].measure == Measure.MINUTES:
        return due_at + (again - paused)
    minutes = int(working_time_between(paused, again, calendar).total_seconds()) // 60
    return add_working_hours(due_at, calendar=calendar, minutes=minutes)


def regraded(stood: datetime | None, new: datetime | None, *, lighter: bool) -> datetime | None:
    """Return a due moment after a change of grade (调级后时限): a graver one gives no more time, a lighter no less.

    What the new grade does not promise ends; what only it promises begins.

    >>> early, late = datetime(2026, 11, 24, 9, tzinfo=LOCAL), datetime(2026, 11, 30, 9, tzinfo=LOCAL)
    >>> regraded(early, late, lighter=False) == regraded(late, early, lighter=False) == early
    True
    >>> regraded(late, early, lighter=True) == late, regraded(early, None, lighter=True)
    (True, None)
    """
    if stood is None or new is None:
        return new
    return max(stood, new) if lighter else min(stood, new)


def progress_due(rhythm: Rhythm, last: datetime, calendar: Calendar) -> datetime | None:
    """Return until when the next word of progress is owed (进展时限) after the last one, or the sign-in.

    Daily runs round the clock; otherwise the day moves on to a working one. At close: none.

    >>> from .deadlines import Days
    >>> friday = datetime(2026, 11, 20, 10, tzinfo=LOCAL)
    >>> progress_due(Rhythm.DAILY, friday, Days()).isoformat()
    '2026-11-21T23:59:59+08:00'
    >>> progress_due(Rhythm.TWICE_WEEKLY, friday, Days()).isoformat()
    '2026-11-23T23:59:59+08:00'
    """
    if rhythm == Rhythm.AT_CLOSE:
        return None
    day = last.astimezone(LOCAL).date() + timedelta(days=MOST_DAYS[rhythm])
    day = day if rhythm == Rhythm.DAILY else on_or_after(day, calendar)
    return end_of_day(day, last.tzinfo)


def silent_since(rhythm: Rhythm, now: datetime, calendar: Calendar) -> datetime:
    """Return before when the last word was given where one is missing now (缺报起点): `progress_due` turned round.

    Not for what is reported at the close. Raises TypeError for that.

    >>> from .deadlines import Days
    >>> monday = datetime(2026, 11, 23, 10, tzinfo=LOCAL)
    >>> silent_since(Rhythm.DAILY, monday, Days()).isoformat()
    '2026-11-22T00:00:00+08:00'
    >>> silent_since(Rhythm.TWICE_WEEKLY, monday, Days()).isoformat()
    '2026-11-18T00:00:00+08:00'
    """
    day = now.astimezone(LOCAL).date()
    while progress_due(rhythm, datetime.combine(day, time(0), LOCAL), calendar) >= now:
        day -= timedelta(days=1)
    return datetime.combine(day + timedelta(days=1), time(0), LOCAL)


def still_needed(closers: Sequence[Set[Role]], agreed: Sequence[Set[Role]]) -> tuple[Set[Role], ...]:
    """Return the groups nobody stands for yet (尚缺的办结人), each person standing for one at most.

    >>> both = ({Role.SECRETARY}, {Role.CADRE, Role.TRIAGE})
    >>> still_needed(both, [{Role.SECRETARY, Role.CADRE}]) == (both[1],)
    True
    >>> still_needed(both, [{Role.TRIAGE}, {Role.SECRETARY}])
    ()
    """
    if not agreed:
        return tuple(closers)
    first, *others = agreed
    ways = [still_needed([*closers[:i], *closers[i + 1:]], others) for i, group in enumerate(closers) if group & first]
    return min(ways, key=len, default=still_needed(closers, others))
