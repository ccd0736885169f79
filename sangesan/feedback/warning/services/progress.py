"""Progress that was owed (进展): what did not come is recorded, and the unit reminded in the ordinary batch."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.progress import OWING, progress_owed, since_of, with_since
from sangesan.feedback.matters.services.supervising import propose
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Action
from sangesan.method.facts import SYSTEM, ProgressMissed
from sangesan.method.grading import Where
from sangesan.method.lifecycle import State
from sangesan.method.supervision import unreported
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.notices.services import notify

from ..models import Gap
from ..queries.told import granted

TRIGGER = "not_reported"
UNSIGNED = State.DISPATCHED.value
DAY = timedelta(days=1)


def record_gaps(day: date) -> int:
    """Record the progress that was owed by the end of a day and did not come (登记缺报), once for each time."""
    end = datetime.combine(day + timedelta(days=1), time(0), clock.LOCAL)
    days, count = calendar(day - timedelta(days=10), day + timedelta(days=10)), 0
    rows = Matter.objects.filter(state__in=OWING, history=False, signed_in_at__lt=end).exclude(grade="")
    for matter in with_since(rows).order_by("pk").iterator(chunk_size=500):
        due = progress_owed(matter, since_of(matter), days)
        if due is not None and due <= end:
            count += _miss(matter, due)
    return count


def propose_unreported(day: date) -> int:
    """Propose for supervision what was not reported back (未回报提请督办): progress twice running, or the measures.

    Measures are owed from the dispatch on: a unit that never signed for a matter has reported nothing either.
    """
    end = datetime.combine(day + timedelta(days=1), time(0), clock.LOCAL)
    rows = Matter.objects.filter(state__in=(UNSIGNED, *OWING), history=False, supervised_at=None, dispatched_at__lt=end)
    rows = with_since(rows.exclude(grade=""))
    days, count = calendar(day - timedelta(days=40), day + timedelta(days=10)), 0
    for matter in rows.order_by("pk").iterator(chunk_size=500):
        first = progress_owed(matter, since_of(matter), days) if matter.signed_in_at else None
        second = progress_owed(matter, first, days) if first else None
        gaps = sum(due is not None and due <= end for due in (first, second))
        missed = matter.planned_at is None and matter.plan_due is not None and matter.plan_due + DAY < end
        if unreported(gaps=gaps, plan_missed=missed):
            count += _proposed(matter)
    return count


def _proposed(matter: Matter) -> int:
    try:
        return propose(matter, TRIGGER)
    except Conflict:  # somebody supervised it meanwhile
        return 0


def _miss(matter: Matter, due: datetime) -> int:
    try:
        with transaction.atomic():
            Gap.objects.create(matter=matter, due=due)
            record(ProgressMissed(subject=matter.subject, unit=matter.path, occurred_at=due, grade=matter.grade),
                   actor=SYSTEM)
            notify(persons=granted(matter, Action.HANDLE, Where.LEAD), subject=matter.subject, kind="matter.progress")
    except IntegrityError:
        return 0
    return 1
