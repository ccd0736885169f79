"""The outbox of a phone (待发箱): reports sealed on the device are opened here and taken in exactly once.

The device seals with a public key and can't read back. What is sealed is bound to its request key,
to the account and to the key's id. It may not be refused for its form: nobody could mend it any
more. Whatever can be opened and says something is taken in; what does not fit is left out and said.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sangesan.feedback.matters.models import Submission
from sangesan.feedback.speakers import codes
from sangesan.feedback.speakers.models import Receipt
from sangesan.feedback.speakers.services import owned_by
from sangesan.foundation import clock, hpke, parcels
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.method.authority import Action, Scope
from sangesan.method.belated import about

from .mending import mended
from .services import report

LARGEST = 12 * 2**20
"""Bytes of one sealed report (密封件上限), its photos and voice note included."""


@dataclass(frozen=True)
class Offer:
    """What a device seals with (封装所需): the account it belongs to, the key's id, the public key."""

    account: str
    key: int
    public: str


def offer(scope: Scope) -> Offer:
    """Return what the device of this person seals with (封装所需)."""
    number = codes.current("outbox")
    return Offer(account_of(scope), number, b64encode(hpke.public_of(codes.private("outbox", number))).decode())


def account_of(scope: Scope) -> str:
    """Return the mark of an account on a device (账号标记); it names nobody."""
    return codes.tag("outbox-account", f"person:{scope.person}", 1)[:32]


def purpose(*, key: str, account: str, number: int) -> str:
    """Return what a sealed report is bound to (绑定内容)."""
    return f"sangesan report 1|{number}|{account}|{key}"


def deliver(*, scope: Scope, key: str, account: str, number: int, sealed: bytes, hours: int) -> str:
    """Take in a sealed report (收下密封件) and return its matter's number, the same for every repetition."""
    if not scope.can(Action.REPORT):
        raise Forbidden(_("没有上报"), why=_("您的岗位没有上报的权限"), next=_("可以从公开的信箱写信反映"))
    if account != account_of(scope):
        raise Forbidden(_("没有发出"), why=_("这份上报是用另一个账号写的"), next=_("请用原来的账号登录后再发"),
                        code="foreign")
    words, files = _opened(scope, key, number, sealed)
    said = _parts(words, files) | {"extra": {"written": written} if (written := about(clock.now(), hours)) else {}}
    try:
        return report(scope=scope, key=key, **said).number
    except Conflict:
        if (number_before := _forgotten(scope, key)) is None:
            raise
        return number_before


def _opened(scope: Scope, key: str, number: int, sealed: bytes) -> tuple[dict[str, Any], list[bytes]]:
    if len(sealed) > LARGEST:
        raise UserError(_("没有收下"), why=_("这份上报太大"), next=_("请少带几张照片，重新写一份"),
                        code="too_large", status=413)
    plain = None
    if 1 <= number <= codes.current("outbox"):
        about_it = purpose(key=key, account=account_of(scope), number=number)
        plain = hpke.unseal(codes.private("outbox", number), sealed, info=about_it)
    try:
        return parcels.unpack(plain or b"")
    except parcels.Spoilt:
        raise UserError(_("没有收下"), why=_("密封的内容打不开"), next=_("以后每天再试一次；要紧的请重新写一份"),
                        code="sealed") from None


def _parts(words: dict[str, Any], files: list[bytes]) -> dict[str, Any]:
    """Return what the report service takes (上报内容)."""
    said, hint = mended(words, files), words.get("hint")
    if not said["text"]:
        raise UserError(_("没有收下"), why=_("里面没有写字"), next=_("请重新写一份"), code="empty")
    return said | {
        "urgency_hint": hint if hint in (1, 2, 3) and not isinstance(hint, bool) else 0,
        "danger": words.get("danger") is True, "mode": "named" if words.get("masked") is False else "confidential",
    }


def _forgotten(scope: Scope, key: str) -> str | None:
    """Return the number of a report whose request key was forgotten after seven days (早已收到)."""
    receipt = Receipt.objects.filter(code=codes.stored(codes.issue(key)), replay="", owner=owned_by(scope.person))
    return Submission.objects.filter(receipt__in=receipt).values_list("matter__number", flat=True).first()
