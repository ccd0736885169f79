"""Who cares (关怀): the carer and the doctor who alone read words of despair."""

from __future__ import annotations

from sangesan.foundation import clock
from sangesan.method.authority import Action, Role
from sangesan.organization.people.queries import holders, mine_of, posts_with, scope_of
from sangesan.organization.units.queries import lineages

from ..models import Matter


def root_of(unit: int) -> int:
    """Return the enterprise a unit belongs to (所属矿)."""
    return mine_of(lineages([unit], clock.today())[unit])


def carers(unit: int) -> set[int]:
    """Return the carer and the doctor of a unit's enterprise (关怀员、医生); nobody when none is appointed."""
    today, root = clock.today(), root_of(unit)
    people = {p for post in posts_with([Role.CARER, Role.DOCTOR], today) for p in holders(post.pk, today)}
    return {person for person in people if root in scope_of(person, today).units_for(Action.CARE)}


def unconcerned_carers(matter: Matter) -> set[int]:
    """Return the carers a matter is not about (无关的关怀员)."""
    return carers(matter.unit_id) - set(matter.concerns.values_list("person", flat=True))
