"""Who may see a plan or a report (可见): the unit itself and whoever sees its work; a report only its two ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet

from sangesan.execution.duties.queries.access import beneath
from sangesan.foundation.errors import NotFound
from sangesan.foundation.once.services import now_of
from sangesan.method.authority import POWERS, Action, HeldPost, Scope

from ..models import Plan, PlanLine, Report

LARGEST = 2**63 - 1


def seats(scope: Scope) -> list[HeldPost]:
    """Return the posts for which a scope plans and reports (可计划的岗位): those that do a unit's work, heads first."""
    return sorted((p for p in scope.posts if Action.DO_WORK in POWERS[p.role][1]), key=lambda p: not p.head)


def untold(scope: Scope, day: date) -> list[HeldPost]:
    """Return the posts for which a scope has not told a day yet (当日还没述职的岗位)."""
    told = set(Report.objects.filter(post__in=scope.post_codes, day=day).values_list("post", flat=True))
    return [post for post in seats(scope) if post.code not in told]


def own(scope: Scope) -> Q:
    found = Q(pk__in=[])
    for post in seats(scope):
        found |= Q(unit=post.unit, line=post.line)
    return found


def plans(scope: Scope) -> QuerySet[Plan]:
    """Return the plans a scope may see (可见周计划)."""
    seen = own(scope)
    if scope.can(Action.SEE_WORK):
        seen |= beneath(scope.units_for(Action.SEE_WORK))
    return Plan.objects.filter(seen).select_related("unit")


def plan_for(scope: Scope, pk: int) -> Plan:
    """Fetch a plan (取周计划); fetching is permission. Raises NotFound."""
    found = plans(scope).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise NotFound()
    return found


def own_plan(scope: Scope, pk: int) -> Plan:
    """Fetch a plan of one's own unit (取本单位周计划). Raises NotFound."""
    found = Plan.objects.filter(own(scope), pk=min(pk, LARGEST)).select_related("unit").first()
    if found is None:
        raise NotFound()
    return found


def reports(scope: Scope) -> QuerySet[Report]:
    """Return the reports a scope may see (可见述职): one's own, and those told to one's posts."""
    return Report.objects.filter(Q(person=scope.person) | Q(to__in=scope.post_codes)).select_related("unit")


def report_for(scope: Scope, pk: int) -> Report:
    """Fetch a report (取述职). Raises NotFound."""
    found = reports(scope).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise NotFound()
    return found


def footing(plan: int) -> Callable[[], str]:
    """Return what tells how a plan stands (计划现状): a line that was struck may be put on it again."""
    return now_of(Plan.objects.filter(pk=plan), PlanLine.objects.filter(plan=plan))
