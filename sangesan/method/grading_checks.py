"""Versions of the grading table (分级表的版本) as data, and what must hold before one is in force.

A graver grade is never treated more lightly: not in the matrix, not in a clock, not in how often
progress is owed; nothing promised is later than the law allows; somebody is always told.

>>> from .grading import TABLE
>>> faults(read(written(TABLE)))
[]
>>> read(written(TABLE)) == TABLE
True
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from .authority import POWERS, Action, Role
from .deadlines import LOCAL, Days, Measure
from .grading import (
    CLOCK_NAMES,
    GRAVEST_FIRST,
    NAMES,
    Clock,
    Level,
    Rhythm,
    Table,
    Told,
    Where,
    lighter,
)
from .words import word

STATUTORY_DAYS = 60
"""No promise is longer than the handling of an appeal (domain.md 1.2, T5)."""
CLOSERS = {grade: tuple(role for role, (_reach, can) in POWERS.items() if action in can)
           for grade, action in (("A", Action.CLOSE_A), ("B", Action.CLOSE), ("C", Action.CLOSE))}
"""Roles whose posts may close a grade at all (可办结岗位): an A that nobody of them closes stays open for ever."""
NEEDED = {"A": ("sign_in", "first_answer", "plan", "due"), "B": ("sign_in", "first_answer", "plan", "due"),
          "C": ("sign_in", "first_answer", "due")}
_OFTEN = (Rhythm.DAILY, Rhythm.TWICE_WEEKLY, Rhythm.WEEKLY, Rhythm.AT_CLOSE)
_STARTS = [datetime(2026, 11, 23, tzinfo=LOCAL) + timedelta(hours=5 * n) for n in range(40)]
"""Moments over more than a week, day and night, from which two clocks are compared."""


def written(table: Table) -> dict[str, Any]:
    """Return a table as JSON data (写出)."""
    return {"version": table.version, "matrix": list(table.matrix),
            "levels": {name: _written(level) for name, level in table.levels.items()}}


def _written(level: Level) -> dict[str, Any]:
    return {
        "report": _clock_written(level.report),
        "clocks": {name: _clock_written(clock) for name, clock in level.clocks.items()},
        "told": [[t.role.value, t.where.value] for t in level.told], "progress": level.progress.value,
        "closers": [sorted(role.value for role in group) for group in level.closers],
        "escalates_after": level.escalates_after, "escalates_to": level.escalates_to,
    }


def _clock_written(clock: Clock) -> list[Any]:
    return [clock.amount, clock.measure.value if clock.measure else ""]


def read(data: Mapping[str, Any]) -> Table:
    """Return the table that JSON data stands for (读入). Raises ValueError, KeyError or TypeError."""
    rows = tuple(str(row) for row in data["matrix"])
    if len(rows) != 3 or any(len(row) != 3 or set(row) - set(GRAVEST_FIRST) for row in rows):
        raise ValueError("the matrix has three rows of three grades")
    return Table(str(data["version"]), {name: _read(data["levels"][name]) for name in GRAVEST_FIRST}, rows)


def _read(data: Mapping[str, Any]) -> Level:
    return Level(
        report=_clock(data["report"]), clocks={name: _clock(c) for name, c in data["clocks"].items()},
        told=tuple(Told(Role(role), Where(where)) for role, where in data["told"]), progress=Rhythm(data["progress"]),
        closers=tuple(frozenset(Role(role) for role in group) for group in data["closers"]),
        escalates_after=int(data["escalates_after"]), escalates_to=str(data["escalates_to"]),
    )


def _clock(data: list[Any]) -> Clock:
    return Clock(int(data[0]), Measure(data[1]) if data[1] else None)


def faults(table: Table) -> list[str]:
    """Return what keeps a table from coming into force (不能施行的原因), in words; none is well."""
    return [*_matrix_faults(table), *_clock_faults(table), *_order_faults(table), *_people_faults(table)]


_REPORT = word("报告")


def _matrix_faults(table: Table) -> Iterator[str]:
    rows = table.matrix
    for m in range(3):
        for u in range(3):
            here = rows[m][u]
            if u < 2 and lighter(rows[m][u + 1], here) or m < 2 and lighter(rows[m + 1][u], here):
                yield word("重要程度 %(importance)s、紧急程度 %(urgency)s 定为 %(here)s 级，比它更急或更重要的反而定得"
                           "轻") % {
                    "importance": m + 1, "urgency": u + 1, "here": here}


def _clock_faults(table: Table) -> Iterator[str]:
    for name, level in table.levels.items():
        for clock in NEEDED[name]:
            if clock not in level.clocks:
                yield word("%(name)s 级没有写%(value)s时限") % {"name": name, "value": CLOCK_NAMES[clock]}
        for slug, clock in (("report", level.report), *level.clocks.items()):
            called = CLOCK_NAMES.get(slug, _REPORT)
            if clock.measure is not None and clock.amount <= 0:
                yield word("%(name)s 级的%(clock)s时限要大于零") % {"name": name, "clock": called}
            elif any(clock.runs_out(s, Days()) - s > timedelta(days=STATUTORY_DAYS) for s in _STARTS[:1]):
                yield word("%(name)s 级的%(clock)s时限超过法定 %(days)s 天") % {
                    "name": name, "clock": called, "days": STATUTORY_DAYS}


def _order_faults(table: Table) -> Iterator[str]:
    for graver, light in (("A", "B"), ("B", "C")):
        one, other = table.levels[graver], table.levels[light]
        pairs = [("report", one.report, other.report)]
        pairs += [(slug, clock, other.clocks[slug]) for slug, clock in one.clocks.items() if slug in other.clocks]
        for slug, first, second in pairs:
            if any(first.runs_out(s, Days()) > second.runs_out(s, Days()) for s in _STARTS):
                yield word("%(graver)s 级的%(clock)s时限比 %(light)s 级还长") % {
                    "graver": graver, "clock": CLOCK_NAMES.get(slug, _REPORT), "light": light}
        if _OFTEN.index(one.progress) > _OFTEN.index(other.progress):
            yield word("%(graver)s 级报进展比 %(light)s 级还少") % {"graver": graver, "light": light}


def _people_faults(table: Table) -> Iterator[str]:
    for name, level in table.levels.items():
        if not level.told:
            yield word("%(name)s 级没有写告知谁") % {"name": name}
        if not level.closers or not all(level.closers):
            yield word("%(name)s 级没有写谁能办结") % {"name": name}
        if any(role not in CLOSERS[name] for group in level.closers for role in group):
            yield word("%(name)s 级的办结人里有不能办结的岗位") % {"name": name}
        if level.escalates_after < 0 or level.escalates_to and not lighter(name, level.escalates_to):
            yield word("%(name)s 级超期只能升到更重的级别") % {"name": name}
        if not level.escalates_to and name != "A":
            yield word("%(name)s（%(value)s）级超期升到哪一级没有写") % {"name": name, "value": NAMES[name]}
    if Told(Role.DUTY, Where.MINE) not in table.levels["A"].told:
        yield word("A 级须告知值班领导")
