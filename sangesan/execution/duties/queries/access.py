"""Who may see and do a duty (可见与可办): the one permission query of this room.

Whoever answers for a duty sees it and does it, and so do posts of the same unit with 办理本单位应办事项.
Leaders, secretaries and chiefs see what lies under their units, by the path as it was.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sangesan.foundation.door import Sign
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import POWERS, Action, Scope
from sangesan.organization.units.models import Unit

from ..models import Duty
from .holders import answered_by

MOST_ID = 2**62


def visible(scope: Scope, action: Action = Action.SEE_WORK) -> QuerySet[Duty]:
    """Return the duties over which a scope has an action (可见应办事项): by reach, and one's own besides."""
    return Duty.objects.filter(under(scope, action) | own(scope)).select_related("origin", "unit", "post")


def shown(scope: Scope) -> QuerySet[Duty]:
    """Return the duties that open for a scope (可打开的应办事项): what it sees, and what it is to verify."""
    return Duty.objects.filter(
        under(scope, Action.SEE_WORK) | own(scope) | Q(origin__verifier__code__in=scope.post_codes))


def signs(scope: Scope, keys: list[str]) -> dict[str, Sign]:
    """Return the signs of duties (门牌): what is to be done, for whoever it opens to."""
    rows = shown(scope).filter(pk__in=[key for key in keys if key.isdecimal()]).distinct()
    return {str(pk): Sign(title, url=f"/w/duties/{pk}/") for pk, title in rows.values_list("pk", "origin__title")}


def under(scope: Scope, action: Action) -> Q:
    """Return the condition "within reach of an action" (管辖之内), by the paths of the time."""
    units = scope.units_for(action)
    return Q(counterpart__in=units) | beneath(units) if units else Q(pk__in=[])


def beneath(units: frozenset[int]) -> Q:
    """Return the condition "of these units or below" (本级及以下), for any table that keeps the path of the time."""
    found = Q(pk__in=[])
    for code in Unit.objects.filter(pk__in=units).values_list("code", flat=True):
        found |= Q(path__startswith=f"{code}/") | Q(path__contains=f"/{code}/")
    return found


def own(scope: Scope) -> Q:
    """Return the condition "mine to do" (本人应办): what I answer for, and what my unit has to do."""
    helps = {post.unit for post in scope.posts if Action.DO_WORK in POWERS[post.role][1]}
    return answered_by(scope) | Q(post=None, unit__in=helps)


def duty_for(scope: Scope, pk: int, action: Action = Action.SEE_WORK) -> Duty:
    """Fetch a duty (取应办事项); fetching is permission. With DO_WORK only one's own. Raises NotFound."""
    if action == Action.SEE_WORK:
        rows = shown(scope)
    else:
        rows = Duty.objects.filter(own(scope) if action == Action.DO_WORK else under(scope, action))
    found = rows.select_related("origin", "origin__verifier", "unit", "post").filter(pk=min(pk, MOST_ID)).first()
    if found is None:
        raise NotFound()
    return found
