"""Handing over (移交): what a unit leaves open when it ends goes to whoever takes it over; nothing hangs on it."""

from __future__ import annotations

from django.db import transaction

from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.facts import SYSTEM, DutyHandedOver
from sangesan.method.succession import Fate, fate
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from .. import signals
from ..models import Duty, Happening
from ..queries.detail import settlement_of
from ..queries.standing import settled
from .planning import drop
from .settling import cancel
from .telling import of_duty

CLOSED = "unit_closed"


@transaction.atomic
def hand_over(*, old: Unit, heir: Unit | None) -> int:
    """Hand over what an ended unit left open (移交应办) and return how many; run again it finds nothing.

    What recurs falls away. What the other has already, or nobody can take over, falls away too.
    """
    drop(Duty.objects.filter(unit=old, origin__lapses=True), why=CLOSED)
    rows = Duty.objects.select_for_update(of=("self",)).filter(unit=old, origin__lapses=False).exclude(settled())
    path = path_of(heir.pk, clock.today()) if heir else ""
    handed = 0
    for duty in rows.select_related("origin").order_by("pk"):
        if settlement_of(duty) is not None:  # while we waited for it
            continue
        if heir is None or _has(heir, duty):
            cancel(duty=duty, actor=SYSTEM, why=CLOSED)
            continue
        _hand(duty, heir, path, late=fate(False, clock.local(duty.due).date(), old.closed) is Fate.GOES_OVER_LATE)
        handed += 1
    return handed


def _hand(duty: Duty, heir: Unit, path: str, *, late: bool) -> None:
    """Give one duty to the other unit's head in its line (移交一件); what was late stays under the path that was."""
    before = duty.path
    duty.unit, duty.post, duty.path = heir, None, before if late else path
    duty.save(update_fields=["unit", "post", "path"])
    fact = record(DutyHandedOver(occurred_at=clock.now(), before=before, to=heir.code, **of_duty(duty)), actor=SYSTEM)
    Happening.objects.create(duty=duty, what=Happening.What.HANDED, at=clock.now(), entered_at=clock.now(),
                             reason=CLOSED, fact=fact, words=heir.name, post="")
    signals.handed.send(Duty, duty=duty)
    signals.settled.send(Duty, duty=duty)


def _has(heir: Unit, duty: Duty) -> bool:
    """Return whether the other unit was given the very same (承接单位本来就有)."""
    return Duty.objects.filter(origin=duty.origin_id, unit=heir, line=duty.line, counterpart=duty.counterpart,
                               nominal=duty.nominal).exists()
