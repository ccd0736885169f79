"""Lateness that was none (不计超期): asked for in time and granted after it; signed by telephone, entered later.

Until it is decided what ran out is late, or nobody would ever decide it. Once it is granted the ledger answers what it
recorded meanwhile: whoever asked in time had kept their time (domain.md 1.2, T6; scoring.md 9).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.ledger.facts.queries import entries
from sangesan.ledger.facts.services import reverse
from sangesan.method.authority import Scope
from sangesan.method.supervision import CALLING

from ..models import ClockChange, Matter, Overdue
from .clocks import turn_began
from .steps import claim
from .supervising import withdraw_supervision


def excuse(matter: Matter, dues: Mapping[str, datetime], reason: str, *, scope: Scope) -> None:
    """Take back the lateness of clocks (不计超期) that ran out at those moments; may find nothing to take back.

    A supervision that no person gave falls away with it; a grade that rose stays, as after any raising.
    """
    late = [row for row in entries(kinds=["matter.overdue"], subject=matter.subject)
            if dues.get(str(row.content["clock"])) == row.occurred_at]
    if not late:
        return
    for row in late:
        reverse(row.id, reason=reason, actor=scope.actor)
    for name in (names := sorted({str(row.content["clock"]) for row in late})):
        Overdue.objects.filter(matter=matter, clock=name, day=clock.local(dues[name]).date()).delete()
    ClockChange.objects.bulk_create([
        ClockChange(matter=matter, clock=name, event="excused", before=dues[name], reason=reason, at=clock.now(),
                    by=scope.person) for name in names])
    if not CALLING.isdisjoint(names):
        _fall_away(matter, scope)


def _fall_away(matter: Matter, scope: Scope) -> None:
    """Take back what the system proposed or opened for a lateness (撤销督办), where none of this turn stands any more.

    What a person confirmed or gave stays with that person.
    """
    began = turn_began(matter)
    if any(row.content["clock"] in CALLING and (began is None or row.occurred_at > began)
           for row in entries(kinds=["matter.overdue"], subject=matter.subject)):
        return
    rows = matter.supervisions.filter(trigger="late", opened_by=0)
    if began is not None:
        rows = rows.filter(Q(proposed_at__gt=began) | Q(opened_at__gt=began))
    if rows.filter(state="proposed").delete()[0]:
        claim(matter, None, scope=scope, action="withdraw_proposal")
    if rows.filter(state="open").exists():
        withdraw_supervision(matter, scope=scope)
