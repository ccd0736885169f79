"""Setting push up (推送设置): the administrator's channels, a test, and each person's own choice."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.audit.services import note
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.addresses import SHAPES, fault
from sangesan.organization.people.services import set_addresses

from ..models import Choice, Work
from ..outlets import keep, present
from ..queries import resting
from ..queries.pushing import shelf_for
from ..transports import DELIVERED, SHELF
from ..words import trial, trouble


def configure(*, scope: Scope, name: str, given: dict[str, str]) -> None:
    """Turn a channel on, or change it (设置渠道); secrets go into the file and nowhere else."""
    shelf, now = shelf_for(scope, name), present()
    kept = {field.name: given.get(field.name, "") for field in shelf.FIELDS}
    keep(address=now.address, channels=now.channels | {name: kept})
    note("push.configured", scope=scope, subject=f"push/{name}")


def switch_off(*, scope: Scope, name: str) -> None:
    """Turn a channel off (停用渠道) and forget its secrets."""
    shelf_for(scope, name)
    now = present()
    keep(address=now.address, channels={each: given for each, given in now.channels.items() if each != name})
    note("push.off", scope=scope, subject=f"push/{name}")


def set_address(*, scope: Scope, address: str) -> None:
    """Set the address that stands behind the sentence (本系统网址)."""
    if not scope.can(Action.HEALTH):
        raise NotFound()
    keep(address=address, channels=present().channels)
    note("push.configured", scope=scope, subject="push")


def test(*, scope: Scope, name: str, to: str = "") -> None:
    """Send a test now (发送测试); why it did not arrive is said at once."""
    shelf, now = shelf_for(scope, name), present()
    if name not in now.channels:
        raise UserError(_("没有发送测试"), why=_("这个渠道还没有启用"), next=_("请先保存设置"))
    note("push.tested", scope=scope, subject=f"push/{name}")
    hour = f"{clock.local(clock.wall()):%m-%d %H:%M:%S}"
    outcome = shelf.send(now.channels[name], [to] if shelf.ADDRESS else [], trial(hour=hour, address=now.address))
    if outcome.state != DELIVERED or outcome.refused:
        why, next_ = trouble("address" if outcome.refused else outcome.fault, outcome.number)
        raise UserError(_("测试没有送到"), why=why, next=next_, code="not_delivered")


def _refuse_unreachable(channel: str, addresses: dict[str, str]) -> None:
    kind = SHELF[channel].ADDRESS if channel in present().channels else ""
    if not kind:
        raise UserError(_("没有保存"), why=_("没有这个渠道"), next=_("请另选一种"))
    if not addresses.get(kind) or fault(kind, addresses[kind]):
        raise UserError(_("没有保存"), why=_("选了%(way)s，但没有填写能用的%(word)s") % {
            "way": SHELF[channel].WORD, "word": SHAPES[kind][0]}, next=_("请填写，或者另选一种"))


@transaction.atomic
def choose(*, scope: Scope, channel: str | None, addresses: dict[str, str], shift: str = Work.UNIT,
           sleeps: bool = False) -> None:
    """Choose how one is told (选择提醒方式): a channel, '' for none, None to leave it to the system.

    `shift` says during which hours one is at work (`Work`); no note of it is taken anywhere else.
    """
    if channel:
        _refuse_unreachable(channel, addresses)
    set_addresses(scope=scope, **addresses)
    if channel is None:
        Choice.objects.filter(person=scope.person).delete()
    else:
        Choice.objects.update_or_create(person_id=scope.person, defaults={"channel": channel})
    if shift not in (Work.UNIT, Work.NONE, *resting.choices(clock.today())) and not Work.objects.filter(
            person=scope.person, shift=shift).exists():
        raise UserError(_("没有保存"), why=_("没有这个班次"), next=_("请从列表里选择"), code="shift")
    if shift == Work.UNIT and not sleeps:
        Work.objects.filter(person=scope.person).delete()
    else:
        Work.objects.update_or_create(person_id=scope.person, defaults={"shift": shift, "sleeps": sleeps})
