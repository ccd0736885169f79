"""Who may see and write an analysis or a discussion (可见与可写): the unit itself, and whoever sees its work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet

from sangesan.execution.duties.queries.access import beneath
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.foundation.once.services import now_of
from sangesan.method.authority import POWERS, Action, Reach, Scope
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.models import Kind, Line, Unit
from sangesan.organization.units.queries import lineage, on, standing

from ..models import Analysis, Discussion, Point

LARGEST = 2**63 - 1


def own_units(scope: Scope) -> set[int]:
    """Return the units whose work a scope does itself (本单位)."""
    return {post.unit for post in scope.posts if Action.DO_WORK in POWERS[post.role][1]}


def seats(scope: Scope) -> list[Unit]:
    """Return the branches and committees of the Party line for which a scope writes (可写的单位)."""
    rows = standing(clock.today()).filter(pk__in=own_units(scope), line=Line.PARTY.value)
    return list(rows.filter(kind__in=[Kind.BRANCH.value, Kind.COMMITTEE.value]))


def _seen(scope: Scope) -> Q:
    found = Q(unit__in=own_units(scope))
    return found | beneath(scope.units_for(Action.SEE_WORK)) if scope.can(Action.SEE_WORK) else found


def analyses(scope: Scope) -> QuerySet[Analysis]:
    """Return the analyses a scope may see (可见月分析): of units whose matters it may see too.

    To anybody else a number of five, four of them invented, tells of the fifth.
    """
    heard = scope.units_for(Action.SEE)
    open_ = _seen(scope) & (Q(unit__in=heard) | beneath(heard)) if heard else Q(pk__in=[])
    return Analysis.objects.filter(open_).select_related("unit")


def discussions(scope: Scope) -> QuerySet[Discussion]:
    """Return the discussions a scope may see (可见座谈)."""
    return Discussion.objects.filter(_seen(scope)).select_related("unit")


def readers(unit: int, day: date) -> set[int]:
    """Return the persons who read a unit's analyses (读者): who holds a post in it, who sees its work from above."""
    looking = {role: reach for role, (reach, actions) in POWERS.items() if Action.SEE_WORK in actions}
    wide = [role.value for role, reach in looking.items() if reach == Reach.MINE]
    above = Q(unit__in=lineage(unit, day), role__in=[role.value for role in looking])
    posts = on(Post.objects.filter(Q(unit=unit) | above | Q(role__in=wide)), day)
    return set(on(Appointment.objects.filter(post__in=posts.values("pk")), day).values_list("person_id", flat=True))


def analysis_for(scope: Scope, pk: int) -> Analysis:
    """Fetch an analysis (取月分析); fetching is permission. Raises NotFound."""
    return _found(analyses(scope), pk)


def discussion_for(scope: Scope, pk: int) -> Discussion:
    """Fetch a discussion (取座谈); fetching is permission. Raises NotFound."""
    return _found(discussions(scope), pk)


def own_analysis(scope: Scope, pk: int) -> Analysis:
    """Fetch an analysis one writes (取本单位月分析). Raises NotFound."""
    return _found(analyses(scope).filter(unit__in=own_units(scope)), pk)


def own_discussion(scope: Scope, pk: int) -> Discussion:
    """Fetch a discussion one keeps (取本单位座谈). Raises NotFound."""
    return _found(Discussion.objects.filter(unit__in=own_units(scope)).select_related("unit"), pk)


def own(scope: Scope, unit: int) -> bool:
    """Return whether a scope writes for a unit (能否代本单位写)."""
    return unit in own_units(scope)


def _found(rows: QuerySet, pk: int):
    found = rows.filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise NotFound()
    return found


def footing(discussion: int) -> Callable[[], str]:
    """Return what tells how a discussion stands (座谈现状): a point that was taken back is answered again."""
    return now_of(Discussion.objects.filter(pk=discussion), Point.objects.filter(discussion=discussion))
