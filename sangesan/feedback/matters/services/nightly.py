"""What the closing of the day does with matters (日结): each step may run twice without harm."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction

from sangesan.foundation import clock
from sangesan.ledger.facts.services import record, record_batch
from sangesan.method import grading
from sangesan.method.facts import (
    SPEAKER,
    SYSTEM,
    MatterOverdue,
    MatterRated,
    MatterReceived,
    MatterReopened,
    MatterSupervised,
    MatterWithdrawn,
)
from sangesan.method.lifecycle import State
from sangesan.method.lifecycle.guards import RATING_DAYS

from ..models import Matter, Overdue, Rating, Submission
from .clocks import FIELDS
from .ending import finish
from .grading import graded
from .steps import claim

BATCH = 500
_WAITS = {
    "sign_in": (("dispatched",), "signed_in_at"),
    "first_answer": (("dispatched", "handling", "review", "returned", "suspended"), "first_answered_at"),
    "plan": (("dispatched", "handling", "returned", "suspended"), "planned_at"),
    "due": (("dispatched", "handling", "review", "returned", "suspended"), "answered_at"),
}


def record_speakers(day: date) -> int:
    """Record what speakers did up to a day (登记反映人台账), dated by day, in shuffled order."""
    said = list(Submission.objects.filter(recorded=False, day__lte=day).select_related("matter"))
    gone = list(Submission.objects.filter(withdrawn__lte=day, withdrawal_recorded=False).select_related("matter"))
    rated = list(Rating.objects.filter(recorded=False, day__lte=day).select_related("matter"))
    facts = []
    for one in said:
        facts.append((MatterReceived(subject=one.matter.subject, unit=_arose(one.matter), occurred_at=one.day,
                                     channel=one.channel, mode=one.mode, category=one.matter.category), SPEAKER))
    for one in gone:
        facts.append((MatterWithdrawn(subject=one.matter.subject, unit=_arose(one.matter),
                                      occurred_at=one.withdrawn), SPEAKER))
    for one in rated:
        matter = one.matter
        facts.append((MatterRated(subject=matter.subject, unit=matter.path, occurred_at=one.day, rating=one.rating,
                                  solved=one.solved), SPEAKER))
        if one.reopens:
            facts.append((MatterReopened(subject=matter.subject, unit=matter.path, occurred_at=one.day,
                                         reason="dissatisfied"), SPEAKER))
    with transaction.atomic():
        claimed = Submission.objects.filter(pk__in=[s.pk for s in said], recorded=False).update(recorded=True)
        claimed += Rating.objects.filter(pk__in=[r.pk for r in rated], recorded=False).update(recorded=True)
        claimed += Submission.objects.filter(pk__in=[s.pk for s in gone], withdrawal_recorded=False).update(
            withdrawal_recorded=True)
        if claimed != len(said) + len(rated) + len(gone):
            transaction.set_rollback(True)
            return 0
        record_batch(facts)
    return len(facts)


def _arose(matter: Matter) -> str:
    return matter.path if matter.sealed else matter.unit_path


def record_overdue(day: date) -> int:
    """Record every clock that had run out by the end of a day (超期记账), once for each matter and clock."""
    now, count = min(clock.now(), datetime.combine(day + timedelta(days=1), time(0), clock.LOCAL)), 0
    for name, (states, done) in _WAITS.items():
        field = FIELDS[name]
        rows = Matter.objects.filter(**{f"{field}__lt": now, f"{done}": None}, state__in=states, history=False)
        for matter in rows.exclude(overdue__clock=name).order_by("pk").iterator(chunk_size=BATCH):
            count += _mark(matter, name, getattr(matter, field))
    return count


def _mark(matter: Matter, name: str, since: datetime) -> int:
    try:
        with transaction.atomic():
            Overdue.objects.create(matter=matter, clock=name, day=clock.local(since).date())
            record(MatterOverdue(subject=matter.subject, unit=matter.path, occurred_at=since, clock=name,
                                 grade=matter.grade), actor=SYSTEM)
    except IntegrityError:
        return 0
    return 1


def run_clocks() -> int:
    """Do what cannot wait for the night (日间时限): overdue clocks, and what stays late is raised.

    C is raised after three days, B after one; a late A is put under supervision.
    """
    count, now = record_overdue(clock.today()), clock.now()
    for level, rule in grading.TABLE.levels.items():
        limit = now - timedelta(days=rule.escalates_after)
        states = _WAITS["due"][0]
        late = Matter.objects.filter(grade=level, due_at__lt=limit, answered_at=None, state__in=states, history=False)
        if not rule.escalates_to:
            late = late.filter(supervised_at=None)
        for matter in list(late.order_by("pk")[:BATCH]):
            with transaction.atomic():
                if rule.escalates_to:
                    _raise(matter, rule.escalates_to)
                else:
                    claim(matter, None, scope=None, action="supervise", only={"supervised_at": None},
                          supervised_at=now)
                    record(MatterSupervised(subject=matter.subject, unit=matter.path, occurred_at=now,
                                            reason="late"), actor=SYSTEM)
            count += 1
    return count


def _raise(matter: Matter, new: str) -> None:
    """Give a late matter the next grade (升级); its due moment stays as it was."""
    was = matter.grade
    claim(matter, None, scope=None, action="escalate", only={"grade": was}, grade=new)
    graded(matter, was, SYSTEM, "late")


def close_unrated(day: date) -> int:
    """Close as unrated (未评价办结) what was answered fifteen days ago and not rated since."""
    before = datetime.combine(day - timedelta(days=RATING_DAYS - 1), time(0), clock.LOCAL)
    rows = Matter.objects.filter(state=State.ANSWERED.value, rated="", answered_at__lt=before)
    count = 0
    for matter in list(rows.order_by("pk")[:5000]):
        with transaction.atomic():
            finish(matter, State.CLOSED, scope=None, action="expire", actor=SYSTEM, reason="unrated",
                   rated="unrated")
        count += 1
    return count
