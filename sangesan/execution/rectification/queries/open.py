"""Open findings by unit and age (未销号问题), and the lists of inspections and findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet

from sangesan.foundation import clock
from sangesan.method import rectification as rule
from sangesan.method.authority import Scope
from sangesan.organization.units.models import Unit

from ..models import Finding, Inspection
from ..words import STATES
from .access import findings, running, state_of, with_state
from .detail import barred, doing, posts_held

MOST = 100


@dataclass(frozen=True)
class Open:
    """A unit's open findings (未销号): by age, and how many are late."""

    unit: Unit
    ages: list[int]
    late: int
    waiting: int

    @property
    def total(self) -> int:
        return sum(self.ages)


def open_by_unit(scope: Scope) -> list[Open]:
    """Return the open findings by unit and age (按单位和存续天数), in one query, in organisation order."""
    today = clock.today()
    found: dict[int, tuple[Unit, list[int], list[str]]] = {}
    for finding in running(with_state(findings(scope))).order_by("unit__position", "unit__code", "pk"):
        row = found.setdefault(finding.unit_id, (finding.unit, [0, 0, 0], []))
        row[1][rule.age((today - clock.local(finding.entered_at).date()).days)] += 1
        row[2].append(state_of(finding))
    return [Open(unit, ages, states.count("late"), states.count("done")) for unit, ages, states in found.values()]


def _aged(rows: QuerySet[Finding], age: int) -> QuerySet[Finding]:
    """Filter findings to a class of age (存续分档), as `rule.age` counts the days."""
    midnight = [datetime.combine(clock.today() - timedelta(days=limit), time(0), clock.LOCAL) for limit in rule.AGES]
    if age < len(midnight):
        rows = rows.filter(entered_at__gte=midnight[age])
    return rows.filter(entered_at__lt=midnight[age - 1]) if age else rows


def listed(scope: Scope, state: str = "", unit: str = "", age: int | None = None) -> list[tuple[Finding, str]]:
    """Return findings with their states (问题清单), the newest first; open ones unless all are asked for."""
    rows: QuerySet[Finding] = with_state(findings(scope))
    if unit:
        rows = rows.filter(unit__code=unit)
    if state in ("verified", "waived"):
        rows = rows.filter(passed=True) if state == "verified" else rows.filter(waived=True)
    elif state != "all":
        rows = running(rows)
    if age is not None:
        rows = _aged(rows, age)
    if state == "done":
        rows = rows.filter(done=True)
    if state == "late":
        rows = rows.filter(done=False, duty__due__lt=clock.now())
    return [(finding, state_of(finding)) for finding in rows.order_by("-pk")[:MOST]]


def listed_of(scope: Scope, inspection: Inspection) -> list[tuple[Finding, tuple]]:
    """Return the findings of an inspection that one may see (本次问题), with their states in words."""
    rows = with_state(findings(scope)).filter(inspection=inspection).order_by("pk")
    return [(finding, STATES[state_of(finding)]) for finding in rows]


def to_verify(scope: Scope) -> list[Finding]:
    """Return what waits for my look (待我验收), found by me or given to me by name; four queries."""
    mine = Q(named__code__in=scope.post_codes) | Q(inspection__person=scope.person)
    rows = with_state(findings(scope)).filter(mine, passed=False, done=True).prefetch_related("duty__happenings")
    done = {finding: doing(finding) for finding in rows.order_by("pk")[:MOST]}
    held = posts_held(last.person for last in done.values() if last)
    return [finding for finding, last in done.items() if last and not barred(scope, finding, last, held)]


def of_source(scope: Scope, source: str, after: str, limit: int) -> list[dict]:
    """Return how the findings of a source stand (外来问题现状), in the order of their numbers after one."""
    rows = with_state(findings(scope)).filter(external__source=source, external__number__gt=after)
    return [{"id": row.external.number, "finding": row.pk, "state": {"verified": "closed"}.get(at := state_of(row), at),
             "due": clock.local(row.duty.due).date().isoformat()}
            for row in rows.select_related("external", "duty").order_by("external__number")[:limit]]
