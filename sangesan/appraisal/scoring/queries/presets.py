"""What rules from the field would have paid and taken in a period that is over (现场办法试算); nothing is stored."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.errors import Forbidden
from sangesan.method import presets
from sangesan.method.authority import Action, Scope
from sangesan.method.ordering import places, prizes
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import tree

from ..models import Run
from . import standing
from .snapshot import organisation

RULES = (("secretary", lazy("支部低于 90 分扣书记，总支按平均承担")), ("deputy", lazy("副职随正职奖罚的比例")),
         ("per_head", lazy("分段人均增减")), ("prizes", lazy("组内单位奖")))
DEPUTIES = {"in_charge": lazy("主管副职"), "other": lazy("其他副职"), "assistant": lazy("助理、副总")}


@dataclass(frozen=True)
class Row:
    """A unit under a rule (单位一行): its result, its place in its division where there are prizes, what it moves."""

    unit: Unit
    division: str
    score: int
    place: int | None
    cents: int


def tried(scope: Scope, run: int, which: str, base: int, purse: tuple[int, ...]) -> dict[str, Any]:
    """Return what a rule from the field would have moved in a period (现场办法试算), in organisation order."""
    if not scope.can(Action.EDIT_RULES):
        raise Forbidden(_("没有打开"), why=_("现场办法试算只给起草考核办法的岗位看"))
    runs = list(Run.objects.exclude(period__in=Run.DAILY).filter(revision=None).order_by("-until", "-since")[:24])
    one = next((r for r in runs if r.pk == run), runs[0] if runs else None)
    said: dict[str, Any] = {"runs": runs, "run": one, "rules": RULES, "which": which, "rows": [], "parts": []}
    if one is None:
        return said
    if which == "deputy":
        return said | {"parts": [(DEPUTIES[k], presets.deputy(base, k)) for k in DEPUTIES]}
    rows = _rows(one, which, base, purse)
    if which == "secretary":
        mean, first, second = presets.general_branch({row.unit.code: -row.cents for row in rows})
        said["parts"] = [(lazy("总支承担（各支部平均）"), -mean), (lazy("其中总支书记"), -first),
                         (lazy("其中总支副书记"), -second)]
    return said | {"rows": rows, "total": sum(row.cents for row in rows)}


def _rows(run: Run, which: str, base: int, purse: tuple[int, ...]) -> list[Row]:
    finals = dict(standing.scores(run, line="").values_list("unit", "final"))
    heads = {code: unit.heads for code, unit in organisation(run.tree_id).units.items()}
    kind = Kind.BRANCH if which == "secretary" else Kind.TEAM
    there = [n for n in tree(run.until) if n.unit.kind == kind and n.unit.pk in finals]
    names = dict(Unit.objects.filter(pk__in={n.parent for n in there if n.parent}).values_list("pk", "name"))
    divisions: dict[int | None, dict[int, int]] = defaultdict(dict)
    for n in there:
        divisions[n.parent][n.unit.pk] = finals[n.unit.pk]
    place = {pk: at for division in divisions.values() for pk, at in places(division).items()}
    won = {pk: cents for division in divisions.values() for pk, cents in prizes(division, purse).items()}
    moved = {
        "secretary": lambda unit: -presets.secretary(base, finals[unit.pk]),
        "per_head": lambda unit: presets.per_head(finals[unit.pk]) * heads.get(unit.code, 0),
        "prizes": lambda unit: won[unit.pk]}[which]
    return [Row(n.unit, names.get(n.parent, ""), finals[n.unit.pk], place[n.unit.pk] if which == "prizes" else None,
                moved(n.unit)) for n in there]
