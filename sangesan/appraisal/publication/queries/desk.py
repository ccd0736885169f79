"""What the desk shows of results (工作台): a summary, and what waits for whoever decides or publishes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.organization.calendar.queries import calendar

from ..models import Publication
from .access import results_of
from .appeals import asked
from .board import Standing, board


@dataclass(frozen=True)
class Summary:
    """The published results of a day in brief (结果摘要): the top unit's row and the rows that lost points."""

    day: date
    url: str
    top: Standing | None
    lost: list[Standing]
    units: int


@dataclass(frozen=True)
class Task:
    """Something that waits (待办): what to do, about what, where, of which period."""

    name: str
    title: str
    url: str
    period: str


def summary(scope: Scope, day: date) -> Summary | None:
    """Return the results of a day in brief (结果摘要) as this scope may read them; None when there are none.

    The rows stand in organisation order: where points were lost, not who is worst.
    """
    if results_of(scope, Run.Period.DAY, day) is None:
        return None
    found = board(scope, day)
    lost = [row for row in found.rows if row.day and row.day.own is not None and row.day.own < 10_000]
    return Summary(day, f"/w/results/?day={day.isoformat()}", found.rows[0] if found.rows else None, lost,
                   sum(1 for row in found.rows if row.day and row.day.final is not None))


def todo(scope: Scope) -> list[Task]:
    """Return what waits for this scope (待办): objections to decide, results held back."""
    objected = [Task(_("裁定异议"), one.unit.name, f"/w/appeals/{one.number}/", str(one.run)) for one in asked(scope)]
    return objected + (unpublished() if scope.can(Action.PUBLISH) else [])


def unpublished() -> list[Task]:
    """Return the results that an unconfirmed calendar holds back (未公布的结果)."""
    today = clock.today()
    recent = Run.objects.filter(period=Run.Period.DAY, until__gte=today - timedelta(days=7), until__lt=today)
    held = recent.filter(revision=None).exclude(pk__in=Publication.objects.values("run")).order_by("until")
    unconfirmed = [run.until for run in held if not calendar(run.until, run.until).confirmed(run.until.year)]
    word = _("%s 年日历尚未核定，当日结果没有公布")
    return [Task(_("核定日历"), word % day.year, f"/w/results/?day={day.isoformat()}", day.isoformat())
            for day in unconfirmed]
