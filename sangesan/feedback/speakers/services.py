"""Receipts and identities (回执与身份): made here, and opened here only."""

from __future__ import annotations

import hmac
import json
import secrets as random
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.foundation.ids import random_id

from . import codes
from .models import Identity, Opening, Receipt

REPLAY_DAYS = 7
OFFICER = "triage"
"""The role whose key seals confidential identities (身份由信访分办岗位保管)."""


@dataclass(frozen=True)
class Issued:
    """A receipt just issued, or issued before for the same request (回执); `fresh` says which."""

    receipt: Receipt
    code: str
    fresh: bool


def issue(*, key: str, body: str, owner: int = 0) -> Issued:
    """Issue the receipt (发回执) for a request key; the same key and body give the same again.

    Raises Conflict when the key came with another body, or came more than seven days ago.
    """
    if len(key) < 16 or len(key) > 200:
        raise UserError(_("没有提交"), why=_("提交口令太短或太长"), next=_("请刷新页面再提交"), code="key")
    code, number = codes.issue(key), codes.current("replay")
    replay = f"{number}:{codes.tag('replay', key, number)}"
    digest = codes.tag("body", body)
    known = _known(replay, digest, code)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            receipt = Receipt.objects.create(
                code=codes.stored(code), replay=replay, body=digest, owner=owned_by(owner),
                keep_until=clock.today() + timedelta(days=REPLAY_DAYS),
            )
    except IntegrityError:
        known = _known(replay, digest, code)
        if known is None:
            raise _spent() from None
        return known
    return Issued(receipt, code, fresh=True)


def _known(replay: str, digest: str, code: str) -> Issued | None:
    receipt = Receipt.objects.filter(replay=replay).first()
    if receipt is None:
        return None
    if not hmac.compare_digest(receipt.body, digest):
        raise _spent()
    return Issued(receipt, code, fresh=False)


def _spent() -> Conflict:
    return Conflict(_("没有再次提交"), why=_("同一个提交口令已经用于另一份内容"), next=_("请打开新的页面填写"))


def owned_by(person: int) -> str:
    """Return the tag by which a person finds their own reports (本人标记), '' for nobody."""
    return codes.tag("owner", f"person:{person}") if person else ""


def forget(*, day) -> int:
    """Forget request keys older than seven days (清除提交口令)."""
    old = Receipt.objects.filter(keep_until__lt=day).exclude(replay="")
    return old.update(replay="", body="")


def find(code: str) -> Receipt | None:
    """Find a receipt by what was typed (按回执号查找); the work is the same for right and wrong."""
    return Receipt.objects.filter(code__in=codes.candidates(code)).first()


def keep_identity(*, receipt: Receipt, mode: str, name: str, contact: str = "", person: int = 0) -> Identity:
    """Keep who spoke (存放身份), encrypted; not for the anonymous."""
    number, nonce = codes.current("identity"), random.token_bytes(12)
    plain = json.dumps({"name": name, "contact": contact, "person": person}, ensure_ascii=False).encode()
    padded = plain.ljust(-(-len(plain) // 256) * 256)
    sealed = AESGCM(_role_key(OFFICER, number)).encrypt(nonce, padded, str(receipt.pk).encode())
    return Identity.objects.create(pk=random_id(), receipt=receipt, mode=mode, role=OFFICER, key=number, nonce=nonce,
                                   sealed=sealed)


@dataclass(frozen=True)
class Who:
    """A speaker's identity in clear (身份)."""

    name: str
    contact: str
    person: int


def read_identity(identity: Identity) -> Who:
    """Read an identity (解密身份). Callers record the opening first, in a transaction of its own."""
    key = _role_key(identity.role, identity.key)
    plain = AESGCM(key).decrypt(bytes(identity.nonce), bytes(identity.sealed), str(identity.receipt_id).encode())
    return Who(**json.loads(plain))


def note_opening(*, identity: Identity, role: str, post: str, person: int, reason: str) -> Opening:
    """Note that an identity is about to be opened (登记查看)."""
    return Opening.objects.create(identity=identity, role=role, post=post, person=person, reason=reason,
                                  at=clock.now())


def openings(receipt: Receipt) -> list[str]:
    """Return the posts that opened this speaker's identity (查看记录), one entry each time."""
    rows = Opening.objects.filter(identity__receipt=receipt).order_by("at", "pk")
    return list(rows.values_list("post", flat=True))


def _role_key(role: str, number: int) -> bytes:
    return sha256(codes.key("identity", number) + role.encode()).digest()
