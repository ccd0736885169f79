"""Progress that was owed (进展): what did not come is recorded, and the unit reminded in the ordinary batch."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.progress import OWING, progress_owed, with_last_word
from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Action
from sangesan.method.facts import SYSTEM, ProgressMissed
from sangesan.method.grading import Where
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.notices.services import notify

from ..models import Gap
from ..queries.told import granted


def record_gaps(day: date) -> int:
    """Record the progress that was owed by the end of a day and did not come (登记缺报), once for each time."""
    end = datetime.combine(day + timedelta(days=1), time(0), clock.LOCAL)
    days, count = calendar(day - timedelta(days=10), day + timedelta(days=10)), 0
    rows = Matter.objects.filter(state__in=OWING, history=False, signed_in_at__lt=end).exclude(grade="")
    for matter in with_last_word(rows).order_by("pk").iterator(chunk_size=500):
        due = progress_owed(matter, matter.last_word, days)
        if due is not None and due <= end:
            count += _miss(matter, due)
    return count


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
