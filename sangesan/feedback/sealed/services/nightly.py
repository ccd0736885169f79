"""What the closing of the day does with sealed letters (日结): each step may run twice without harm."""

from __future__ import annotations

from datetime import date
from random import SystemRandom

from django.db import IntegrityError, transaction

from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation import clock
from sangesan.foundation.keys import mix
from sangesan.ledger.facts.services import record, record_batch
from sangesan.method.facts import SPEAKER, SYSTEM, SealedOverdue, SealedReceived

from ..models import SealedFile, SealedMatter, SealedMessage, Wrap
from ..models import SealedOverdue as Noted

BATCH = 500


def record_speakers(day: date) -> int:
    """Record the letters of a day (登记纪检件), dated by day, in shuffled order."""
    rows = list(SealedMatter.objects.filter(recorded=False, day__lte=day)[:BATCH])
    SystemRandom().shuffle(rows)
    mix(SealedMessage.objects.filter(spoken=True, day=day))
    with transaction.atomic():
        claimed = SealedMatter.objects.filter(pk__in=[m.pk for m in rows], recorded=False).update(recorded=True)
        if claimed != len(rows):
            transaction.set_rollback(True)
            return 0
        keys = [m.pk for m in rows]
        mix(Receipt.objects.filter(pk__in=[m.receipt_id for m in rows]), SealedMatter.objects.filter(pk__in=keys),
            Wrap.objects.filter(matter__in=keys), SealedFile.objects.filter(matter__in=keys))
        record_batch([(SealedReceived(subject=m.subject, unit=m.office, occurred_at=m.day), SPEAKER) for m in rows])
    return len(rows)


def record_overdue(day: date) -> int:
    """Record the clocks of named accusations that had run out by a day (纪检件超期), once each."""
    rows = SealedMatter.objects.filter(named=True)
    late = [(m, "acceptance", m.accept_due) for m in rows.filter(accept_due__lt=day, accepted_day=None)]
    late += [(m, "feedback", m.tell_due) for m in rows.filter(tell_due__lt=day, told_day=None)]
    return sum(_mark(matter, name, min(since, clock.today())) for matter, name, since in late)


def _mark(matter: SealedMatter, name: str, since: date) -> int:
    try:
        with transaction.atomic():
            Noted.objects.create(matter=matter, clock=name)
            record(SealedOverdue(subject=matter.subject, unit=matter.office, occurred_at=since, clock=name),
                   actor=SYSTEM)
    except IntegrityError:
        return 0
    return 1
