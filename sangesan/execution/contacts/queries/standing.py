"""How a pair stands in a month (到位情况): derived from its plan and visits, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method import contacts as rule

from ..models import Pair, Plan, Visit


@dataclass(frozen=True)
class Standing:
    """A pair in a month (到位): the visit day, the last visit, how many steps were taken of how many."""

    pair: Pair
    month: date
    plan: Plan | None
    visit: Visit | None
    taken: int = 0
    steps: int = 5
    over: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is left to do (闭环)."""
        return self.visit is not None and self.taken == self.steps

    @property
    def word(self) -> str:
        """The state in words (状态)."""
        if self.visit is None:
            return _("未到") if self.over else _("%d 日去") % self.plan.day.day if self.plan else _("待安排")
        day = _("%d 日") % self.visit.day.day
        return day if self.whole else f"{day} {self.taken}/{self.steps}"

    @property
    def tone(self) -> str:
        if self.visit is None:
            return "bad" if self.over else ""
        return "ok" if self.whole else "warn"

    @property
    def url(self) -> str:
        """The address it opens (去向): the record, else the pair."""
        return f"/w/{(self.visit or self.pair).subject}/"


def counted(visit: Visit) -> tuple[int, int]:
    """Return how many steps of a visit were taken, and how many it has (已办环节、应办环节)."""
    done = rule.taken(standing_steps(visit), visit.found)
    return sum(step is True for step in done), sum(step is not None for step in done)


def standing_steps(visit: Visit) -> set[str]:
    """Return the steps that stand (有效环节); reads what was fetched beforehand."""
    return {step.step for step in visit.steps.all() if step.withdrawn_at is None}


def standing_of(pairs: Iterable[Pair], month: date) -> list[Standing]:
    """Return how pairs stand in a month (到位情况), in three queries however many there are."""
    pairs, until, today = list(pairs), rule.next_month(month), clock.today()
    plans = {plan.pair_id: plan for plan in Plan.objects.filter(pair__in=pairs, month=month)}
    visits: dict[int, Visit] = {}
    rows = Visit.objects.filter(pair__in=pairs, day__gte=month, day__lt=until)
    for visit in rows.prefetch_related("steps").order_by("day", "pk"):
        visits[visit.pair_id] = visit
    return [_standing(pair, month, plans.get(pair.pk), visits.get(pair.pk), today >= until) for pair in pairs]


def _standing(pair: Pair, month: date, plan: Plan | None, visit: Visit | None, over: bool) -> Standing:
    taken, steps = counted(visit) if visit is not None else (0, 5)
    return Standing(pair, month, plan, visit, taken, steps, over)


def expected(pair: Pair, month: date) -> bool:
    """Return whether a pair was to meet in a month (当月应联系): in force on its last day, or until today."""
    last = min(rule.next_month(month) - timedelta(days=1), max(clock.today(), month))
    return pair.since <= last and (pair.until is None or pair.until > last)


def sums(rows: Sequence[Standing]) -> dict[str, int]:
    """Return the counts of a month (合计): to come, came, found something, nothing left to do."""
    came = [row for row in rows if row.visit is not None]
    return {"pairs": len(rows), "came": len(came), "found": sum(row.visit.found for row in came),
            "whole": sum(row.whole for row in came), "missed": sum(row.over for row in rows if row.visit is None)}
