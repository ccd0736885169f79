"""What waits for me (我的待办), from each system, by when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sangesan.appraisal.publication import queries as results
from sangesan.execution.duties import queries as duties
from sangesan.feedback.matters import queries as matters
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.organization.calendar.queries import calendar


@dataclass(frozen=True)
class Task:
    """One thing to do (待办一件), from whichever system: what, where it is done, until when."""

    name: str
    title: str
    until: datetime | None
    url: str
    icon: str
    grade: str
    meta: str
    at_once: bool = False


@dataclass(frozen=True)
class Day:
    """A day of this week (本周一天): its tasks and whether it is a working day."""

    day: date
    due: int
    work: bool
    here: bool


@dataclass(frozen=True)
class Board:
    """My tasks (我的待办): at once, late or due today; within the week; later or without a clock.

    Beside them what waits in the assessment, which has no clock and is not counted in the menu.
    """

    today: list
    week: list
    later: list
    days: list[Day]
    open: matters.Open
    results: list[results.Task]

    @property
    def total(self) -> int:
        return len(self.today) + len(self.week) + len(self.later)


def board(scope: Scope) -> Board:
    """Gather what waits for a scope (我的待办)."""
    day = clock.today()
    monday = day - timedelta(days=day.weekday())
    groups: dict[str, list] = {"today": [], "week": [], "later": []}
    due: dict[date, int] = {}
    for task in tasks(scope):
        when = _day(task.until)
        groups["today" if task.at_once else _group(when, day, monday + timedelta(days=6))].append(task)
        if when:
            due[max(when, day)] = due.get(max(when, day), 0) + 1
    work = calendar(monday, monday + timedelta(days=6))
    days = [Day(d, due.get(d, 0), work.is_work(d), d == day) for d in (monday + timedelta(days=n) for n in range(7))]
    return Board(**groups, days=days, open=matters.open_now(scope), results=results.todo(scope))


def tasks(scope: Scope) -> list[Task]:
    """Return what waits in every system (各系统待办), what is at once before all, what has no due moment last."""
    found = [
        Task(t.name, t.matter.title, t.until, f"/w/{t.subject}/", "alert" if t.matter.grade == "A" else "board",
             t.matter.grade, f"{(t.matter.lead or t.matter.unit).name} · {t.matter.number}", t.at_once)
        for t in matters.todo(scope)
    ]
    found += [Task(t.name, t.title, t.until, t.url, t.icon, "", t.unit) for t in duties.todo(scope)]
    return sorted(found, key=lambda t: (not t.at_once, t.until is None, t.until.timestamp() if t.until else 0))


def _day(moment: datetime | None) -> date | None:
    return clock.local(moment).date() if moment else None


def _group(when: date | None, day: date, sunday: date) -> str:
    """Return the group of a due day (到期分组)."""
    if when is None or when > sunday:
        return "later"
    return "today" if when <= day else "week"
