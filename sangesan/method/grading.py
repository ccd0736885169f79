"""Grading (分级研判): urgency × importance → A, B, C, and what each grade promises.

The table is data with a version; a matter keeps the version it was graded under (domain.md 2.2).

>>> [grade(u, 2) for u in (1, 2, 3)]
['C', 'B', 'A']
>>> grade(1, 1, frozenset({Override.DANGER}))
'A'
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from .authority import Role
from .deadlines import LOCAL, Calendar, Measure, add_working_hours, due, end_of_work, working_time_between

NAMES = {"A": "紧急", "B": "重要", "C": "一般"}
GRAVEST_FIRST = "ABC"


class Override(StrEnum):
    """What goes before the table (直接定级的情形)."""

    DANGER = "danger"  # 井下重大隐患、人身危险 → A，先报调度
    ACCUSATION = "accusation"  # 检举控告，离开分级，转纪检


class Where(StrEnum):
    """Whose holder of a role is meant (何处的岗位)."""

    LEAD = "lead"  # 主办单位及覆盖它的支部
    ABOVE = "above"  # 主办单位的上级专业
    MINE = "mine"  # 全矿


def grade(urgency: int, importance: int, overrides: Set[str] = frozenset()) -> str:
    """Return the grade (定级) of urgency 1–3 × importance 1–3: ≥ 6 A, 3–4 B, else C.

    Raises ValueError for numbers outside 1–3, and for an accusation, which has no grade.
    """
    if Override.ACCUSATION in overrides:
        raise ValueError("an accusation leaves the warning system")
    if urgency not in (1, 2, 3) or importance not in (1, 2, 3):
        raise ValueError("urgency and importance are 1, 2 or 3")
    if Override.DANGER in overrides:
        return "A"
    score = urgency * importance
    return "A" if score >= 6 else "B" if score >= 3 else "C"


def graver(left: str, right: str) -> str:
    """Return the graver of two grades (取重), '' being none.

    >>> graver("B", "A"), graver("", "C")
    ('A', 'C')
    """
    return min((g for g in (left, right) if g), key=GRAVEST_FIRST.index, default="")


def lighter(left: str, right: str) -> bool:
    """Return whether `left` is lighter than `right` (是否降级)."""
    return bool(left and right) and GRAVEST_FIRST.index(left) > GRAVEST_FIRST.index(right)


@dataclass(frozen=True)
class Clock:
    """A promised clock (承诺时限): so much of a measure; `measure` None is the end of the same day."""

    amount: int
    measure: Measure | None
    words: str

    def runs_out(self, start: datetime, calendar: Calendar) -> datetime:
        """Return when it runs out (到期时刻) for a start."""
        if self.measure is None:
            day = start.astimezone(LOCAL).date() + timedelta(days=1)
            return datetime.combine(day, time(0), LOCAL).astimezone(start.tzinfo)
        return due(start, self.amount, self.measure, calendar)


@dataclass(frozen=True)
class Told:
    """Who is told (告知对象): holders of a role, somewhere."""

    role: Role
    where: Where


@dataclass(frozen=True)
class Level:
    """What a grade promises (级别规定): clocks from dispatch, who is told, who may close."""

    report: Clock
    clocks: dict[str, Clock]
    told: tuple[Told, ...]
    progress: str
    closers: tuple[Role, ...]
    escalates_after: int
    escalates_to: str


@dataclass(frozen=True)
class Table:
    """A version of the grading table (分级表)."""

    version: str
    levels: dict[str, Level]


_ON_THE_SPOT = (Told(Role.SECRETARY, Where.LEAD), Told(Role.CHIEF, Where.LEAD), Told(Role.HANDLER, Where.LEAD))
_LEADERS = (Told(Role.DUTY, Where.MINE), Told(Role.LEADER, Where.MINE), Told(Role.CADRE, Where.MINE))
_H, _M, _W, _D = Measure.WORKING_MINUTES, Measure.MINUTES, Measure.WORKING_DAYS, Measure.DAYS
TABLE = Table("2026.1", {
    "A": Level(
        report=Clock(60, _M, "1 小时"),
        clocks={"sign_in": Clock(30, _M, "30 分钟"), "first_answer": Clock(0, None, "当日"),
                "plan": Clock(24 * 60, _M, "24 小时"), "due": Clock(3 * 24 * 60, _M, "3 天")},
        told=(*_ON_THE_SPOT, *_LEADERS), progress="每日", closers=(Role.LEADER,),
        escalates_after=0, escalates_to="",
    ),
    "B": Level(
        report=Clock(24 * 60, _M, "24 小时"),
        clocks={"sign_in": Clock(4 * 60, _H, "4 个工作小时"), "first_answer": Clock(2, _W, "2 个工作日"),
                "plan": Clock(2, _W, "2 个工作日"), "due": Clock(7, _D, "7 天")},
        told=(*_ON_THE_SPOT, Told(Role.CHIEF, Where.ABOVE), Told(Role.CADRE, Where.MINE)),
        progress="每周两次", closers=(Role.SECRETARY, Role.CADRE, Role.TRIAGE), escalates_after=1, escalates_to="A",
    ),
    "C": Level(
        report=Clock(7 * 24 * 60, _M, "7 天"),
        clocks={"sign_in": Clock(1, _W, "1 个工作日"), "first_answer": Clock(3, _W, "3 个工作日"),
                "due": Clock(15, _D, "15 天")},
        told=(*_ON_THE_SPOT, Told(Role.CREW_LEADER, Where.LEAD)),
        progress="办结时", closers=(Role.SECRETARY,), escalates_after=3, escalates_to="B",
    ),
})
CLOCK_NAMES = {"sign_in": "签收", "first_answer": "首次答复", "plan": "措施", "due": "办理"}


def promised(level: str, start: datetime, calendar: Calendar, statutory: date) -> dict[str, datetime]:
    """Return the promised clocks (承诺时限) from dispatch; none later than the statutory day's end."""
    limit = end_of_work(statutory, zone=start.tzinfo)
    return {
        name: min(clock.runs_out(start, calendar), max(limit, start))
        for name, clock in TABLE.levels[level].clocks.items()
    }


def shifted(level: str, due_at: datetime, paused: datetime, again: datetime, calendar: Calendar) -> datetime:
    """Return a due moment after a suspension (恢复后时限): later by the time that was paused.

    By working time, or by all of it where the grade's clock runs round the clock.

    >>> from .deadlines import Days
    >>> friday, monday = datetime(2026, 11, 20, 16, tzinfo=LOCAL), datetime(2026, 11, 23, 10, tzinfo=LOCAL)
    >>> shifted("C", datetime(2026, 11, 24, 18, tzinfo=LOCAL), friday, monday, Days()).isoformat()
    '2026-11-25T12:00:00+08:00'
    """
    if TABLE.levels[level].clocks["due"].measure == Measure.MINUTES:
        return due_at + (again - paused)
    minutes = int(working_time_between(paused, again, calendar).total_seconds()) // 60
    return add_working_hours(due_at, calendar=calendar, minutes=minutes)
