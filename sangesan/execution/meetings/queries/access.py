"""Who may see a meeting and keep its record (可见与主持): the one permission query of this room.

Whoever is on the roster sees it, and so do posts of its unit and whoever sees the work of units
above. The record is kept by a post of the unit itself; the Party committee's and the mine's also
by the office that arranges them.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from sangesan.execution.duties.queries.access import beneath
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import POWERS, Action, Scope
from sangesan.organization.units.models import Kind, Line, Unit
from sangesan.organization.units.queries import lineage, standing

from ..models import Attendee, Meeting

LARGEST = 2**63 - 1
ARRANGED = (Kind.COMMITTEE, Kind.MINE)
ARRANGED_LINES = (Line.PARTY, Line.ADMINISTRATION)


def own_units(scope: Scope) -> set[int]:
    """Return the units whose work a scope does itself (本单位)."""
    return {post.unit for post in scope.posts if Action.DO_WORK in POWERS[post.role][1]}


def visible(scope: Scope) -> QuerySet[Meeting]:
    """Return the meetings a scope may see (可见会议), the annulled ones too, for they tell that they are."""
    if not scope.posts:
        return Meeting.objects.none()
    there = Attendee.objects.filter(meeting=OuterRef("pk"), person=scope.person)
    seen = Q(unit__in=own_units(scope)) | Q(Exists(there))
    if scope.can(Action.SEE_WORK):
        seen |= beneath(scope.units_for(Action.SEE_WORK))
    return Meeting.objects.filter(seen).select_related("unit")


def meeting_for(scope: Scope, pk: int) -> Meeting:
    """Fetch a meeting (取会议); fetching is permission. Raises NotFound."""
    found = visible(scope).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise NotFound()
    return found


def hosts(scope: Scope, unit: Unit) -> bool:
    """Return whether a scope keeps the record of a unit's meetings (可否主持)."""
    if unit.pk in own_units(scope):
        return True
    arranged = unit.kind in ARRANGED and unit.line in ARRANGED_LINES
    return arranged and bool(scope.units_for(Action.ASSIGN_WORK) & set(lineage(unit.pk, clock.today())))


def host_units(scope: Scope) -> list[Unit]:
    """Return the units whose meetings a scope may call (可召集的单位)."""
    mine = own_units(scope)
    rows = standing(clock.today())
    rows = rows.filter(Q(pk__in=mine) | Q(kind__in=[k.value for k in ARRANGED])) if scope.can(
        Action.ASSIGN_WORK) else rows.filter(pk__in=mine)
    return sorted((unit for unit in rows if hosts(scope, unit)), key=lambda u: (u.kind != Kind.COMMITTEE, u.position))
