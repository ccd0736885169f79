"""Known and trusted devices (设备): remembered at sign-in, trusted for quick entry with a PIN."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock, sealing
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.audit.services import note

from ..models import Account, Device
from ..signals import touched
from .visits import Visit

LASTS = timedelta(days=180)
PIN_TRIES = 5


def known(account: Account | None, visit: Visit) -> Device | None:
    """Return the device row of this visit for this account (已知设备); an absent account costs the same query."""
    return Device.objects.filter(
        account_id=account.pk if account else 0, token=sealing.digest("device", visit.device),
        revoked_at=None, expires_at__gt=clock.now(),
    ).first() if visit.device else None


@transaction.atomic
def remember(account: Account, visit: Visit) -> tuple[Device, str]:
    """Remember this device for the account (记住设备); return the row and the cookie's token."""
    now, today = clock.now(), clock.today()
    device = known(account, visit)
    if device:
        Device.objects.filter(pk=device.pk).update(used_on=today, expires_at=now + LASTS)
        return device, visit.device
    token = visit.device if _ours(visit.device) else secrets.token_urlsafe(32)
    digest = sealing.digest("device", token)
    Device.objects.filter(account=account, token=digest, revoked_at=None).update(revoked_at=now)
    first = not account.devices.exists()
    device = Device.objects.create(account=account, token=digest, name=visit.name, created_at=now, used_on=today,
                                   expires_at=now + LASTS)
    if not first:
        note("device.new", account=account, subject=account.subject)
        touched.send(Account, persons=[account.person_id], kind="account.new_device")
    return device, token


def _ours(token: str) -> bool:
    """A token of a shared computer is kept when some row knows it; an invented one is not."""
    return bool(token) and Device.objects.filter(token=sealing.digest("device", token)).exists()


def set_pin(account: Account, visit: Visit, pin: str) -> None:
    """Trust this device (设置本机 PIN): six digits or more, not all alike and not a run."""
    pin = (pin or "").strip()
    steps = {ord(b) - ord(a) for a, b in zip(pin, pin[1:], strict=False)}
    why = ""
    if not (pin.isascii() and pin.isdigit() and 6 <= len(pin) <= 12):
        why = _("PIN 要用 6 到 12 位数字")
    elif len(steps) == 1 and steps <= {0, 1, -1} or str(account).endswith(pin):
        why = _("这个 PIN 太容易猜到")
    if why:
        raise UserError(_("PIN 没有保存"), why=why, next=_("请换一个再提交"), code="weak_pin")
    device = known(account, visit)
    if device is None:
        raise UserError(_("PIN 没有保存"), why=_("浏览器没有保留本机标记"), next=_("请允许保存 Cookie 后重新登录"))
    with transaction.atomic():
        Device.objects.filter(pk=device.pk).update(pin=make_password(pin), tries=0)
        note("device.trusted", account=account, subject=account.subject)


@transaction.atomic
def revoke(account: Account, pk: int) -> None:
    """Forget a device (移除设备)."""
    if not Device.objects.filter(pk=pk, account=account, revoked_at=None).update(revoked_at=clock.now(), pin=""):
        raise NotFound()
    note("device.revoked", account=account, subject=account.subject)
