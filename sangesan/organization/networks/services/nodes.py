"""Nodes join and leave (设、撤联络员); the names of the chosen are posted; what a network is for is rewritten."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import Actor, NetworkRevised, NodeJoined, NodeLeft, NodePosted
from sangesan.organization.people.models import Post
from sangesan.organization.units import queries as units
from sangesan.organization.units.models import Unit

from ..models import CHOSEN, Network, Node
from ..queries import nodes as queries
from ..words import NEEDING


class NodeError(UserError):
    """A node can't be so (联络员有误)."""

    code = "node"


def join(*, scope: Scope, network: str, unit: str, **parts: object) -> Node:
    """Make a post a node for a unit one keeps (设联络员)."""
    found = units.unit_for(scope, unit, queries.KEEP)
    return enter(network=queries.network_for(scope, network), unit=found, actor=scope.actor, **parts)


@transaction.atomic
def enter(
    *, network: Network, post: Post, unit: Unit, actor: Actor, chosen: str, chosen_on: date,
    posted_on: date | None = None, term_ends: date | None = None, since: date | None = None,
) -> Node:
    """Enter a node (登记联络员); once per network, post and unit at a time."""
    since = since or max(chosen_on, clock.today() if posted_on is None else posted_on)
    _check(post, unit, chosen, chosen_on, posted_on, term_ends, since)
    if Node.objects.filter(network=network, post=post, unit=unit, until=None).exists():
        raise NodeError(_("没有设联络员"), why=_("%(unit)s的“%(post)s”已是%(network)s的联络员")
                        % {"unit": unit, "post": post, "network": network}, next=_("不用重复设"))
    node = Node.objects.create(network=network, post=post, unit=unit, chosen=chosen, chosen_on=chosen_on,
                               posted_on=posted_on, term_ends=term_ends, since=since)
    record(NodeJoined(subject=f"posts/{post.code}", unit=units.path_of(unit.pk, since), line=post.line,
                      occurred_at=since, network=network.slug, chosen=chosen), actor=actor)
    return node


@transaction.atomic
def leave(*, scope: Scope, node: int, day: date | None = None) -> Node:
    """End a node (撤联络员) from a day on."""
    found, day = queries.node_for(scope, node), day or clock.today()
    if day < found.since:
        raise NodeError(_("没有撤联络员"), why=_("%(since)s 才设") % {"since": found.since}, next=_("请核对日期"))
    if not Node.objects.filter(pk=found.pk, until=None).update(until=day):
        raise Conflict(_("没有撤联络员"), why=_("已经撤了"), next=_("请刷新页面"))
    record(NodeLeft(subject=f"posts/{found.post.code}", unit=units.path_of(found.unit_id, day), line=found.post.line,
                    occurred_at=day, network=found.network.slug), actor=scope.actor)
    found.refresh_from_db()
    return found


@transaction.atomic
def post_names(*, scope: Scope, branch: str) -> int:
    """Say that the names of a branch's newly chosen were posted today (已张贴公示); return how many."""
    unit, today = units.unit_for(scope, branch, queries.KEEP), clock.today()
    of = {pk for pk, own in queries.branches(today).items() if own == unit.pk}
    rows = queries.standing_nodes(today).filter(unit__in=of, chosen="elected", posted_on=None)
    count = rows.update(posted_on=today)
    if not count:
        raise Conflict(_("没有登记公示"), why=_("没有等公示的联络员"), next=_("请刷新页面"))
    record(NodePosted(subject=f"units/{unit.code}", unit=units.path_of(unit.pk, today), line=unit.line,
                      occurred_at=today, quantity=count), actor=scope.actor)
    return count


@transaction.atomic
def revise(*, scope: Scope, network: str, role: str, functions: str, kinds: list[str]) -> Network:
    """Rewrite what a network is for and where it needs nodes (修订职能)."""
    found = queries.network_for(scope, network)
    if not queries.keeps_all(scope):
        raise Forbidden(_("没有修订"), why=_("联络网的职能由党委工作部和矿领导修订"))
    kinds = [kind.value for kind in NEEDING if kind in kinds]
    if not role.strip() or not functions.strip() or not kinds:
        raise NodeError(_("没有修订"), why=_("定位、职能和单位类别都要有"), next=_("请补全后再提交"))
    found.role, found.functions, found.kinds = role.strip()[:200], functions.strip()[:1000], kinds
    found.save(update_fields=["role", "functions", "kinds"])
    record(NetworkRevised(subject=f"networks/{found.slug}", occurred_at=clock.now(), quantity=len(kinds)),
           actor=scope.actor)
    return found


def _check(post: Post, unit: Unit, chosen: str, chosen_on: date, posted_on: date | None, term_ends: date | None,
           since: date) -> None:
    what, next = _("没有设联络员"), _("请核对日期")
    if chosen not in dict(CHOSEN):
        raise NodeError(what, why=_("没有写怎样产生的"), next=_("请选班组推选、支部推荐或岗位兼任"))
    if post.until and post.until <= since:
        raise NodeError(what, why=_("岗位“%(post)s”那时已经撤销") % {"post": post}, next=_("请另选岗位"))
    if unit.closed and unit.closed <= since:
        raise NodeError(what, why=_("%(unit)s那时已经撤销") % {"unit": unit}, next=_("请另选单位"))
    if chosen_on > clock.today():
        raise NodeError(what, why=_("产生日期 %(day)s 还没有到") % {"day": chosen_on}, next=next)
    if posted_on is not None and (posted_on < chosen_on or posted_on > clock.today()):
        raise NodeError(what, why=_("公示日期要在产生之后、今天以前"), next=next)
    if term_ends is not None and term_ends <= chosen_on:
        raise NodeError(what, why=_("任期在产生以前就满了"), next=next)
