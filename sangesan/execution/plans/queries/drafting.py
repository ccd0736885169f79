"""What a plan and a report are drafted from (草稿来源): duties, lines that were not done, the day's own facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import duty_for, settled
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.ledger.facts.queries import Row, entries
from sangesan.method import plans as rule
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import covered, paths_of

from ..models import Plan, PlanLine
from .access import seats

KINDS = {"decision": "decision", "plan_line": "own"}
APART = ("weekly_plan", "daily_report")
"""Duties that are not planned: the plan itself, and the report (不列入计划)."""


ANSWERED = "matter.answered"


@dataclass(frozen=True)
class Drafted:
    """A line as the system drafts it (草稿一行)."""

    text: str
    source: str
    due: date
    duty: int
    carried: int
    above: str = ""

    @property
    def source_name(self) -> str:
        return rule.SOURCES[self.source]

    @property
    def openly(self) -> str:
        return rule.openly(self.carried)


def worth(unit: int, line: str, week: date) -> list[Drafted]:
    """Return what a unit has to do in a week (本周要办的事): what falls due in it, and what is still undone."""
    start = datetime.combine(week, time(0), clock.LOCAL)
    end = start + timedelta(days=7)
    rows = Duty.objects.filter(unit=unit, line=line, due__lt=end).filter(
        Q(due__gte=start) | Q(origin__lapses=False)).exclude(settled()).exclude(origin__kind__in=APART)
    before = {one.duty_id: one for one in PlanLine.objects.filter(
        plan__unit=unit, plan__line=line, plan__week__lt=week, plan__confirmed_at__isnull=False, struck="",
        duty__in=rows.values("pk")).order_by("plan__week")}
    return [_line(duty, before.get(duty.pk)) for duty in
            rows.select_related("origin").order_by("due", "pk")[:rule.MOST_LINES]]


@dataclass(frozen=True)
class Ready:
    """What a duty asks to be planned (待计划): a week of a unit, its plan if there is one, what is not in it yet."""

    unit: Unit
    line: str
    week: date
    plan: Plan | None
    fresh: list[Drafted]


def waiting() -> QuerySet[Duty]:
    """Return the duties that ask for a plan now (周计划待办), those of the earlier week first."""
    now = clock.now()
    rows = Duty.objects.filter(origin__kind="weekly_plan", opens__lte=now, closes__gte=now).exclude(settled())
    return rows.select_related("origin").order_by("due", "nominal", "pk")


def ready(scope: Scope, duty: int) -> Ready:
    """Return what a routine's duty asks to be planned (周计划待办): its own week, the present one where that is over.

    Looking at it stores nothing. Raises NotFound for whoever does not plan for the unit.
    """
    found = duty_for(scope, duty, Action.DO_WORK)
    week, today = rule.next_week(found.nominal), clock.today()
    week = week if rule.plannable(week, today) else rule.next_week(today)
    if not any((p.unit, p.line) == (found.unit_id, found.line) for p in seats(scope)):
        raise NotFound()
    plan = Plan.objects.filter(unit=found.unit_id, line=found.line, week=week).first()
    return Ready(found.unit, found.line, week, plan, lacking(plan, found.unit_id, found.line, week))


def lacking(plan: Plan | None, unit: int, line: str, week: date) -> list[Drafted]:
    """Return what a plan does not hold yet (还没列上的); what is confirmed stays as it is."""
    if plan is not None and plan.confirmed_at is not None:
        return []
    there = set(plan.lines.values_list("duty", flat=True)) if plan is not None else set()
    return [one for one in worth(unit, line, week) if one.duty not in there]


def _line(duty: Duty, before: PlanLine | None) -> Drafted:
    kind = "routine" if duty.origin.lapses else KINDS.get(duty.origin.kind, "assigned")
    return Drafted(duty.origin.title, "carried" if before else kind, clock.local(duty.due).date(), duty.pk,
                   before.carried + 1 if before else 0, before.above if before else "")


def told_of(unit: int, line: str, day: date) -> str:
    """Return what a unit's own facts say of a day (当日事实); counts alone, of nobody.

    A branch answers for its people too: what was answered in the units it covers is told with it. What weighs
    nothing is not told: of a matter that is kept from a reader, one more than the reader may see would tell.
    """
    covers = covered(unit, day)
    paths = paths_of([unit, *covers], day)
    own = entries(kinds=rule.TOLD, unit_prefix=paths[unit], days=(day, day)) if paths.get(unit) else ()
    counts = Counter(row.kind for row in own if row.line in ("", line) and row.kind != ANSWERED or _weighs(row))
    for path in filter(None, (paths.get(pk) for pk in covers)):
        counts[ANSWERED] += sum(map(_weighs, entries(kinds=[ANSWERED], unit_prefix=path, days=(day, day))))
    return rule.told(counts)


def _weighs(row: Row) -> bool:
    return row.kind == ANSWERED and row.quantity != 0
