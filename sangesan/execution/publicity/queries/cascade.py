"""The cascade as a tree (层层传达图): each level's coverage, each unit's standing, gaps named by unit."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.meetings import seat
from sangesan.method.publicity import Level, coverage
from sangesan.organization.units.models import Kind, Unit

from ..models import Campaign, Handing
from .access import handings, own_units


@dataclass
class Branch:
    """A unit of the tree (一个单位) with those it passed it on to."""

    handing: Handing
    below: list[Branch] = field(default_factory=list)

    @property
    def chip(self) -> tuple[str, str]:
        """Word and tone of how it stands (状态)."""
        one = self.handing
        if one.passed_at:
            return (_("已传达"), "ok") if one.passed_at <= one.duty.due else (_("已传达，晚了"), "warn")
        late = one.duty.due < clock.now()
        if one.received_at:
            return (_("已收到，还没有传达"), "bad" if late else "act")
        return (_("还没有收到"), "bad" if late else "")

    @property
    def passed(self) -> int:
        return sum(one.handing.passed_at is not None for one in self.below)


@dataclass(frozen=True)
class Cascade:
    """The cascade of a plan as one scope sees it (可见的层层传达)."""

    levels: list[Level]
    tree: list[Branch]
    hidden: int


def cascade_of(scope: Scope, campaign: Campaign) -> Cascade:
    """Return the cascade of a plan (层层传达) within one's reach, in a fixed number of queries."""
    gone = {"passed_at": None, "unit__closed__lte": clock.today()}  # another unit has it from there
    rows = list(handings(scope).filter(campaign=campaign).exclude(**gone).select_related("unit", "duty").order_by(
        "level", "unit__position", "unit__code"))
    nodes = {one.pk: Branch(one) for one in rows}
    tops = []
    for one in rows:
        above = nodes.get(one.above_id or 0)
        (above.below if above else tops).append(nodes[one.pk])
    names = _named(rows)
    told = coverage([(one.level, names[one.pk], bool(one.received_at), bool(one.passed_at)) for one in rows])
    return Cascade(told, tops, campaign.handings.exclude(**gone).count() - len(rows))


def _named(rows: list[Handing]) -> dict[int, str]:
    """Return what the units are called (单位名称): a crew with its team, for every team has a night crew."""
    above = {one.pk: one.path.split("/")[-3] for one in rows if one.path.count("/") > 1}
    teams = dict(Unit.objects.filter(code__in=set(above.values())).values_list("code", "name"))
    return {one.pk: seat(teams.get(above.get(one.pk, ""), ""), one.unit.name) if one.unit.kind == Kind.CREW
            else one.unit.name for one in rows}


def mine(scope: Scope, campaign: Campaign) -> list[Handing]:
    """Return what waits for one's own units (待本单位接收或传达) in a plan that still runs."""
    if campaign.ended_at is not None:
        return []
    rows = campaign.handings.filter(unit__in=own_units(scope), passed_at=None).select_related("unit", "duty")
    return list(rows)
