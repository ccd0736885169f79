"""Plans and reports side by side (各单位周计划、述职)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from sangesan.execution.duties import kinds
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import with_status
from sangesan.execution.duties.queries.standing import settlements
from sangesan.execution.duties.words import chip
from sangesan.foundation.search import named
from sangesan.method.authority import Scope
from sangesan.method.duty_status import Status
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit

from ..models import Plan, PlanLine, Report
from .access import plans, reports, seats


@dataclass(frozen=True)
class Stand:
    """A line and how it stands (一行与办理状态)."""

    line: PlanLine
    status: Status | None

    @property
    def where(self) -> str:
        """The page where it is done (专页), '' when it may be said to be done here."""
        duty = self.line.duty
        return kinds.of(duty.origin.kind).elsewhere(duty) if duty else ""

    @property
    def done(self) -> bool:
        return self.status in (Status.ON_TIME, Status.LATE)

    @property
    def settled(self) -> bool:
        return self.status is not None and self.status not in (Status.OPEN, Status.NOT_DUE, Status.MISSING)

    @property
    def chip(self) -> dict[str, str] | None:
        return chip(self.status) if self.status is not None else None


def lines_of(plan: Plan) -> list[Stand]:
    """Return the lines of a plan with their state (计划各行), two queries."""
    rows = list(plan.lines.select_related("duty__origin", "duty__unit").order_by("place"))
    found = with_status(Duty.objects.filter(pk__in=[r.duty_id for r in rows if r.duty_id]))
    stands = dict(found.values_list("pk", "standing"))
    return [Stand(row, Status(stands[row.duty_id]) if row.duty_id else None) for row in rows]


def find(scope: Scope, words: str, most: int = 20) -> list[PlanLine]:
    """Find lines of plans by their text (查找计划), the latest week first; one that was struck is none."""
    rows = PlanLine.objects.filter(named("text", words), plan__in=plans(scope), struck="")
    return list(rows.select_related("plan__unit").order_by("-plan__week", "pk")[:most])


@dataclass(frozen=True)
class Board:
    """A unit's week (一个单位的一周): its plan or none, lines, how many are done."""

    unit: Unit
    plan: Plan
    lines: int
    done: int


def board(scope: Scope, week: date) -> list[Board]:
    """Return the plans of a week that a scope sees (各单位周计划), in organisation order; two queries."""
    rows = list(plans(scope).filter(week=week).order_by("unit__position", "unit__code", "line"))
    done = Exists(settlements().filter(duty=OuterRef("duty"), what="done"))
    lines = PlanLine.objects.filter(plan__in=rows, struck="").annotate(finished=done).values_list("plan", "finished")
    counts: dict[int, list[int]] = {}
    for plan, finished in lines:
        found = counts.setdefault(plan, [0, 0])
        found[0] += 1
        found[1] += finished
    return [Board(plan.unit, plan, *counts.get(plan.pk, (0, 0))) for plan in rows]


def mine(scope: Scope, week: date) -> list[tuple[Unit, str, Plan | None]]:
    """Return each unit a scope plans for with its plan of a week (本单位周计划), if there is one."""
    posts = {(p.unit, p.line): p for p in seats(scope)}
    units = Unit.objects.in_bulk({unit for unit, _line in posts})
    there = {(p.unit_id, p.line): p for p in Plan.objects.filter(unit__in=units, week=week)}
    return [(units[unit], line, there.get((unit, line))) for unit, line in posts]


def inbox(scope: Scope, day: date) -> tuple[list[Report], list[Report], dict[str, str]]:
    """Return what was told to a scope and what it told (收到的、我的述职), of the last days, and titles of posts.

    What asks for help and has no answer stands first; who told nothing is not listed anywhere.
    """
    rows = list(reports(scope).filter(day__lte=day).order_by("-day", "-given_at")[:80])
    came = [r for r in rows if r.to in scope.post_codes and r.person != scope.person]
    codes = {r.post for r in rows} | {r.to for r in rows}
    titles = dict(Post.objects.filter(code__in=codes).values_list("code", "title"))
    return (sorted(came, key=lambda r: not (r.needs and not r.answer))[:40],
            [r for r in rows if r.person == scope.person][:20], titles)
