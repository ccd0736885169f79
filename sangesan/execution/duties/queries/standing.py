"""How duties stand (办理状态), asked of the database: the same rule as method.duty_status, and a test proves it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from sangesan.foundation import clock
from sangesan.method.duty_status import Status, status

from ..models import Duty, Happening

LONGEST_GRACE = timedelta(days=31)
SETTLING = ("done", "exempted", "cancelled")


def settlements() -> QuerySet[Happening]:
    """Return what settles duties (了结经过): at most one for each."""
    return Happening.objects.filter(what__in=SETTLING, withdrawn_at=None)


def settled() -> Exists:
    """Return the condition "this duty is settled" (已了结)."""
    return Exists(settlements().filter(duty=OuterRef("pk")))


def with_status(rows: QuerySet[Duty], now: datetime | None = None) -> QuerySet[Duty]:
    """Annotate duties with `settled_as`, `settled_at` and `standing` (办理状态)."""
    now, own = now or clock.now(), settlements().filter(duty=OuterRef("pk"))
    rows = rows.annotate(settled_as=Subquery(own.values("what")[:1]), settled_at=Subquery(own.values("at")[:1]))
    return rows.annotate(standing=Case(
        When(settled_as="exempted", then=Value(Status.EXEMPT.value)),
        When(settled_as="cancelled", then=Value(Status.CANCELLED.value)),
        When(settled_as="done", settled_at__lte=F("due"), then=Value(Status.ON_TIME.value)),
        When(settled_as="done", then=Value(Status.LATE.value)),
        When(opens__gt=now, then=Value(Status.NOT_DUE.value)),
        When(Q(closes__gte=now), then=Value(Status.OPEN.value)),
        default=Value(Status.MISSING.value), output_field=CharField(),
    ))


def standing_of(duty: Duty, settlement: Happening | None, now: datetime | None = None) -> Status:
    """Return how one duty stands (办理状态)."""
    return status(duty.opens, duty.due, duty.closes, settlement.what if settlement else "",
                  settlement.at if settlement else None, now or clock.now())
