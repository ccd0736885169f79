"""Reads of research (研讨查询): fetching is permission.

Whoever leads studies and whoever was asked sees a topic from the start; once it is concluded every
node of the five networks may read it, so that the conclusion can be passed on.
"""

from __future__ import annotations

from collections import Counter

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.networks import Standing
from sangesan.organization.networks import queries as networks
from sangesan.organization.networks.models import Network, Node
from sangesan.organization.units.models import Kind

from .models import Contribution, Topic

LEAD = Action.LEAD_STUDY


def leads(scope: Scope) -> bool:
    """Return whether this person puts topics up (可否出题)."""
    return scope.can(LEAD)


def visible(scope: Scope) -> QuerySet[Topic]:
    """Return the topics one may see (可见课题)."""
    rows = Topic.objects.select_related("by__unit")
    if leads(scope):
        return rows
    own = [node.pk for node in networks.mine(scope)]
    if not own:
        return rows.none()
    posts = Q(invitations__node__post__code__in=scope.post_codes)
    return rows.filter(posts | Q(concluded_on__isnull=False)).distinct()


def topic_for(scope: Scope, number: str) -> Topic:
    """Fetch a topic (取课题); fetching is permission. Raises NotFound."""
    found = visible(scope).filter(number=number).first() if "\x00" not in number else None
    if found is None:
        raise NotFound(_("没有找到这个课题"))
    return found


def asked(scope: Scope, topic: Topic) -> Node | None:
    """Return the node as which this person was asked (受邀身份), while it stands."""
    mine = {node.pk for node in networks.mine(scope)}
    rows = Node.objects.filter(pk__in=topic.invitations.values("node"), post__code__in=scope.post_codes)
    return next((node for node in rows.select_related("unit", "post") if node.pk in mine), None)


def contributions(topic: Topic) -> list[Contribution]:
    """Return what was said (研讨意见) in organisation order: no order of speaking."""
    rows = topic.contributions.select_related("node__unit", "node__post")
    return sorted(rows, key=lambda one: (one.node.unit.position, one.node.unit.code, one.pk))


def invited(topic: Topic) -> int:
    """Return how many were asked (受邀数)."""
    return topic.invitations.count()


def invitable(branches: list[str] = ()) -> list[networks.Line]:
    """Return who can be asked (可邀联络员): the study network, and the correspondents of chosen branches' crews."""
    today = clock.today()
    return networks.receivers(Network.objects.get(slug="study"), today) + crews(branches)


def crews(branches: list[str]) -> list[networks.Line]:
    """Return the correspondents of the crews of some branches (班组触点)."""
    today = clock.today()
    own = networks.branches(today)
    chosen = {unit.pk for unit in networks.branch_choices(today) if unit.code in branches}
    if not chosen:
        return []
    rows = networks.standing_nodes(today).filter(
        network__slug="petition", unit__kind=Kind.CREW, unit__in=[pk for pk, branch in own.items() if branch in chosen])
    return [line for line in networks.lines(rows.select_related("post", "unit"), today)
            if line.standing == Standing.STANDS]


def choices() -> dict[str, list[tuple]]:
    """Return what the form of a topic offers (出题选项)."""
    able = [(line.node, line.place or line.node.unit.name) for line in invitable()]
    shared = Counter(name for _node, name in able)  # two posts of a unit are told apart
    nodes = [(node.pk, f"{name} {node.post.title}" if shared[name] > 1 else name) for node, name in able]
    return {"nodes": nodes, "branches": [(unit.code, unit.name) for unit in networks.branch_choices(clock.today())]}
