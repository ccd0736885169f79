"""Work nobody looked at (未检查的工作项): it feeds the list of work not inspected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.method import chain as rule
from sangesan.method.authority import Scope

from ..models import Step
from .access import items


@dataclass(frozen=True)
class Unseen:
    """A unit's part of a work item that nobody has looked at since a day (没有人看过)."""

    title: str
    unit: str
    since: date
    url: str

    @property
    def days(self) -> int:
        return (clock.today() - self.since).days


def unseen(scope: Scope, most: int = 50) -> list[Unseen]:
    """Return what nobody has looked at for a week of the stage 督促实施 (没有人看过的), the longest first."""
    running = items(scope).filter(stage="supervise").values("pk")
    open_ = Duty.objects.exclude(settled()).filter(opens__lte=clock.now() - rule.UNSEEN)
    rows = Step.objects.filter(item__in=running, stage="supervise", duty__in=open_.values("pk"))
    rows = rows.select_related("item", "part__unit", "duty").order_by("duty__opens", "pk")[:most]
    return [Unseen(row.item.title, row.part.unit.name, clock.local(row.duty.opens).date(), f"/w/{row.item.subject}/")
            for row in rows]
