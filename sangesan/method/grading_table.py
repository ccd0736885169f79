"""The grading table (分级表): what each grade promises, as data; the shipped version stands here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .authority import Role
from .deadlines import LOCAL, Calendar, Measure, due, end_of_day
from .words import word


class Where(StrEnum):
    """Whose holder of a role is meant (何处的岗位)."""

    LEAD = "lead"  # 主办单位及覆盖它的支部
    ARISES = "arises"  # 发生单位及覆盖它的支部
    ABOVE = "above"  # 主办单位的上级专业
    MINE = "mine"  # 全矿


class Rhythm(StrEnum):
    """How often progress is owed (进展频次)."""

    DAILY = "daily"
    TWICE_WEEKLY = "twice_weekly"
    WEEKLY = "weekly"
    AT_CLOSE = "at_close"


RHYTHMS = {Rhythm.DAILY: word("每日"), Rhythm.TWICE_WEEKLY: word("每周两次"), Rhythm.WEEKLY: word("每周"),
           Rhythm.AT_CLOSE: word("办结时")}
AT_LEAST = timedelta(hours=2)
"""What is promised for the same day takes at least this long: shortly before midnight the day is over at once."""
MOST_DAYS = {Rhythm.DAILY: 1, Rhythm.TWICE_WEEKLY: 3, Rhythm.WEEKLY: 7}


@dataclass(frozen=True)
class Clock:
    """A promised clock (承诺时限): so much of a measure; `measure` None is the end of the same day.

    By night that is never less than two hours.

    >>> Clock(30, Measure.MINUTES).words, Clock(240, Measure.WORKING_MINUTES).words, Clock(0, None).words
    ('30 分钟', '4 个工作小时', '当日')
    >>> Clock(0, None).runs_out(datetime(2026, 11, 24, 23, 50, tzinfo=LOCAL), {}).isoformat()
    '2026-11-25T01:50:00+08:00'
    >>> Clock(0, None).runs_out(datetime(2026, 11, 24, 9, tzinfo=LOCAL), {}).isoformat()
    '2026-11-24T23:59:59+08:00'
    """

    amount: int
    measure: Measure | None

    @property
    def words(self) -> str:
        """The clock in words (时限说法)."""
        n, whole = self.amount, self.amount % 60 == 0
        if self.measure is None:
            return word("当日")
        if self.measure == Measure.MINUTES:
            if n % 1440 == 0 and n > 1440:
                return word("%(n)s 天") % {"n": n // 1440}
            return word("%(n)s 小时") % {"n": n // 60} if whole else word("%(n)s 分钟") % {"n": n}
        if self.measure == Measure.WORKING_MINUTES:
            return word("%(n)s 个工作小时") % {"n": n // 60} if whole else word("%(n)s 分钟工作时间") % {"n": n}
        return (word("%(n)s 个工作日") if self.measure == Measure.WORKING_DAYS else word("%(n)s 天")) % {"n": n}

    def runs_out(self, start: datetime, calendar: Calendar) -> datetime:
        """Return when it runs out (到期时刻) for a start."""
        if self.measure is None:
            return max(end_of_day(start.astimezone(LOCAL).date(), start.tzinfo), start + AT_LEAST)
        return due(start, self.amount, self.measure, calendar)


@dataclass(frozen=True)
class Told:
    """Who is told (告知对象): holders of a role, somewhere."""

    role: Role
    where: Where


@dataclass(frozen=True)
class Level:
    """What a grade promises (级别规定): clocks from dispatch, who is told and in which order, who may close.

    `closers` are groups of roles: one person of each must agree, nobody stands for two.
    """

    report: Clock
    clocks: Mapping[str, Clock]
    told: tuple[Told, ...]
    progress: Rhythm
    closers: tuple[frozenset[Role], ...]
    escalates_after: int
    escalates_to: str


@dataclass(frozen=True)
class Table:
    """A version of the grading table (分级表): rows of the matrix by importance 1–3, letters by urgency 1–3."""

    version: str
    levels: Mapping[str, Level]
    matrix: tuple[str, str, str] = ("CCB", "CBA", "BAA")


_ON_THE_SPOT = (Told(Role.SECRETARY, Where.LEAD), Told(Role.SECRETARY, Where.ARISES), Told(Role.CHIEF, Where.LEAD),
                Told(Role.HANDLER, Where.LEAD))
_LEADERS = (Told(Role.LEADER, Where.MINE), Told(Role.CADRE, Where.MINE))
_H, _M, _W, _D = Measure.WORKING_MINUTES, Measure.MINUTES, Measure.WORKING_DAYS, Measure.DAYS
_OFFICE = frozenset({Role.CADRE, Role.TRIAGE})
TABLE = Table("2026.1", {
    "A": Level(
        report=Clock(60, _M),
        clocks={"sign_in": Clock(30, _M), "first_answer": Clock(0, None), "plan": Clock(24 * 60, _M),
                "due": Clock(3 * 24 * 60, _M)},
        told=(Told(Role.DUTY, Where.MINE), *_ON_THE_SPOT, *_LEADERS), progress=Rhythm.DAILY,
        closers=(frozenset({Role.LEADER}),), escalates_after=0, escalates_to="",
    ),
    "B": Level(
        report=Clock(24 * 60, _M),
        clocks={"sign_in": Clock(4 * 60, _H), "first_answer": Clock(2, _W), "plan": Clock(2, _W), "due": Clock(7, _D)},
        told=(*_ON_THE_SPOT, Told(Role.CHIEF, Where.ABOVE), Told(Role.CADRE, Where.MINE)),
        progress=Rhythm.TWICE_WEEKLY, closers=(frozenset({Role.SECRETARY}), _OFFICE),
        escalates_after=1, escalates_to="A",
    ),
    "C": Level(
        report=Clock(7, _D),
        clocks={"sign_in": Clock(1, _W), "first_answer": Clock(3, _W), "due": Clock(15, _D)},
        told=(*_ON_THE_SPOT, Told(Role.CREW_LEADER, Where.LEAD)), progress=Rhythm.AT_CLOSE,
        closers=(_OFFICE | {Role.SECRETARY},), escalates_after=3, escalates_to="B",
    ),
})
