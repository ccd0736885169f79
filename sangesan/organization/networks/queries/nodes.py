"""Nodes (联络员查询): who stands where, under the name of the post; the monitoring points with the chosen's names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.networks import MONITORING, Standing, standing
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units import queries as units
from sangesan.organization.units.models import Coverage, Kind, Unit
from sangesan.organization.units.models import Line as UnitLine

from ..models import Network, Node
from ..words import STANDINGS, TONES

KEEP = Action.KEEP_NETWORKS


@dataclass(frozen=True)
class Line:
    """A node as one line (联络员一行): how it stands; `names` only where the chosen are posted."""

    node: Node
    standing: Standing
    names: tuple[str, ...] = ()
    place: str = ""
    editable: bool = False

    @property
    def word(self):
        return STANDINGS[self.standing]

    @property
    def tone(self) -> str:
        return TONES[self.standing]


@dataclass
class Point:
    """A branch as a monitoring point (舆情监测点): its own nodes and those of its crews."""

    branch: Unit
    lines: list[Line] = field(default_factory=list)
    editable: bool = False

    @property
    def unposted(self) -> int:
        return sum(line.standing == Standing.UNPOSTED for line in self.lines)


def check_member(scope: Scope) -> None:
    """Let in whoever holds a post (在岗者可看); NotFound for all others."""
    if not scope.posts:
        raise NotFound()


def keeps(scope: Scope) -> bool:
    """Return whether this person keeps nodes anywhere (可否维护)."""
    return scope.can(KEEP)


def keeps_all(scope: Scope) -> bool:
    """Return whether this person keeps the networks of the whole mine (可否改职能)."""
    roots = scope.units_for(KEEP)
    return Unit.objects.filter(pk__in=roots, kind__in=[Kind.MINE.value, Kind.GROUP.value]).exists()


def networks() -> list[Network]:
    """Return the five networks (五个联络网) in order."""
    return list(Network.objects.all())


def network_for(scope: Scope, slug: str) -> Network:
    """Fetch a network (取联络网) for whoever holds a post. Raises NotFound."""
    check_member(scope)
    found = Network.objects.filter(slug=slug).first() if "\x00" not in slug else None
    if found is None:
        raise NotFound(_("没有找到这个联络网"))
    return found


def standing_nodes(day: date) -> QuerySet[Node]:
    """Return the nodes dated to a day (当日联络员)."""
    return units.on(Node.objects.all(), day)


def lines(nodes: Iterable[Node], day: date) -> list[Line]:
    """Return nodes with how they stand (联络员状态), one more query."""
    found = list(nodes)
    held = set(units.on(Appointment.objects.filter(post__in={n.post_id for n in found}), day)
               .values_list("post", flat=True))
    return [Line(n, standing(chosen=n.chosen, posted=n.posted_on, term_ends=n.term_ends,
                             held=n.post_id in held, day=day)) for n in found]


def nodes_of(scope: Scope, network: Network, day: date, branch: str = "") -> list[Line]:
    """Return a network's nodes (联络员名单) in organisation order, by name of post.

    With a branch all of its units; without one the crews are left out, for there are hundreds.
    """
    rows = standing_nodes(day).filter(network=network).select_related("post__unit", "unit")
    if branch:
        chosen = Unit.objects.filter(code=branch).values_list("pk", flat=True).first() if "\x00" not in branch else None
        rows = rows.filter(unit__in=[pk for pk, own in branches(day).items() if own == chosen])
    else:
        rows = rows.exclude(unit__kind=Kind.CREW)
    kept = {pk for root in scope.units_for(KEEP) for pk in units.subtree(root, day)}
    return [replace(line, editable=line.node.unit_id in kept) for line in in_order(lines(rows, day), day)]


def in_order(found: list[Line], day: date) -> list[Line]:
    """Return lines in organisation order (按组织顺序), a crew under the name of its team."""
    tree = units.tree(day)
    order = {node.unit.pk: place for place, node in enumerate(tree)}
    named = {node.unit.pk: node.unit.name for node in tree}
    above = {node.unit.pk: named.get(node.parent or 0, "") for node in tree if node.unit.kind == Kind.CREW}
    found = [replace(line, place=f"{above.get(line.node.unit_id, '')} {line.node.unit.name}".strip()) for line in found]
    return sorted(found, key=lambda line: (order.get(line.node.unit_id, len(order)), line.node.pk))


def node_for(scope: Scope, pk: int) -> Node:
    """Fetch a node of a unit one keeps (取联络员). Raises NotFound."""
    found = Node.objects.select_related("network", "post", "unit").filter(pk=min(pk, 2**63 - 1), until=None).first()
    if found is None:
        raise NotFound(_("没有找到这个联络员"))
    units.unit_for(scope, found.unit.code, KEEP)
    return found


def candidates(scope: Scope, day: date) -> list[tuple[str, str]]:
    """Return posts within one's reach (可选岗位), code and words, for the list under a field."""
    reach = {pk for root in scope.units_for(KEEP) for pk in units.subtree(root, day)}
    rows = units.on(Post.objects.filter(unit__in=reach), day).select_related("unit").order_by("unit__position", "code")
    return [(post.code, f"{post.unit} {post.title}") for post in rows[:1000]]


