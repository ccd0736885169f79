"""A thing passes from one network to another (转送): the door is asked first, on both sides."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import NetworkPassed, NetworkTaken
from sangesan.organization.units.queries import path_of

from ..models import Passing
from ..queries import nodes as queries
from ..queries.passings import door_open, opens_for, passing_for


@transaction.atomic
def pass_on(*, scope: Scope, subject: str, source: str, target: str, node: int) -> Passing:
    """Pass a subject to a node of another network (转送). Passing gives nobody a right to see it."""
    if not door_open(scope, subject):
        raise NotFound()
    own = next((each for each in queries.mine(scope) if each.network.slug == source), None)
    if own is None:
        raise Forbidden(_("没有转送"), why=_("您不是这个联络网的联络员"), next=_("请由本网的联络员转送"))
    network = queries.network_for(scope, target)
    if network.slug == source:
        raise UserError(_("没有转送"), why=_("转出和转入是同一个联络网"), next=_("请选另一个联络网"), code="network")
    found = next((line.node for line in queries.receivers(network, clock.today()) if line.node.pk == node), None)
    if found is None:
        raise UserError(_("没有转送"), why=_("没有选接收的联络员，或者他已不在岗"), next=_("请重新选择"), code="node")
    if not opens_for(found, subject):
        raise UserError(_("没有转送"), why=_("“%(post)s”没有查看这件事的权限，转送不会给他权限") % {"post": found.post},
                        next=_("请选别的联络员，或者请信访办派单给对方单位"), code="door")
    try:
        with transaction.atomic():
            made = Passing.objects.create(subject=subject, source=own.network, target=network, node=found,
                                          by=own.post, at=clock.now())
    except IntegrityError:
        raise Conflict(_("没有转送"), why=_("这件事已经转给对方，对方还没有接"), next=_("不用重复转送")) from None
    record(NetworkPassed(subject=subject, unit=path_of(found.unit_id, clock.today()), line=own.post.line,
                         occurred_at=clock.now(), source=source, target=network.slug, node=found.post.code),
           actor=scope.actor)
    return made


@transaction.atomic
def take_up(*, scope: Scope, passing: int) -> Passing:
    """Say that one has it (接到)."""
    found = passing_for(scope, passing)
    if not Passing.objects.filter(pk=found.pk, taken_at=None).update(taken_at=clock.now()):
        raise Conflict(_("没有登记"), why=_("已经接过了"), next=_("请刷新页面"))
    record(NetworkTaken(subject=found.subject, unit=path_of(found.node.unit_id, clock.today()),
                        line=found.node.post.line, occurred_at=clock.now(), target=found.target.slug),
           actor=scope.actor)
    found.refresh_from_db()
    return found
