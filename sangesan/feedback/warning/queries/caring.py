"""What is cared for (关怀件): the one permission query of the quiet road."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from sangesan.feedback.matters.queries.access import without_conflict
from sangesan.feedback.matters.queries.caring import carers
from sangesan.feedback.matters.words import CARE
from sangesan.foundation.errors import NotFound
from sangesan.foundation.once.services import now_of
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.models import Person

from ..models import Care


def visible(scope: Scope) -> QuerySet[Care]:
    """Return the matters in care a scope sees (可见关怀件): the carer's and the doctor's, nobody else's."""
    rows = Care.objects.filter(mine__in=scope.units_for(Action.CARE), matter__kind=CARE)
    return without_conflict(rows, scope, "matter_id").select_related("matter", "matter__unit")


def listed(scope: Scope) -> list[Care]:
    """Return them (关怀件列表), those nobody got in touch about first."""
    order = {"open": 0, "contacted": 1}
    return sorted(visible(scope).order_by("-day", "pk")[:200], key=lambda care: order.get(care.state, 2))


def care_for(scope: Scope, number: str) -> Care:
    """Fetch one (取关怀件); fetching is permission. Raises NotFound."""
    found = visible(scope).filter(matter__number=number).first() if "\x00" not in number else None
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class Callee:
    """Whom the duty post is asked to ring (请打电话给谁): never why, about whom or from where."""

    name: str
    phone: str


def to_call(scope: Scope) -> list[Callee]:
    """Return whom the duty post rings (关怀电话) while a matter in care has no contact yet; empty for all others.

    A call by a person on duty stands in for a push, which quiet hours forbid (chapter V.5).
    """
    roots = scope.units_for(Action.CALL)
    if not roots:
        return []
    waiting = Care.objects.filter(mine__in=roots, state=Care.State.OPEN.value, contacts=None, matter__kind=CARE)
    rung = [(care.mine_id, {concern.person for concern in care.matter.concerns.all()})
            for care in waiting.select_related("matter").prefetch_related("matter__concerns")]
    of_mine = {mine: carers(mine) for mine in {mine for mine, _about in rung}}
    people = {person for mine, about in rung for person in of_mine[mine] - about}
    rows = Person.objects.filter(pk__in=people - {scope.person}).order_by("work_number")
    return [Callee(person.name, person.phone) for person in rows]


def footing(care: Care) -> Callable[[], str]:
    """Return what tells how care stands (关怀现状): it ends, and is taken up again."""
    return now_of(Care.objects.filter(pk=care.pk))
