"""The denominators (应办数): what fell due on a day and what was missing at its end, recorded by night, once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from sangesan.foundation import clock
from sangesan.ledger.facts.queries import entries
from sangesan.ledger.facts.services import record
from sangesan.method.duty_status import NEVER_MISSED
from sangesan.method.facts import SYSTEM, DutyFellDue, DutyMissed
from sangesan.organization.units.queries import paths_of

from ..models import Duty
from ..queries.standing import LONGEST_GRACE, settlements
from .telling import of_duty

PIECE = 500


def record_due(day: date) -> tuple[int, int]:
    """Record what fell due and what was missed on a day (登记到期与未办); run twice it records nothing twice.

    Of a day that is not over only what has come by now: what can still be done is not missed.
    """
    start = datetime.combine(day, time(0), clock.LOCAL)
    end = start + timedelta(days=1)
    by = min(end, clock.now())
    counted = Duty.objects.exclude(origin__kind__in=NEVER_MISSED)
    due = counted.filter(due__gte=start, due__lt=by)
    gone = settlements().filter(what__in=["exempted", "cancelled"], entered_at__lt=end)
    fell = _record(due.exclude(Exists(gone.filter(duty=OuterRef("pk")))), DutyFellDue, day, "due")
    ended = counted.filter(closes__gte=start, closes__lt=by, due__gte=start - LONGEST_GRACE, due__lt=by)
    missed = _record(_unsettled(ended), DutyMissed, day, "closes")
    return fell, missed


def _unsettled(rows: QuerySet[Duty]) -> QuerySet[Duty]:
    """Leave out what was settled by the time its grace ended (已了结除外)."""
    return rows.exclude(Exists(settlements().filter(duty=OuterRef("pk"), entered_at__lte=OuterRef("closes"))))


def _record(rows: QuerySet[Duty], kind: type, day: date, moment: str) -> int:
    there = {row.subject for row in entries(kinds=[kind.kind], days=(day, day))}
    todo = [duty for duty in rows.select_related("origin").order_by("pk") if duty.subject not in there]
    paths = paths_of({duty.counterpart for duty in todo if duty.counterpart}, day)
    for place in range(0, len(todo), PIECE):
        with transaction.atomic():
            for duty in todo[place:place + PIECE]:
                record(kind(occurred_at=getattr(duty, moment), **of_duty(duty, paths)), actor=SYSTEM)
    return len(todo)
