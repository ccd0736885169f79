"""Code generator and printed codes (动态口令与备用码)."""

from __future__ import annotations

from datetime import UTC, datetime
from hmac import compare_digest

import pyotp
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock, ids, sealing
from sangesan.foundation.errors import UserError
from sangesan.ledger.audit.services import note

from ..models import Account, Authenticator, RecoveryCode
from . import passwords, throttle

STEP, HOW_MANY = 30, 10


def begin(account: Account) -> tuple[str, str]:
    """Begin to set up a code generator (开始设置动态口令): the secret and its address for the QR code.

    A secret that was begun and not confirmed is shown again, so that a refreshed page still fits.
    """
    row = Authenticator.objects.filter(account=account).first()
    secret = _secret(row) if row and not row.confirmed_at else None
    if row and row.confirmed_at:
        raise UserError(_("没有重新设置"), why=_("动态口令已经设置过"), next=_("请先停用原来的"))
    if secret is None:
        secret = pyotp.random_base32()
        sealed = sealing.seal("factors", secret.encode(), about=f"totp:{account.pk}")
        Authenticator.objects.update_or_create(account=account, defaults={"secret": sealed, "confirmed_at": None})
    return secret, pyotp.TOTP(secret).provisioning_uri(name=str(account), issuer_name=_("三个三"))


def _secret(row: Authenticator) -> str | None:
    plain = sealing.unseal("factors", row.secret, about=f"totp:{row.account_id}")
    return plain.decode() if plain else None


def confirm(account: Account, code: str) -> list[str]:
    """Confirm the generator with its first code (确认动态口令) and return fresh recovery codes."""
    row = Authenticator.objects.filter(account=account, confirmed_at=None).first()
    if row is None or not _spend(row, code):
        raise UserError(_("没有设置成功"), why=_("六位口令不对"), next=_("请等下一个口令出现再输入，并检查手机时间"),
                        code="wrong_code")
    with transaction.atomic():
        Authenticator.objects.filter(pk=row.pk).update(confirmed_at=clock.now())
        note("factor.added", account=account, subject=account.subject, detail={"factor": "totp"})
        return renew_recovery(account)


def _spend(row: Authenticator, code: str) -> bool:
    """Accept a code of the present, last or next half minute, once (口令只认一次)."""
    secret, code = _secret(row), passwords.clean(code).replace(" ", "")
    if secret is None or len(code) != 6:
        return False
    now = int(clock.now().timestamp()) // STEP
    for step in (now, now - 1, now + 1):
        if compare_digest(pyotp.TOTP(secret).at(datetime.fromtimestamp(step * STEP, UTC)), code):
            fresh = Authenticator.objects.filter(pk=row.pk, last_step__lt=step)
            return bool(fresh.update(last_step=step))
    return False


@transaction.atomic
def renew_recovery(account: Account) -> list[str]:
    """Make ten new recovery codes (备用码); the old ones stop working. They are shown only now."""
    codes = [ids.crockford(10) for _i in range(HOW_MANY)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(account=account, code=sealing.digest("recovery", account.pk, code)) for code in codes])
    note("factor.codes", account=account, subject=account.subject)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def prove(account: Account, code: str) -> None:
    """Prove the second factor (核对第二重验证) by a generated or a printed code, or raise UserError."""
    if throttle.locked(throttle.FACTOR, account.pk):
        raise UserError(_("没有通过"), why=_("输错的次数较多，暂停 15 分钟"),
                        next=_("请稍后再试"), code="too_many_tries")
    row = Authenticator.objects.filter(account=account).exclude(confirmed_at=None).first()
    if not ((row and _spend(row, code)) or _spend_printed(account, code)):
        throttle.fail(throttle.FACTOR, account.pk)
        raise UserError(_("没有通过"), why=_("口令不对，或者已经用过"),
                        next=_("请等下一个口令出现再输入"), code="wrong_code")
    throttle.clear(throttle.FACTOR, account.pk)


def _spend_printed(account: Account, code: str) -> bool:
    code = passwords.clean(code).upper().replace("-", "").replace(" ", "").replace("O", "0")
    code = code.replace("I", "1").replace("L", "1")
    used = RecoveryCode.objects.filter(
        Q(used_at=None), account=account, code=sealing.digest("recovery", account.pk, code),
    ).update(used_at=clock.now())
    if used:
        note("factor.code_used", account=account, subject=account.subject)
    return bool(used)


@transaction.atomic
def remove(account: Account) -> None:
    """Remove the code generator (停用动态口令) and its printed codes."""
    Authenticator.objects.filter(account=account).delete()
    RecoveryCode.objects.filter(account=account).delete()
    note("factor.removed", account=account, subject=account.subject, detail={"factor": "totp"})
