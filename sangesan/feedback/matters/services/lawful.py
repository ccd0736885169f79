"""What the night does with statutory clocks (法定时限日结): what was missed, rights lapsed, supervision proposed."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Count, Q

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method.deadlines import end_of_work
from sangesan.method.facts import SYSTEM, MatterOverdue
from sangesan.method.lifecycle import OPEN, TRANSITIONS
from sangesan.method.supervision import SHUFFLED_REOPENINGS, called_for
from sangesan.method.terms import OFFICE, REVIEWS, TERMS
from sangesan.organization.units.queries import path_of

from ..models import Matter, Term
from .supervising import propose
from .terms import keep

BATCH = 500
_SUPERVISED = frozenset().union(*(step.sources for step in TRANSITIONS if step.action == "supervise"))
"""In which states a supervision can be given or confirmed (可督办的状态)."""
_RIGHTS = [t.code for t in TERMS.values() if t.right]


def record_terms(day: date) -> int:
    """Record every statutory clock that had run out by the end of a day (法定超期记账), once each."""
    over = Term.objects.filter(due__lte=min(day, clock.today()), met=None, lifted=False, paused=None)
    if day >= clock.today():
        over = over.filter(due__lt=clock.today())
    count = 0
    for row in over.exclude(code__in=_RIGHTS).filter(missed=False).order_by("pk").iterator(chunk_size=BATCH):
        count += _missed(row)
    for row in over.filter(code__in=_RIGHTS).order_by("pk").iterator(chunk_size=BATCH):
        count += _lapsed(row)
    return count


def _missed(row: Term) -> int:
    """Mark one as missed (登记法定超期): under the enterprise what the office owes, under its own unit a review.

    All else is the unit's in charge; what lies with the unit above the enterprise is nobody's here.
    """
    asked = row.matter.reviewed.filter(outcome="waiting").first() if row.code in REVIEWS else None
    if asked is not None and asked.passed_on is not None and asked.passed_on <= row.due:
        return 0
    if asked is not None:
        return missed(row, path_of(asked.unit_id, clock.today()))
    return missed(row, office(row.matter) if row.code in OFFICE else row.matter.path)


def office(matter: Matter) -> str:
    """Return the path under which the petition office's lateness stands (信访办的超期): the enterprise's."""
    return matter.unit_path.partition("/")[0] + "/"


@transaction.atomic
def missed(row: Term, unit: str) -> int:
    """Mark a clock as missed (登记法定超期) by a unit, once; return how many were marked."""
    if not Term.objects.filter(pk=row.pk, missed=False, met=None, lifted=False).update(missed=True):
        return 0
    keep([row], "missed", row.code)
    record(MatterOverdue(subject=row.matter.subject, unit=unit, occurred_at=end_of_work(row.due), clock=row.code,
                         grade=row.matter.grade), actor=SYSTEM)
    return 1


@transaction.atomic
def _lapsed(row: Term) -> int:
    """Let a right lapse (权利期满) that nobody used."""
    if not Term.objects.filter(pk=row.pk, met=None, lifted=False).update(lifted=True):
        return 0
    keep([row], "lifted", "lapsed")
    return 1


def propose_supervision(day: date) -> int:
    """Propose for supervision what the facts show (提请督办): late by law, out of procedure, put off again.

    Only where somebody may confirm it: what lies with the office yet is supervised by nobody, and stands as late.
    """
    opened = [s.value for s in OPEN if s in _SUPERVISED]
    rows = Matter.objects.filter(state__in=opened, history=False, supervised_at=None).exclude(kind="accusation")
    missed = Count("terms", filter=Q(terms__missed=True, terms__met=None, terms__lifted=False))
    rows = rows.annotate(n=missed).filter(Q(n__gt=0) | Q(reopened__gte=SHUFFLED_REOPENINGS))
    count = 0
    for matter in rows.order_by("pk").iterator(chunk_size=BATCH):
        codes = frozenset(matter.terms.filter(missed=True, met=None, lifted=False).values_list("code", flat=True))
        try:
            count += propose(matter, called_for(terms_missed=codes, reopened=matter.reopened))
        except Conflict:
            continue
    return count
