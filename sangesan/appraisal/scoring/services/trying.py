"""Trial calculation (试算): a period that is over, under another version, side by side; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sangesan.appraisal.rules.queries import PERIOD, by_id, versions
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.rounding import points
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import tree

from ..models import Run
from ..queries import results, standing
from .period import compute


@dataclass(frozen=True)
class Compared:
    """A unit under both versions (两版对照), in hundredths; None where it has no result."""

    unit: Unit
    depth: int
    before: int | None
    after: int | None

    @property
    def moved(self) -> bool:
        """Whether the other version gives it another result (有变动)."""
        return self.before != self.after

    @property
    def difference(self) -> str:
        """What the other version would give more or less (差)."""
        if self.before is None or self.after is None or self.before == self.after:
            return ""
        return ("+" if self.after > self.before else "") + points(self.after - self.before)


def tried(*, scope: Scope, version: int = 0, run: int = 0) -> dict[str, Any]:
    """Compute the last period, or a chosen one, under a version, the newest by default (试算).

    Same facts, same tree: what differs is the rules' doing. Units that closed within the period stand last.
    """
    if not scope.can(Action.EDIT_RULES):
        raise NotFound()
    known = [v for v in versions(scope) if v.row.code == PERIOD]
    found = next((v for v in known if version in (0, v.row.version)), None)
    if version and found is None:
        raise NotFound(_("没有找到这一版办法"))
    runs = list(Run.objects.exclude(period__in=Run.DAILY).filter(revision=None).order_by("-until", "-pk")[:24])
    one = next((r for r in runs if r.pk == run), runs[0] if runs and not run else None)
    if run and one is None:
        raise NotFound(_("没有找到这次核算"))
    said = {"v": found, "runs": runs, "run": one, "rows": [], "changed": 0, "tabs": [
        {"word": str(v.row), "url": f"/w/assessments/trial/{v.row.version}/", "here": v == found} for v in known]}
    if one is None or found is None:
        return said
    rules = by_id(found.row.pk)
    cells = compute(rules, one.tree.nodes, one.period, one.since, one.until, one.cutoff).cells
    after = {c.unit: c.final for c in cells if results.line_of(c) == ""}
    before = dict(standing.scores(one, line="").values_list("unit__code", "final"))
    nodes = [n for n in tree(one.until) if n.unit.code in after or n.unit.code in before]
    ended = Unit.objects.filter(code__in={*after, *before} - {n.unit.code for n in nodes}).order_by("closed", "code")
    there = [*((n.unit, n.depth) for n in nodes), *((unit, 0) for unit in ended)]
    rows = [Compared(unit, depth, before.get(unit.code), after.get(unit.code)) for unit, depth in there]
    return said | {"rows": rows, "changed": (n := sum(row.moved for row in rows)), "same": len(rows) - n}
