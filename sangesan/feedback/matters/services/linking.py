"""First and repeated (初次件、重复件): a repeat points to the first; three within thirty days weigh more."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterLinked
from sangesan.method.grading import lighter
from sangesan.method.supervision import REPEATED_DAYS, weighed

from .. import queries
from ..models import Matter, Reach, Regrading
from ..words import LEFT
from .grading import apply, chosen, graded
from .steps import claim, take


@transaction.atomic
def link(*, scope: Scope, number: str, earlier: str) -> Matter:
    """Link a repeat to the first one (关联初次件); what repeated links to it goes along."""
    matter, _step = take(scope, number, "link")
    other = queries.matter_for(scope, earlier.strip().upper())
    first = other.earlier or other
    if first.pk == matter.pk or first.received_day > matter.received_day or first.sealed:
        raise Conflict(_("没有关联"), why=_("%s 不能作为它的初次件") % other.number, next=_("请选更早收到的那一件"))
    matter.repeats.update(earlier=first)
    claim(matter, None, scope=scope, action="link", earlier=first)
    record(MatterLinked(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), to=first.subject),
           actor=scope.actor)
    weigh(matter, scope)
    return matter


def repeats(matter: Matter) -> int:
    """Count how often the same thing was raised within the thirty days up to the last time (三十日内件数).

    What is kept from somebody who reads this one counts in nothing that this one shows; where that is the first,
    neither does what repeats it: a grade that rose for it would tell that it is there.
    """
    first = matter.earlier_id or matter.pk
    rows = Matter.objects.filter(Q(pk=first) | Q(earlier=first) | Q(parent=matter.pk)).exclude(kind__in=LEFT)
    family = {row.pk: row for row in rows.prefetch_related("concerns", "reaches")}
    own = _kept(family[matter.pk]) if matter.pk in family else set()
    seen = {row.pk: row for row in family.values() if _kept(row) <= own}
    if first not in seen:
        seen = {pk: row for pk, row in seen.items() if matter.pk in (pk, row.parent_id)}
    days = [row.received_day for row in seen.values()]
    return sum(day >= max(days) - timedelta(days=REPEATED_DAYS) for day in days)


def _kept(matter: Matter) -> set[tuple]:
    """Return from whom it is kept (对谁保密): whom it is about, and all but the union where the union reads first."""
    about = {(row.post, row.person, row.unit_id) for row in matter.concerns.all()}
    return about | {("union", 0, None) for row in matter.reaches.all() if row.sealed == Reach.HELD}


def weigh(matter: Matter, scope: Scope) -> None:
    """Grade anew what was repeated so often (重复件升级); graver only."""
    if not matter.grade or matter.provisional or matter.answered_at:
        return
    importance = weighed(matter.importance, repeats(matter))
    if importance == matter.importance:
        return
    was, new = matter.grade, chosen(matter.urgency, importance)
    if new == was or lighter(new, was):
        return
    reason = _("三十日内多次反映，按分级表重要程度不低于 2")
    Regrading.objects.create(matter=matter, urgency=matter.urgency, importance=importance, before=was, grade=new,
                             reason=reason, proposed_by=scope.person, at=clock.now())
    apply(matter, new, matter.urgency, importance, scope=scope, action="regrade")
    graded(matter, was, scope.actor, "repeated", reason)
