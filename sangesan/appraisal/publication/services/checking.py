"""Checking what results rest on (核对依据): asked for when somebody looks, done once for all in the background."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, Q

from sangesan.foundation import clock
from sangesan.foundation.soon import soon

from ..models import BasisCheck
from ..queries import basis

STALE = timedelta(minutes=30)
"""After so long a check that nobody finished is begun anew (失效)."""


def ask_check(found: basis.Flaws) -> None:
    """Ask for a check of all facts behind results (请求核对), where one is due; never twice at a time."""
    for run in found.due:
        row, made = BasisCheck.objects.get_or_create(run=run, defaults={"asked_at": clock.now()})
        if not made and row.done_at is not None and row.asked_at <= row.done_at:
            BasisCheck.objects.filter(pk=row.pk, done_at=row.done_at).update(asked_at=clock.now(), claimed_at=None)
    if found.due:
        soon(check_basis)


def check_basis() -> int:
    """Check what was asked for (核对一轮), the oldest first, and return how many runs; a lost claim is free again."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=clock.now() - STALE)
    undone = Q(done_at=None) | Q(done_at__lt=F("asked_at"))
    done = 0
    for row in BasisCheck.objects.filter(free, undone).select_related("run").order_by("asked_at"):
        if BasisCheck.objects.filter(pk=row.pk, claimed_at=row.claimed_at).update(claimed_at=clock.now()):
            bad, seen = basis.examined(row.run)
            BasisCheck.objects.filter(pk=row.pk).update(
                flaws={str(fact): sorted(units) for fact, units in bad.items()}, facts=seen, done_at=clock.now())
            done += 1
    return done
