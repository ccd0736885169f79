"""Who holds the posts a grading table speaks of (在任者), without those a matter is about."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.method.authority import LINES, POWERS, Action, excluded, may
from sangesan.method.grading import Told, Where
from sangesan.organization.people.models import Appointment
from sangesan.organization.people.queries import scopes_of
from sangesan.organization.units.models import Coverage
from sangesan.organization.units.queries import lineage

from ..models import Matter
from .access import thing_of
from .first_readers import kept_from_first

_READERS = [role.value for role, (_reach, actions) in POWERS.items()
            if actions & {Action.SEE_RESULT, Action.READ_BOOKS, Action.SEE_WORK}]
_LINED = [role.value for role in LINES]


def holding(matter: Matter, wanted: Iterable[Told]) -> set[int]:
    """Return the holders of roles at their places (在任者); the concerned are left out."""
    return {row.person_id for row in appointed(matter, wanted)}


def appointed(matter: Matter, wanted: Iterable[Told]) -> list[Appointment]:
    """Return the appointments to roles at their places (任职), with person and post; the concerned are left out."""
    day, wanted = clock.today(), list(wanted)
    rows = Q(pk__in=[])
    for where in {t.where for t in wanted}:
        roles = [t.role.value for t in wanted if t.where == where]
        rows |= Q(post__role__in=roles) & _at(matter, where, day)
    held = Appointment.objects.filter(rows, since__lte=day).exclude(until__lte=day)
    found = list(held.select_related("person", "post").order_by("-post__head", "kind", "post__code", "pk"))
    shut = shut_out(matter, {row.person_id for row in found})
    shut |= _elsewhere(matter, found)
    return [row for row in found if row.person_id not in shut]


def _elsewhere(matter: Matter, rows: Iterable[Appointment]) -> set[int]:
    """Return who reads a line's own matters alone, and not this one (不是本条线的): whoever hears of it may read it."""
    people = {row.person_id for row in rows if row.post.role in _LINED}
    if not people:
        return set()
    thing = thing_of(matter)
    return {person for person, scope in scopes_of(people).items()
            if not may(scope, thing.keeper or Action.SEE, thing)}


def shut_out(matter: Matter, people: Iterable[int]) -> set[int]:
    """Return which of some persons a matter is about (须回避的人), themselves or all those they report to.

    However many they are, it asks as often: the nightly round asks it of each matter that is late.
    """
    thing = thing_of(matter)
    if not (thing.posts or thing.people):
        return set()
    return {person for person, scope in scopes_of(people).items() if excluded(scope, thing)}


def kept_from_a_reader(matter: Matter) -> bool:
    """Return whether it is kept from somebody who reads what the unit in charge did (成绩读者看不到的事项).

    That is one of those who read everything, or of those over the unit and in the branch that covers it.
    """
    if not matter.concerns.exists():
        return matter.sealed
    path, day = lineage(matter.lead_id or matter.unit_id, clock.today()), clock.today()
    branches = Coverage.objects.filter(unit__in=path, since__lte=day).exclude(until__lte=day).values("branch")
    over = Q(post__unit__in=path) | Q(post__unit__in=branches)
    held = Appointment.objects.filter(over, post__role__in=_READERS, since__lte=day).exclude(until__lte=day)
    return bool(kept_from_first([matter.pk]) or shut_out(matter, held.values_list("person_id", flat=True)))


def _at(matter: Matter, where: Where, day) -> Q:
    if where == Where.MINE:
        return Q()
    unit = matter.unit_id if where == Where.ARISES else matter.lead_id or matter.unit_id
    path = lineage(unit, day)
    if where == Where.ABOVE:
        return Q(post__unit__in=path[-2:-1])
    branches = Coverage.objects.filter(unit__in=path, since__lte=day).exclude(until__lte=day)
    return Q(post__unit=unit) | Q(post__unit__in=branches.values("branch"))
