"""Signing in (登录): the right person is let in, and nobody learns whether a work number exists."""

from __future__ import annotations

from django.contrib.auth.hashers import identify_hasher
from django.db.models import F
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.audit.services import note
from sangesan.organization.people.queries import scope_of

from ..models import Account, Device
from . import devices, passwords, throttle
from .visits import Visit


class Refused(UserError):
    """Not let in (未能登录): the same words whatever the reason."""

    code, status = "sign_in_refused", 401


def refused() -> Refused:
    return Refused(_("没有登录"), why=_("工号或密码不对，或者账号现在不能使用"),
                   next=_("请核对后再试；忘记密码可以申请重设"))


def too_many() -> Refused:
    return Refused(_("没有登录"), why=_("输错的次数较多，为保护账号暂停 15 分钟"),
                   next=_("请稍后再试，或在自己常用的设备上登录"), code="too_many_tries")


def find(work_number: str) -> Account | None:
    """Return the account of a work number (按工号查账号), or None."""
    return Account.objects.select_related("person").filter(person__work_number=work_number).first()


def by_password(*, work_number: str, password: str, visit: Visit) -> Account:
    """Let in by work number and password (密码登录), or raise Refused."""
    number = passwords.clean(work_number)[:32]
    account = find(number)
    device = devices.known(account, visit)
    source = _admit(number, device, visit)
    if not (passwords.matches(account, password) and usable(account)):
        _refuse(number, source, known=device is not None, account=account)
    throttle.clear(throttle.PAIR, number, source)
    return account


def by_pin(*, work_number: str, pin: str, visit: Visit) -> Account:
    """Let in by the PIN of this trusted device (PIN 登录); after five failures the password again."""
    number = passwords.clean(work_number)[:32]
    account = find(number)
    device = devices.known(account, visit)
    source = _admit(number, device, visit)
    set_ = device is not None and bool(device.pin)
    encoded = device.pin if set_ else passwords.nobodys()
    right = identify_hasher(encoded).verify((pin or "").strip()[:12], encoded) and set_
    if not (right and usable(account)):
        if set_:
            Device.objects.filter(pk=device.pk).update(tries=F("tries") + 1)
            Device.objects.filter(pk=device.pk, tries__gte=devices.PIN_TRIES).update(pin="", tries=0)
        _refuse(number, source, known=device is not None, account=account)
    Device.objects.filter(pk=device.pk).update(tries=0)
    throttle.clear(throttle.PAIR, number, source)
    return account


def usable(account: Account | None) -> bool:
    """Return whether an account may be used (可用): active, and its person holds a post."""
    return account is not None and account.is_active and bool(scope_of(account.person_id, clock.today()).posts)


def _admit(number: str, device: Device | None, visit: Visit) -> str:
    """Return the source to count under, or raise when it is locked; a known device passes the slow limit."""
    source = f"device:{device.pk}" if device else visit.address
    if throttle.locked(throttle.PAIR, number, source) or (
        device is None and throttle.locked(throttle.ACCOUNT, number)
    ):
        raise too_many()
    return source


def _refuse(number: str, source: str, *, known: bool, account: Account | None) -> None:
    locked = throttle.fail(throttle.PAIR, number, source)
    slow = not known and throttle.fail(throttle.ACCOUNT, number)
    if account and (locked or slow):
        note("account.locked", account=account, subject=account.subject)
    raise too_many() if locked or slow else refused()
