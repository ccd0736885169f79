"""Who must know (告知对象): posts by role and place, without those the matter is about."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries import thing_of
from sangesan.foundation import clock
from sangesan.method.authority import POWERS, Action, Role, excluded
from sangesan.method.grading import TABLE, Told, Where
from sangesan.organization.people.models import Appointment
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Coverage
from sangesan.organization.units.queries import lineage


def told(matter: Matter) -> set[int]:
    """Return the persons the grading table names (按级告知) for a matter's grade."""
    return holding(matter, TABLE.levels[matter.grade].told) if matter.grade else set()


def granted(matter: Matter, action: Action, where: Where) -> set[int]:
    """Return who holds an action somewhere (有此权限的人)."""
    return holding(matter, [Told(role, where) for role, (_reach, actions) in POWERS.items() if action in actions])


def holding(matter: Matter, wanted: Iterable[Told]) -> set[int]:
    """Return the holders of roles at their places (在任者); the concerned are left out."""
    day, wanted = clock.today(), list(wanted)
    rows = Q(pk__in=[])
    for where in {t.where for t in wanted}:
        roles = [t.role.value for t in wanted if t.where == where]
        rows |= Q(post__role__in=roles) & _at(matter, where, day)
    since = Appointment.objects.filter(rows, since__lte=day).exclude(until__lte=day)
    people = set(since.values_list("person_id", flat=True))
    if not matter.concerns.exists():
        return people
    thing = thing_of(matter)
    return {person for person in people if not excluded(scope_of(person, day), thing)}


def _at(matter: Matter, where: Where, day) -> Q:
    if where == Where.MINE:
        return Q()
    unit = matter.lead_id or matter.unit_id
    path = lineage(unit, day)
    if where == Where.ABOVE:
        return Q(post__unit__in=path[-2:-1])
    branches = Coverage.objects.filter(unit__in=path, since__lte=day).exclude(until__lte=day)
    return Q(post__unit=unit) | Q(post__unit__in=branches.values("branch"))


def everywhere(*roles: Role) -> list[Told]:
    """Return roles of the whole mine (全矿岗位)."""
    return [Told(role, Where.MINE) for role in roles]
