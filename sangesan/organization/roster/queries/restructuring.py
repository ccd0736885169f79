"""What a merge or a split would do (合并、分设预览): who goes along, and what ends."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.people.queries import posts_of
from sangesan.organization.units import queries as units
from sangesan.organization.units.models import Coverage, Unit

EDIT = Action.EDIT_ORGANIZATION


@dataclass(frozen=True)
class Passage:
    """What there is in a unit today (单位现状): people, units below, posts, who covers it, what it covers."""

    unit: Unit
    people: list[Person]
    children: list[Unit]
    seats: list[tuple[str, str]]
    branches: list[str]
    covers: list[Unit]


def passage(scope: Scope, code: str) -> Passage:
    """Return what would go along or end (随转内容); a unit that is no more is not there."""
    day = clock.today()
    unit = units.unit_for(scope, code, EDIT)
    if unit.closed and unit.closed <= day:
        raise NotFound
    held: dict[int, list[str]] = {}
    rows = Appointment.objects.filter(post__unit=unit, since__lte=day).exclude(until__lte=day)
    for row in rows.select_related("person"):
        held.setdefault(row.post_id, []).append(row.person.name)
    covers = units.on(Coverage.objects.filter(unit=unit), day).select_related("branch")
    return Passage(
        unit, list(Person.objects.filter(Q(until=None) | Q(until__gt=day), unit=unit).order_by("work_number")),
        list(units.children(unit.pk, day)),
        [(post.title, "、".join(held.get(post.pk, []))) for post in posts_of(unit.pk, day)],
        [row.branch.name for row in covers],
        list(Unit.objects.filter(pk__in=units.covered(unit.pk, day))))
