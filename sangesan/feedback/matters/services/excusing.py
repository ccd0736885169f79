"""Lateness that was none (不计超期): asked for in time and granted after it; signed by telephone, entered later.

Until it is decided what ran out is late, or nobody would ever decide it. Once it is granted the ledger answers what it
recorded meanwhile: whoever asked in time had kept their time (domain.md 1.2, T6; scoring.md 9).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sangesan.foundation import clock
from sangesan.ledger.facts.queries import entries
from sangesan.ledger.facts.services import reverse
from sangesan.method.authority import Scope

from ..models import ClockChange, Matter, Overdue


def excuse(matter: Matter, dues: Mapping[str, datetime], reason: str, *, scope: Scope) -> None:
    """Take back the lateness of clocks (不计超期) that ran out at those moments; may find nothing to take back.

    A supervision that nobody has confirmed yet falls away with it; a grade that rose stays, as after any raising.
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
    matter.supervisions.filter(state="proposed", trigger="late").delete()
