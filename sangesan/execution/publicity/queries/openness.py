"""Who posts and who reads a month's table (队务公开的权限): sums are for the unit's own people alone."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from sangesan.execution.duties.queries.access import beneath
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import POWERS, Action, Scope
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import covered, standing, subtree

from ..models import Posted, Posting
from .access import LARGEST

POSTERS = [Kind.TEAM.value, Kind.CREW.value, Kind.ENTERPRISE.value, Kind.CONTRACTOR.value]
PAGE = 40


def own(scope: Scope) -> set[int]:
    """Return the units whose own people a scope is one of (本单位): where it works, and what its branch covers.

    A unit counts with all below it; a post of the mine or of a higher committee makes nobody one of
    a team's people.
    """
    today, tops = clock.today(), set()
    for post in scope.posts:
        tops |= {post.unit, *covered(post.unit, today)}
    home = Person.objects.filter(pk=scope.person).values_list("unit", flat=True).first()
    tops |= {home} if home else set()
    grass = Unit.objects.filter(pk__in=tops, kind__in=POSTERS).values_list("pk", flat=True)
    return {pk for top in grass for pk in subtree(top, today)}


def units_to_post(scope: Scope) -> list[Unit]:
    """Return the units a scope posts for (可公开的单位): its own, by a post that does the unit's work."""
    if not any(Action.DO_WORK in POWERS[post.role][1] for post in scope.posts):
        return []
    return list(standing(clock.today()).filter(pk__in=own(scope), kind__in=POSTERS))


def postings(scope: Scope) -> QuerySet[Posting]:
    """Return the postings a scope knows of (可见公示): its own unit's, and that there is one beneath its reach."""
    reach = scope.units_for(Action.SEE_WORK)
    return Posting.objects.filter(Q(unit__in=own(scope)) | beneath(reach)).select_related("unit", "post")


def postings_page(scope: Scope, after: str = "") -> tuple[list[Posting], str]:
    """Return a page of the latest versions (公示列表), newest month first, and where the next begins."""
    newest = Posting.objects.filter(unit=OuterRef("unit"), month=OuterRef("month")).order_by("-version")
    rows = postings(scope).filter(pk=Subquery(newest.values("pk")[:1]))
    month, key = _cursor(after)
    if key:
        rows = rows.filter(Q(month__lt=month) | Q(month=month, pk__gt=key))
    found = list(rows.order_by("-month", "pk")[:PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.month:%F}.{last.pk}" if last else ""


def posting_for(scope: Scope, pk: int) -> Posting:
    """Fetch a posting (取公示); fetching is permission. Raises NotFound."""
    found = postings(scope).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise NotFound()
    return found


def reads(scope: Scope, posting: Posting) -> bool:
    """Return whether a scope reads the sums (能否看明细): only the unit's own people do."""
    return posting.unit_id in own(scope)


def table_of(scope: Scope, posting: Posting) -> list[Posted]:
    """Return the rows of a posting (公示明细), none for whom they are not meant."""
    return list(posting.rows.all()) if reads(scope, posting) else []


def versions(posting: Posting) -> QuerySet[Posting]:
    """Return all versions of a month (各版), newest first."""
    rows = Posting.objects.filter(unit=posting.unit_id, month=posting.month)
    return rows.select_related("post").order_by("-version")


def _cursor(after: str) -> tuple[date, int]:
    month, _dot, key = after.partition(".")
    try:
        return date.fromisoformat(month), min(int(key), LARGEST)
    except ValueError:
        return date.max, 0