def mine(scope: Scope, day: date | None = None) -> list[Node]:
    """Return the nodes this person is (我担任的联络员), standing or not."""
    rows = standing_nodes(day or clock.today()).filter(post__code__in=scope.post_codes)
    return list(rows.select_related("network", "post", "unit").order_by("network__position", "pk"))


def receivers(network: Network, day: date) -> list[Line]:
    """Return who may receive for a network (可接收的联络员): nodes that stand, above the crews."""
    rows = standing_nodes(day).filter(network=network).exclude(unit__kind=Kind.CREW).select_related("post", "unit")
    return [line for line in in_order(lines(rows, day), day) if line.standing == Standing.STANDS]


def points(scope: Scope, day: date) -> list[Point]:
    """Return the monitoring points (舆情监测点), branch by branch; the chosen by name, for their names are posted.

    There is no count of what anybody sent in: no quota, no zero report.
    """
    check_member(scope)
    found = {unit.pk: Point(unit) for unit in branch_choices(day)}
    branch_of = branches(day)
    rows = standing_nodes(day).filter(network__slug__in=MONITORING).select_related("network", "post", "unit")
    names: dict[int, list[str]] = {}
    held = units.on(Appointment.objects.filter(post__in={n.post_id for n in rows}), day).order_by("pk")
    for post, name in held.values_list("post", "person__name"):
        names.setdefault(post, []).append(name)
    for line in in_order(lines(rows, day), day):
        point = found.get(branch_of.get(line.node.unit_id, 0))
        if point is not None:
            elected = line.node.chosen == "elected"
            point.lines.append(replace(line, names=tuple(names.get(line.node.post_id, ())) if elected else ()))
    kept = scope.units_for(KEEP)
    ways = units.lineages(found, day) if kept else {}
    for pk, point in found.items():
        point.editable = bool(kept & {step.pk for step in ways.get(pk, [])})
    return list(found.values())


def branch_choices(day: date) -> list[Unit]:
    """Return the Party branches of a day (党支部) in order."""
    return [node.unit for node in units.tree(day, UnitLine.PARTY) if node.unit.kind == Kind.BRANCH]


def branches(day: date) -> dict[int, int]:
    """Return the Party branch of each unit (所属支部): its own, or that of the nearest unit above."""
    rows = units.on(Coverage.objects.filter(branch__line=UnitLine.PARTY, branch__kind=Kind.BRANCH), day)
    direct = dict(rows.order_by("-pk").values_list("unit", "branch"))
    found: dict[int, int] = {}
    for node in units.tree(day):
        if node.unit.kind == Kind.BRANCH and node.unit.line == UnitLine.PARTY:
            found[node.unit.pk] = node.unit.pk
            continue
        branch = direct.get(node.unit.pk) or found.get(node.parent or 0)
        if branch:
            found[node.unit.pk] = branch
    return found
