"""One's own line (我的兑现): nobody sees another's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Sum

from sangesan.method import pay
from sangesan.method.authority import Scope

from ..models import Payout
from .intact import agrees, altered_lately


@dataclass(frozen=True)
class Own:
    """A line of one's own (本人一行) with all that a pocket calculator needs.

    `altered` says that the pool is not what the ledger binds: then nobody can say whose line it is that was changed.
    Older pools are held only against what their unit got.
    """

    row: Payout
    more: int
    weights: int
    altered: bool = False

    @property
    def total(self) -> int:
        return self.row.cents + self.more

    @property
    def weight(self) -> str:
        """What the own line weighs, as one reckons it by hand (本人权重)."""
        return pay.weighed(self.row.base * self.row.share * self.row.days * self.row.factor)

    @property
    def whole(self) -> str:
        """What all lines of the unit weigh together (全单位权重)."""
        return pay.weighed(self.weights)


def own(scope: Scope) -> list[Own]:
    """Return what this person was paid (我的兑现), newest first."""
    rows = Payout.objects.filter(person=scope.person, adjusts=None, person__isnull=False)
    rows = rows.select_related("pool", "pool__run", "unit", "parent").annotate(more=Sum("adjustments__cents"))
    found = list(rows.order_by("-pool__made_at", "pk")[:60])
    units = Payout.objects.filter(parent__in={row.parent_id for row in found}, adjusts=None)
    weights, paid = Counter[int | None](), Counter[int | None]()
    for parent, base, share, days, factor, cents in units.values_list(
            "parent", "base", "share", "days", "factor", "cents"):
        weights[parent] += base * share * days * factor
        paid[parent] += cents
    changed = altered_lately(dict.fromkeys(row.pool for row in found))
    return [Own(row, row.more or 0, weights[row.parent_id],
                row.pool_id in changed or not agrees(row.parent.cents, paid[row.parent_id])) for row in found]
