"""The unit receives a matter (签收): it signs, or returns it; a return is ruled on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterReturned, MatterSignedIn
from sangesan.method.lifecycle.guards import MOST_RETURNS

from ..models import Matter
from . import clocks
from .excusing import excuse
from .recusing import heed, in_hand, require_independent
from .steps import claim, reasoned, say, take
from .triage import start


@transaction.atomic
def sign_in(*, scope: Scope, number: str, at: datetime | None = None, told: Scope | None = None) -> Matter:
    """Sign for a matter (签收); who signs is its handler.

    At night the duty post enters (`told`) that somebody signed by telephone, at a moment that is over; what ran out
    between the call and its entry was not late.
    """
    matter, step = take(scope, number, "sign_in")
    now, due = at or clock.now(), matter.sign_in_due
    claim(matter, step.target, scope=scope, action="sign_in", signed_in_at=now)
    matter.assignments.filter(leads=True, until=None).update(handler=scope.person)
    record(MatterSignedIn(subject=matter.subject, unit=matter.path, occurred_at=now,
                          in_time=clocks.met(matter, "sign_in", scope.person, at=now),
                          quantity=clocks.weight(matter), reason="by_phone" if told else ""),
           actor=(told or scope).actor)
    if told and due and now <= due:
        excuse(matter, {"sign_in": due}, "by_phone", scope=told)
    return matter


@transaction.atomic
def return_(*, scope: Scope, number: str, reason: str) -> Matter:
    """Return a matter (退回) with a reason: at most twice, then a ruling binds."""
    matter, step = take(scope, number, "return")
    reason = reasoned(reason)
    claim(matter, step.target, scope=scope, action="return", returns=matter.returns + 1)
    say(matter, "reason", reason, scope=scope)
    record(MatterReturned(subject=matter.subject, unit=matter.path, occurred_at=clock.now(),
                          quantity=matter.returns, reason="returned"), actor=scope.actor)
    return matter


@transaction.atomic
def rule(*, scope: Scope, number: str, reason: str, lead: int | None = None,
         supporting: Iterable[int] = (), only_mentioned: bool = False) -> Matter:
    """Rule on a return (裁定): another unit, whose clocks start now, or the same one, which is bound.

    A unit that is told to keep it keeps its clocks too. After the second return every ruling binds.
    """
    matter, step = take(scope, number, "rule")
    reason, before = reasoned(reason), matter.path
    moves = lead is not None and lead != matter.lead_id
    bound = not moves or matter.returns >= MOST_RETURNS
    record(MatterReturned(subject=matter.subject, unit=before, occurred_at=clock.now(), quantity=matter.returns,
                          reason="moved" if moves else "upheld"), actor=scope.actor, words=reason)
    if moves:
        start(matter, step, scope=scope, lead=lead, supporting=supporting, bound=bound,
              only_mentioned=only_mentioned)
    else:
        if only_mentioned:
            heed(matter, only_mentioned=True)
        require_independent(matter, in_hand(matter))
        claim(matter, step.target, scope=scope, action="rule", bound=True)
    say(matter, "ruling", reason, scope=scope)
    return matter
