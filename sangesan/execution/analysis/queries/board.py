"""Analyses and discussions side by side (各单位月分析、座谈)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from sangesan.execution.duties.queries import duty_for
from sangesan.method import analysis as rule
from sangesan.method.authority import Scope
from sangesan.organization.units.models import Kind

from ..models import Analysis, Discussion
from .access import analyses, discussions, own_units

MOST = 300
ANSWERED = Count("points", filter=~Q(points__answered_at=None))


@dataclass(frozen=True)
class Board:
    """A month of all units one sees (一个月的分析): the committee's first, then the branches'."""

    month: date
    committee: list[Analysis]
    branches: list[Analysis]

    @property
    def finished(self) -> int:
        return sum(bool(one.finished_at) for one in self.branches)


def board(scope: Scope, month: date) -> Board:
    """Return the analyses of a month that a scope sees (各单位月分析), in organisation order; one query."""
    rows = list(analyses(scope).filter(month=month).order_by("unit__position", "unit__code")[:MOST])
    above = [one for one in rows if one.unit.kind == Kind.COMMITTEE]
    return Board(month, above, [one for one in rows if one.unit.kind != Kind.COMMITTEE])


def mine(scope: Scope) -> list[Analysis]:
    """Return the last analyses of one's own units (本单位月分析), the latest first."""
    return list(analyses(scope).filter(unit__in=own_units(scope)).order_by("-month", "pk")[:12])


def drafted(month: date) -> set[int]:
    """Return the units whose analysis of a month is drafted (已起草的单位)."""
    return set(Analysis.objects.filter(month=month).values_list("unit", flat=True))


def heard_in(month: date) -> dict[int, int | None]:
    """Return how much each unit heard in a month as its analysis shows it (当月反映量), never more than that."""
    return {unit: told.get("heard") for unit, told in Analysis.objects.filter(month=month).values_list(
        "unit", "figures")}


def of_duty(scope: Scope, duty: int) -> Analysis | None:
    """Return the analysis that a routine's duty asks for (写月分析): of the month before; None before it is drafted."""
    found = duty_for(scope, duty)
    return analyses(scope).filter(unit=found.unit_id, month=rule.month_before(found.nominal)).first()


def talks(scope: Scope, quarter: date) -> list[Discussion]:
    """Return the discussions of a quarter with how many points were answered (各单位座谈); one query."""
    rows = discussions(scope).filter(quarter=quarter).annotate(raised=Count("points"), answered=ANSWERED)
    return list(rows.order_by("unit__position", "unit__code", "-day", "pk")[:MOST])
