"""What can be chosen, and what the lists show (可选项与清单)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count, Sum

from sangesan.foundation import clock
from sangesan.method.authority import POWERS, Action, Role, Scope
from sangesan.organization.people.queries import posts_with
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import within

from ..models import Checklist, Figure, Finding, Inspection
from .access import checkable, inspections, places
from .uninspected import in_force

MOST = 60


def units(scope: Scope) -> list[tuple[str, str]]:
    """Return the units I may inspect (可检查单位), code and name."""
    return list(places(scope).values_list("code", "name"))


def checklists() -> list[tuple[int, str]]:
    """Return the checklists in force (现行检查表)."""
    return [(one.pk, one.title) for one in in_force()]


def items(inspection: Inspection) -> list[tuple[int, str]]:
    """Return the items of an inspection's checklist (检查项)."""
    return [(item.number, str(item)) for item in inspection.checklist.items.all()] if inspection.checklist else []


def verifiers(finding: Finding, scope: Scope) -> list[tuple[str, str]]:
    """Return the posts that may be named to verify (可指定的验收人): they inspect, and stand outside the unit."""
    roles = [role for role in Role if Action.CHECK_WORK in POWERS[role][1]] + [Role.CREW_LEADER, Role.HANDLER]
    rows = posts_with(roles, clock.today()).filter(unit__in=checkable(scope)).exclude(unit=finding.unit_id)
    rows = rows.select_related("unit").order_by("unit__position", "-head", "code")
    return [(post.code, f"{post.unit.name} {post.title}") for post in rows[:400]]


def recent(scope: Scope) -> list[Inspection]:
    """Return the latest inspections one may see (检查记录), with how many problems each found."""
    pks = list(inspections(scope).values_list("pk", flat=True)[:MOST])
    rows = Inspection.objects.filter(pk__in=pks).select_related("unit", "checklist")
    return list(rows.annotate(n=Count("findings")).order_by("-day", "-pk"))


def lists() -> list[Checklist]:
    """Return the checklists with how many items each has (检查表一览)."""
    rows = Checklist.objects.filter(until=None).select_related("unit")
    return list(rows.annotate(n=Count("items")).order_by("title"))


def figures(scope: Scope, days: int = 30) -> tuple[date, list[dict]]:
    """Return hazards and violations by unit over the last days (隐患三违), sums only, in organisation order."""
    since = clock.today() - timedelta(days=days - 1)
    reach = within(scope, Action.SEE_WORK) | checkable(scope)
    rows = Figure.objects.filter(day__gte=since, unit__in=reach).values("unit", "what").annotate(n=Sum("value"))
    sums: dict[int, dict[str, int]] = {}
    for row in rows:
        sums.setdefault(row["unit"], {})[row["what"]] = row["n"]
    found = Unit.objects.filter(pk__in=sums)
    return since, [{"unit": unit, **sums[unit.pk]} for unit in found]
