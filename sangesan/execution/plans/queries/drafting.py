"""What a plan and a report are drafted from (草稿来源): duties, lines that were not done, the day's own facts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import entries
from sangesan.method import plans as rule
from sangesan.organization.units.queries import covered, paths_of

from ..models import PlanLine

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


def _line(duty: Duty, before: PlanLine | None) -> Drafted:
    kind = "routine" if duty.origin.lapses else KINDS.get(duty.origin.kind, "assigned")
    return Drafted(duty.origin.title, "carried" if before else kind, clock.local(duty.due).date(), duty.pk,
                   before.carried + 1 if before else 0, before.above if before else "")


def told_of(unit: int, line: str, day: date) -> str:
    """Return what a unit's own facts say of a day (当日事实); counts alone, of nobody.

    A branch answers for its people too: what was answered in the units it covers is told with it.
    """
    covers = covered(unit, day)
    paths = paths_of([unit, *covers], day)
    own = entries(kinds=rule.TOLD, unit_prefix=paths[unit], days=(day, day)) if paths.get(unit) else ()
    counts = Counter(row.kind for row in own if row.line in ("", line) or row.kind == ANSWERED)
    for path in filter(None, (paths.get(pk) for pk in covers)):
        counts[ANSWERED] += sum(1 for _row in entries(kinds=[ANSWERED], unit_prefix=path, days=(day, day)))
    return rule.told(counts)
