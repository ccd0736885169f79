"""Review (复查、复核): someone who did not handle it upholds the answer, or has it done anew."""

from __future__ import annotations

from django.db import transaction

from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterSecondReview

from ..models import Matter
from .ending import FRESH
from .steps import claim, reasoned, say, take


@transaction.atomic
def uphold(*, scope: Scope, number: str, text: str) -> Matter:
    """Uphold the answer (维持原答复) and tell the speaker why."""
    return _decide(scope, number, "uphold", text, closed_at=clock.now())


@transaction.atomic
def redo(*, scope: Scope, number: str, text: str) -> Matter:
    """Have it done anew (责令重办)."""
    return _decide(scope, number, "redo", text, **FRESH)


@transaction.atomic
def end(*, scope: Scope, number: str, text: str) -> Matter:
    """End it (终结) after the third review; the same facts are not taken up again."""
    return _decide(scope, number, "end", text)


def _decide(scope: Scope, number: str, action: str, text: str, **changes) -> Matter:
    matter, step = take(scope, number, action)
    text = reasoned(text)
    if action == "redo":
        changes["reopened"] = matter.reopened + 1
    claim(matter, step.target, scope=scope, action=action, **changes)
    say(matter, "told", text, scope=scope)
    record(MatterSecondReview(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason=action,
                              round=matter.reviews + 1), actor=scope.actor, words=text)
    return matter
