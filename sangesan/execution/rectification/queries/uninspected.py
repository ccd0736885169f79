"""Work not inspected (未检查的工作): a checklist, a unit it is for, and since when nobody has looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import standing

from ..models import Checklist, Inspection
from .access import checkable


@dataclass(frozen=True)
class Uninspected:
    """One piece of work (一项工作): never inspected when `last` is None."""

    checklist: Checklist
    unit: Unit
    last: date | None

    @property
    def days(self) -> int | None:
        """For how many days nobody has looked (多少天没有检查)."""
        return (clock.today() - self.last).days if self.last else None


def in_force() -> list[Checklist]:
    """Return the checklists in force (现行检查表)."""
    return list(Checklist.objects.filter(until=None).select_related("unit"))


def uninspected(scope: Scope) -> list[Uninspected]:
    """Return the work nobody looked at within its interval (未检查的工作), the longest first; four queries."""
    within, today = checkable(scope), clock.today()
    units: dict[str, list[Unit]] = {}
    for unit in standing(today).filter(pk__in=within):
        units.setdefault(unit.kind, []).append(unit)
    lists = in_force()
    rows = Inspection.objects.filter(checklist__in=lists, unit__in=within).order_by()
    last = {(c, u): day for c, u, day in rows.values_list("checklist", "unit").annotate(Max("day"))}
    found = [Uninspected(one, unit, last.get((one.pk, unit.pk))) for one in lists for unit in units.get(one.kind, [])]
    due = [row for row in found if row.last is None or today - row.last > timedelta(days=row.checklist.every)]
    return sorted(due, key=lambda row: row.last or date.min)
