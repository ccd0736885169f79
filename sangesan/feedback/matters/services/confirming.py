"""Confirmation of a declared danger (确认险情) that did not come in time: the duty post owes it, no unit does."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.facts import SYSTEM, MatterOverdue
from sangesan.method.grading import CONFIRM

from ..models import ClockChange, Matter, Overdue
from .clocks import weight


def unconfirmed(matter: Matter, since: datetime, *, unit: str) -> int:
    """Record that nobody confirmed or lowered a danger by a moment (登记险情未确认), once; return how many were new.

    It stands under the enterprise (`unit` is its path), for it was not the unit in danger that was late. Of what an
    anonymous speaker declared only the day it came is kept: the moment would tell when they spoke, and so would the
    next day, of what was declared in the last half hour.
    """
    told = matter.received_at is not None
    day = clock.local(since).date() if told else matter.received_day
    try:
        with transaction.atomic():
            Overdue.objects.create(matter=matter, clock=CONFIRM, day=day)
            ClockChange.objects.create(matter=matter, clock=CONFIRM, event="missed", reason=CONFIRM,
                                       before=since if told else None, at=clock.now() if told else clock.midnight())
            record(MatterOverdue(subject=matter.subject, unit=unit, occurred_at=since if told else day, clock=CONFIRM,
                                 grade="A", quantity=weight(matter), reason="unconfirmed"), actor=SYSTEM)
    except IntegrityError:
        return 0
    return 1
