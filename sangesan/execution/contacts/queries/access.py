"""Who sees which pair and visit (可见的结对与联系): who keeps in touch, the unit itself, and those above both."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.foundation.once.services import now_of
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.queries import within

from ..models import Pair, Taken, Visit

MOST_ID = 2**62


def carried(scope: Scope) -> Q:
    """Return the condition "this person keeps in touch" (本人联系): by a post, or for the office."""
    offices = {post.unit for post in scope.posts}
    return Q(post__code__in=scope.post_codes) | Q(post=None, office__in=offices)


def carries(scope: Scope, pair: Pair) -> bool:
    """Return whether this person keeps in touch in this pair (是否联系人)."""
    if pair.post is not None:
        return pair.post.code in scope.post_codes
    return pair.office_id in {post.unit for post in scope.posts}


def pairs(scope: Scope) -> QuerySet[Pair]:
    """Return the pairs a scope may see (可见结对), of all times, in organisation order."""
    units = within(scope, Action.SEE_WORK) | set(scope.units_for(Action.DO_WORK))
    rows = Pair.objects.filter(Q(unit__in=units) | Q(office__in=units) | carried(scope))
    return rows.select_related("unit", "office", "post")


def in_force(rows: QuerySet[Pair]) -> QuerySet[Pair]:
    """Filter pairs to those in force today (现行结对)."""
    today = clock.today()
    return rows.filter(Q(until=None) | Q(until__gt=today), since__lte=today)


def pair_for(scope: Scope, pk: int) -> Pair:
    """Fetch a pair (取结对); fetching is permission. Raises NotFound."""
    found = pairs(scope).filter(pk=min(pk, MOST_ID)).first()
    if found is None:
        raise NotFound()
    return found


def visits(scope: Scope) -> QuerySet[Visit]:
    """Return the visits a scope may see (可见联系记录)."""
    return Visit.objects.filter(pair__in=pairs(scope)).select_related("pair__unit", "pair__office", "pair__post")


def visit_for(scope: Scope, pk: int) -> Visit:
    """Fetch a visit (取联系记录); fetching is permission. Raises NotFound."""
    found = visits(scope).filter(pk=min(pk, MOST_ID)).first()
    if found is None:
        raise NotFound()
    return found


def receives(scope: Scope, pair: Pair) -> bool:
    """Return whether this person speaks for the unit (是否被联系单位的人): a post of it, or of its branch."""
    return pair.unit_id in scope.units_for(Action.DO_WORK) and not carries(scope, pair)


def mine_to_confirm(scope: Scope, visit: Visit) -> bool:
    """Return whether this person may confirm that the unit was told (能否确认反馈): never the visitor."""
    return scope.person not in (0, visit.person) and receives(scope, visit.pair)


def footing(found: Visit) -> Callable[[], str]:
    """Return what tells how a visit stands (联系现状): a step whose ground fell is taken again."""
    return now_of(Taken.objects.filter(visit=found))
