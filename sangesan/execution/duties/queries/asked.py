"""Applications for another date that wait for my answer (待我答复的改期申请)."""

from __future__ import annotations

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope

from ..models import Asking, Duty
from .access import under
from .holders import answered_by
from .standing import settled

MOST = 100


def to_answer(scope: Scope) -> list[Asking]:
    """Return what I may agree to (待我答复): within my reach, asked by another, not mine to do, still to come."""
    if not scope.can(Action.ASSIGN_WORK):
        return []
    waits = Asking.objects.filter(decided_at=None).exclude(person=scope.person)
    rows = Duty.objects.filter(under(scope, Action.ASSIGN_WORK), due__gt=clock.now(), pk__in=waits.values("duty"))
    rows = rows.exclude(settled()).exclude(Q(pk__in=Duty.objects.filter(answered_by(scope)).values("pk")))
    return list(waits.filter(duty__in=rows).select_related("duty__origin", "duty__unit").order_by("pk")[:MOST])
