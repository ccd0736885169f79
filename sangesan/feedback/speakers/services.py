"""Receipts and identities (回执与身份): made here, and opened here only."""

from __future__ import annotations

import hmac
import json
import re
import secrets as random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.foundation.ids import random_id
from sangesan.method.masking import called

from . import codes
from .models import Afterword, Identity, Opening, Receipt

REPLAY_DAYS = 7
_HALF = 32
"""Hex signs of what is kept of words, and as many of files (摘要各半): 128 bits each."""
OFFICER = "triage"
_BRACKETS, _BETWEEN = re.compile(r"[（(].*?[）)]"), re.compile(r"[、，,;；/\s]+")
"""The role whose key seals confidential identities (身份由信访分办岗位保管)."""


@dataclass(frozen=True)
class Ready:
    """A receipt not yet stored (待存回执), with the code its speaker will hold."""

    receipt: Receipt
    code: str


class OtherFiles(Conflict):
    """The same words came again under their key with other files (附件不同): the word is taken, these files are not.

    Photos that are chosen again after a lost answer need not be the same bytes. `taken` is what the first one got.
    """

    code = "files"

    def __init__(self, taken: Any) -> None:
        super().__init__(_("这些照片和文件没有保存"), why=_("同样的内容刚才已经收到，附的是另一些照片或文件"),
                         next=_("要补的，请凭回执补充说明"))
        self.taken = taken


def prepare(*, key: str, body: str, files: str = "", owner: int = 0, code: str = "") -> Ready:
    """Prepare the receipt of a request (备回执); nothing is written. `code` was issued elsewhere (外部信箱).

    `body` are the words a key stands for, `files` what came with them.
    """
    number, code = codes.current("replay"), code or codes.issue(key)
    return Ready(Receipt(
        pk=random_id(), code=codes.stored(code), replay=f"{number}:{codes.tag('replay', key, number)}",
        body=codes.tag("body", body)[:_HALF] + codes.tag("body", files)[:_HALF], owner=owned_by(owner),
        keep_until=clock.today() + timedelta(days=REPLAY_DAYS),
    ), code)


def known(ready: Ready) -> Receipt | None:
    """Return the receipt the same words got before (重复提交), None for new ones; its files one asks `same_files`.

    Raises Conflict when the key came with other words, or so long ago that it is forgotten.
    """
    found = Receipt.objects.filter(Q(replay=ready.receipt.replay) | Q(code=ready.receipt.code)).first()
    if found is None:
        return None
    if found.replay != ready.receipt.replay or not hmac.compare_digest(
            found.body[:_HALF], ready.receipt.body[:_HALF]):
        raise Conflict(_("没有再次提交"), why=_("同一个提交口令已经用于另一份内容"), next=_("请打开新的页面填写"))
    return found


def digests(files: Iterable[bytes]) -> str:
    """Return what is kept of files (附件摘要), before it is digested once more under the house's own key."""
    return " ".join(sha256(file).hexdigest() for file in files if file)


def same_files(ready: Ready, found: Receipt) -> bool:
    """Return whether the files too are those of before (附件相同)."""
    return hmac.compare_digest(found.body[_HALF:], ready.receipt.body[_HALF:])


def taken(codes_issued: Iterable[str]) -> set[str]:
    """Return which receipts have been issued before (已发回执), forgotten request keys or not."""
    stored = {codes.stored(code): code for code in codes_issued}
    keys, found = list(stored), set()
    for start in range(0, len(keys), 500):
        rows = Receipt.objects.filter(code__in=keys[start : start + 500])
        found.update(stored[code] for code in rows.values_list("code", flat=True))
    return found


def send_outside(*, code: str, slot: str, reply: bytes) -> None:
    """Note under which public key the answers of a receipt go out (外送答复); a name that is taken is left alone."""
    if slot and reply and not Receipt.objects.filter(slot=slot).exists():
        Receipt.objects.filter(code=codes.stored(code), slot="").update(slot=slot, reply=reply)


def outside(*, many: int = 500) -> Iterator[list[Receipt]]:
    """Yield the receipts whose answers go out (外送的回执), so many at once, in the order of their names outside."""
    rows, last = Receipt.objects.exclude(slot="").order_by("slot").prefetch_related("afterwords"), ""
    while some := list(rows.filter(slot__gt=last)[:many]):
        yield some
        last = some[-1].slot


def outside_count() -> int:
    """Return how many answers go out (外送件数)."""
    return Receipt.objects.exclude(slot="").count()


def afterword(*, receipt: Receipt, key: str, step: str, day) -> Afterword | None:
    """Note what came later by receipt (登记后话), None when it was taken before; whoever comes second waits."""
    row, fresh = Afterword.objects.get_or_create(
        key=codes.tag("afterword", key), defaults={"receipt": receipt, "step": step, "day": day})
    return row if fresh else None


def refuse(row: Afterword, why: str) -> None:
    """Say why what came later was not done (后话没有办成); its speaker reads it by receipt."""
    row.refused = why[:400]
    row.save(update_fields=["refused"])


def store(rows: Iterable[Receipt], identities: Iterable[Identity]) -> None:
    """Store many receipts and identities at once (成批存放), in the caller's transaction."""
    Receipt.objects.bulk_create(rows, batch_size=500)
    Identity.objects.bulk_create(identities, batch_size=200)


def owned_by(person: int) -> str:
    """Return the tag by which a person finds their own reports (本人标记), '' for nobody."""
    return codes.tag("owner", f"person:{person}") if person else ""


def forget(*, day) -> int:
    """Forget request keys older than seven days (清除提交口令)."""
    old = Receipt.objects.filter(keep_until__lt=day).exclude(replay="")
    return old.update(replay="", body="")


