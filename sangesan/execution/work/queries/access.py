"""Who sees a work item, leads it, takes part in it (可见、牵头、参加): the one permission query of this room."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sangesan.execution.duties.queries import duty_for
from sangesan.execution.duties.queries.access import beneath
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import POWERS, Action, Scope
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import on, standing, within

from ..models import Part, Step, WorkItem

LARGEST = 2**63 - 1


def own_units(scope: Scope) -> set[int]:
    """Return the units whose work a scope does itself (本单位)."""
    return {post.unit for post in scope.posts if Action.DO_WORK in POWERS[post.role][1]}


def items(scope: Scope) -> QuerySet[WorkItem]:
    """Return the work items a scope may see (可见工作项): led or shared by its units, or beneath its reach."""
    seen = _of(scope)
    if seen is None:
        return WorkItem.objects.none()
    parts = Part.objects.filter(seen).values("item")
    rows = WorkItem.objects.filter(seen | Q(post__code__in=scope.post_codes) | Q(pk__in=parts))
    return rows.select_related("unit", "post__unit")


def _of(scope: Scope) -> Q | None:
    own = own_units(scope)
    if not own and not scope.can(Action.SEE_WORK):
        return None
    reach = scope.units_for(Action.SEE_WORK) if scope.can(Action.SEE_WORK) else frozenset()
    return Q(unit__in=own) | beneath(reach)


def item_for(scope: Scope, pk: int) -> WorkItem:
    """Fetch a work item (取工作项); fetching is permission. Raises NotFound."""
    found = items(scope).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise NotFound()
    return found


def leads(scope: Scope, item: WorkItem) -> bool:
    """Return whether a scope leads an item (是否牵头): by its post, or by assigning work to who leads it."""
    return item.post.code in scope.post_codes or (
        scope.can(Action.ASSIGN_WORK) and item.unit_id in within(scope, Action.ASSIGN_WORK))


def takes_part(scope: Scope, part: Part) -> bool:
    """Return whether a scope hands down for a unit (能否为本单位下达): only its own head does, level by level."""
    return any(post.unit == part.unit_id and post.head for post in scope.posts)


def places(scope: Scope) -> QuerySet[Unit]:
    """Return the units that may take part (可选参加单位), in organisation order."""
    rows = standing(clock.today()).filter(pk__in=within(scope, Action.ASSIGN_WORK))
    return rows.exclude(kind__in=[Kind.GROUP.value, Kind.MINE.value, Kind.CELL.value])


def addressees(scope: Scope) -> list[Post]:
    """Return who may lead (可选牵头岗位): one's own posts first, then heads of offices and specialties in reach."""
    own = Post.objects.filter(code__in=[p.code for p in scope.posts if p.unit in own_units(scope)])
    heads = on(Post.objects.filter(unit__in=within(scope, Action.ASSIGN_WORK), head=True, unit__kind__in=[
        Kind.OFFICE.value, Kind.SPECIALTY.value, Kind.COMMITTEE.value, Kind.MINE.value]), clock.today())
    rows = list(own.select_related("unit")) + list(
        heads.exclude(code__in=scope.post_codes).select_related("unit").order_by("unit__position", "code"))
    return rows


def own_step(scope: Scope, item: int, duty: int) -> Step:
    """Fetch a step of one's own (取本人步骤): as its duty allows. Raises NotFound."""
    step = Step.objects.filter(item=min(item, LARGEST), duty=min(duty, LARGEST)).select_related(
        "item__unit", "item__post", "part__unit", "duty").first()
    if step is None:
        raise NotFound()
    duty_for(scope, step.duty_id, Action.DO_WORK)
    return step
