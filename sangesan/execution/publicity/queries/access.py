"""Who sees a plan, receives for a unit, makes plans (可见、接收、定计划): the permission query of publicity."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from sangesan.execution.duties.queries import duty_for
from sangesan.execution.duties.queries.access import beneath
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import POWERS, Action, Scope
from sangesan.organization.networks.models import Node
from sangesan.organization.networks.queries.nodes import standing_nodes
from sangesan.organization.units.models import Coverage, Kind, Unit
from sangesan.organization.units.queries import children, covered, covered_by_many, on, standing, subtree, within

from ..models import Campaign, Handing

LARGEST = 2**63 - 1
MIDDLE = [Kind.SHAFT.value, Kind.SPECIALTY.value]
BELOW_MINE = [Kind.BRANCH.value, Kind.TEAM.value, Kind.OFFICE.value, Kind.ENTERPRISE.value, Kind.CONTRACTOR.value,
              Kind.RETIREES.value]


def own_units(scope: Scope) -> set[int]:
    """Return the units for which a scope receives (代收单位): its working posts', and those it is publicist of."""
    posts = {post.unit for post in scope.posts if Action.DO_WORK in POWERS[post.role][1]}
    nodes = standing_nodes(clock.today()).filter(network__slug="publicity", post__code__in=scope.post_codes)
    return posts | set(nodes.values_list("unit", flat=True))


def handings(scope: Scope) -> QuerySet[Handing]:
    """Return the rows of the cascade a scope may see (可见传达): its own units', and those beneath its reach."""
    reach = scope.units_for(Action.SEE_WORK)
    return Handing.objects.filter(Q(unit__in=own_units(scope)) | beneath(reach)).select_related("unit", "above__unit")


def campaigns(scope: Scope) -> QuerySet[Campaign]:
    """Return the plans a scope may see (可见计划): made by its units, or handed to them or beneath its reach."""
    if not scope.posts:
        return Campaign.objects.none()
    reach = scope.units_for(Action.SEE_WORK)
    seen = Q(post__code__in=scope.post_codes) | beneath(reach) | Q(pk__in=handings(scope).values("campaign"))
    return Campaign.objects.filter(seen).select_related("unit", "post__unit")


def campaign_for(scope: Scope, pk: int) -> Campaign:
    """Fetch a plan (取宣传计划); fetching is permission. Raises NotFound."""
    found = campaigns(scope).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise NotFound()
    return found


def leads(scope: Scope, campaign: Campaign) -> bool:
    """Return whether a scope may end a plan (能否停止): who made it, or who assigns work to its unit."""
    return campaign.post.code in scope.post_codes or campaign.unit_id in within(scope, Action.ASSIGN_WORK)


def targets(scope: Scope) -> list[Unit]:
    """Return to which units a plan may be handed first (首级单位): specialties, branches, units without one, crews."""
    today, may = clock.today(), within(scope, Action.ASSIGN_WORK)
    if not may:
        return []
    first = list(standing(today).filter(pk__in=may, kind__in=BELOW_MINE))
    branches = [one.pk for one in first if one.kind == Kind.BRANCH.value]
    led = {pk for covers in covered_by_many(branches, today).values() for pk in covers}
    mine = own_units(scope)
    rows = [one for one in first if one.pk not in led and one.pk not in mine]
    above = [one for one in standing(today).filter(pk__in=may, kind__in=MIDDLE) if one.pk not in mine]
    return [*above, *rows] or list(standing(today).filter(pk__in=may, kind=Kind.CREW.value))


def below(handing: Handing) -> list[Unit]:
    """Return the units one passes it on to (下级单位): a specialty to its teams or their branches, these to crews."""
    today = clock.today()
    if handing.unit.kind in MIDDLE:
        return _teams(handing.unit_id, today)
    tops = [handing.unit_id, *covered(handing.unit_id, today)]
    found = {one.pk: one for top in tops for one in children(top, today) if one.kind == Kind.CREW.value}
    return list(found.values())


def _teams(specialty: int, day: date) -> list[Unit]:
    """Return the units right under a specialty (专业下属单位), each by its branch where one covers it."""
    rows = list(standing(day).filter(pk__in=subtree(specialty, day), kind__in=BELOW_MINE))
    branches = dict(on(Coverage.objects.filter(unit__in=[one.pk for one in rows]), day).order_by("-branch").values_list(
        "unit", "branch"))
    chosen = {branches.get(one.pk, one.pk): None for one in rows}
    found = {one.pk: one for one in Unit.objects.filter(pk__in=chosen)}
    return [found[pk] for pk in chosen if pk in found]


def handing_for(scope: Scope, campaign: int, unit: int) -> Handing:
    """Fetch the row of a unit one receives for (取本单位传达). Raises NotFound."""
    found = Handing.objects.filter(campaign=min(campaign, LARGEST), unit=min(unit, LARGEST)).select_related(
        "campaign", "unit", "duty__origin", "duty__unit").first()
    if found is None or not receives(scope, found):
        raise NotFound()
    return found


def receives(scope: Scope, handing: Handing) -> bool:
    """Return whether a scope receives for a unit (能否接收): its own, or one without head that falls to it."""
    if handing.unit_id in own_units(scope):
        return True
    try:
        return duty_for(scope, handing.duty_id, Action.DO_WORK) is not None
    except NotFound:
        return False


def publicists(unit: int) -> list[int]:
    """Return the posts that stand for a unit in the publicity network (宣传员岗位)."""
    rows: QuerySet[Node] = standing_nodes(clock.today())
    return list(rows.filter(network__slug="publicity", unit=unit).values_list("post", flat=True))