def erase(receipts: Iterable[int]) -> None:
    """Erase who spoke (清除身份), by receipts whose time is over; a receipt still opens what became of it."""
    keys = list(receipts)
    Opening.objects.filter(identity__receipt__in=keys).delete()
    Identity.objects.filter(receipt__in=keys).delete()
    Afterword.objects.filter(receipt__in=keys).delete()
    Receipt.objects.filter(pk__in=keys).update(owner="", replay="", body="", slot="", reply=b"")


def erase_name(receipt: Receipt) -> None:
    """Erase name and contact of one speaker (删除姓名); who opened them stays known. Safe to repeat."""
    Identity.objects.filter(receipt=receipt, erased=None).exclude(sealed=b"").update(sealed=b"", erased=clock.today())


def name_kept(receipt: Receipt) -> bool:
    """Return whether a name or a contact lies here (留有姓名)."""
    return Identity.objects.filter(receipt=receipt).exclude(sealed=b"").exists()


def names_erased() -> dict[int, str]:
    """Return whose names were erased at their wish (已删姓名), each with the nonce of what was erased."""
    rows = Identity.objects.filter(erased__isnull=False).values_list("pk", "nonce") if _dates_erasures() else ()
    return {pk: bytes(nonce).hex() for pk, nonce in rows}


def erase_name_again(pk: int, nonce: str) -> bool:
    """Erase a name that an old backup brought back (重新删除姓名); one that was given since is another."""
    rows = Identity.objects.filter(pk=pk, nonce=bytes.fromhex(nonce)).exclude(sealed=b"")
    return bool(rows.update(sealed=b"", **{"erased": clock.today()} if _dates_erasures() else {}))


def _dates_erasures() -> bool:
    """Return whether the database says when a name was erased: one that is older than the code is backed up too."""
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(cursor, Identity._meta.db_table)
    return any(column.name == "erased" for column in table)


def find(code: str) -> Receipt | None:
    """Find a receipt by what was typed (按回执号查找); the work is the same for right and wrong."""
    return Receipt.objects.filter(code__in=codes.candidates(code)).first()


def seal_identity(*, receipt: Receipt, mode: str, name: str, contact: str = "", person: int = 0) -> Identity:
    """Encrypt who spoke (密封身份) and return the row to be stored; not for the anonymous."""
    number, nonce = codes.current("identity"), random.token_bytes(12)
    plain = json.dumps({"name": name, "contact": contact, "person": person}, ensure_ascii=False).encode()
    padded = plain.ljust(-(-len(plain) // 256) * 256)
    sealed = AESGCM(_role_key(OFFICER, number)).encrypt(nonce, padded, str(receipt.pk).encode())
    return Identity(pk=random_id(), receipt_id=receipt.pk, mode=mode, role=OFFICER, key=number, nonce=nonce,
                    sealed=sealed)


def say_who(*, receipt: Receipt, mode: str, name: str, contact: str = "") -> None:
    """Seal who spoke for a receipt that is out already (补记身份); what is not said anew stays as it was."""
    found = Identity.objects.filter(receipt=receipt).first()
    before = read_identity(found) if found else Who("", "", 0)
    made = seal_identity(receipt=receipt, mode=mode, name=name or before.name, contact=contact or before.contact,
                         person=before.person)
    if found:
        made.pk = found.pk
    made.save(force_insert=not found, force_update=bool(found))


@dataclass(frozen=True)
class Who:
    """A speaker's identity in clear (身份)."""

    name: str
    contact: str
    person: int


def read_identity(identity: Identity) -> Who:
    """Read an identity (解密身份), nobody where it was erased. Callers record the opening first, in a transaction."""
    if not bytes(identity.sealed):
        return Who("", "", 0)
    key = _role_key(identity.role, identity.key)
    plain = AESGCM(key).decrypt(bytes(identity.nonce), bytes(identity.sealed), str(identity.receipt_id).encode())
    return Who(**json.loads(plain))


def names_of(receipts: Iterable[int]) -> set[str]:
    """Return the names under some receipts (所留姓名), to be covered in what is published; nobody is shown them.

    People write two names into one line, a space into a name of two characters, in brackets who they are, and before
    the number where a program asks for no name: 王五 13900001111.
    """
    kept = [read_identity(one) for one in Identity.objects.filter(receipt__in=list(receipts)).exclude(sealed=b"")]
    left = [_BRACKETS.sub("", who.name) for who in kept]
    names = {name for one in left for name in ("".join(one.split()), *_BETWEEN.split(one)) if len(name) > 1}
    return names.union(*(called(who.contact) for who in kept))


def note_opening(*, identity: Identity, role: str, post: str, person: int, reason: str) -> Opening:
    """Note that an identity is about to be opened (登记查看)."""
    return Opening.objects.create(identity=identity, role=role, post=post, person=person, reason=reason,
                                  at=clock.now())


def openings(receipt: Receipt) -> list[str]:
    """Return the posts that opened this speaker's identity (查看记录), one entry each time."""
    return openings_of([receipt]).get(receipt.pk, [])


def openings_of(receipts: Iterable[Receipt]) -> dict[int, list[str]]:
    """Return the posts that opened these speakers' identities (各件查看记录), by receipt."""
    found: dict[int, list[str]] = {}
    rows = Opening.objects.filter(identity__receipt__in=receipts).order_by("at", "pk")
    for receipt, post in rows.values_list("identity__receipt", "post"):
        found.setdefault(receipt, []).append(post)
    return found


def _role_key(role: str, number: int) -> bytes:
    return sha256(codes.key("identity", number) + role.encode()).digest()
