"""Keys of the box (信箱钥匙): made in browsers, let in by those who are in, and everybody is told."""

from __future__ import annotations

import os
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sangesan.feedback.matters.services.steps import words
from sangesan.foundation import clock, hpke
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.audit.services import note as audit
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import SealedKeyAdded, SealedKeyRemoved
from sangesan.organization.people.models import Post

from .. import queries
from ..envelopes import fingerprint, signed, statement
from ..models import Approval, Key, Mailbox, Wrap
from ..queries.room import shut_tag
from . import paper
from .receiving import office
from .warning import warn

ROUNDS = 600_000
"""Least rounds of PBKDF2 (口令派生次数下限)."""
_WRAPPED = range(60, 200)


def settle(*, scope: Scope, upper: str, upper_contact: str, office_contact: str = "",
           managed: Iterable[str] = ()) -> Mailbox:
    """Set where a letter goes that may not stay (设定上级机关): the organ above, and whose files lie there."""
    _inspector(scope)
    known = set(Post.objects.filter(code__in=list(managed)).values_list("code", flat=True))
    box = queries.mailbox() or Mailbox()
    box.upper = words(upper, what=_("上级机关"), longest=80)
    box.upper_contact = words(upper_contact, what=_("上级机关联系方式"), longest=200)
    box.office_contact = words(office_contact, what=_("本矿纪检监察部门联系方式"), longest=200, needed=False)
    box.managed = sorted(known)
    box.save()
    audit("discipline.settled", scope=scope)
    return box


@transaction.atomic
def found(*, scope: Scope, **made: object) -> Key:
    """Found the box with the paper key of the commission above (启用信箱); once.

    Where that key was reported lost, a new one asks to be let in as an inspector's does.
    """
    _inspector(scope)
    box = queries.mailbox()
    if box is None:
        raise Conflict(_("没有启用"), why=_("还没有填上级机关"), next=_("请先填上级机关和联系方式"))
    if paper.renewable():
        return _renew(scope, made)
    if box.root or Key.objects.filter(kind=Key.PAPER).exists():
        raise Conflict(_("没有启用"), why=_("信箱已经有一把纸质钥匙"), next=_("请核对钥匙名册"))
    key = _made(Key.PAPER, None, made)
    key.state, key.active_day = Key.ACTIVE, clock.today()
    key.save()
    box.root = fingerprint(key.public, key.signing)
    box.save()
    _pin(box.root)
    shut_tag("", 0)  # makes its key now: made with the first letter about an inspector, the file would tell
    _tell(scope, "discipline.founded", "sealed.key_added", key)
    return key


def _renew(scope: Scope, made: dict) -> Key:
    """Let a new paper key ask (换新纸质钥匙): two signatures of those who count put it in force."""
    key = _made(Key.PAPER, None, made)
    key.save()
    _tell(scope, "discipline.paper_asked", "sealed.key_asked", key)
    return key


def ask(*, scope: Scope, **made: object) -> Key:
    """Ask for one's own key to be let in (申请启用钥匙); all inspectors and auditors are told.

    Who has no such post is refused, and everybody is warned.
    """
    if not scope.can(Action.INSPECT):
        refuse_key(scope=scope)
        raise NotFound()
    return _ask(scope, made)


@transaction.atomic
def _ask(scope: Scope, made: dict) -> Key:
    if queries.paper() is None:
        raise Conflict(_("没有申请"), why=_("信箱还没有启用"), next=_("请先和上级纪委一起启用信箱"))
    key = _made(Key.INSPECTOR, scope.person, made)
    key.founding = not queries.recipients()  # where nobody in office could sign, the commission above founds anew
    try:
        with transaction.atomic():
            key.save()
    except IntegrityError as twice:
        raise Conflict(_("没有申请"), why=_("您已经有一把钥匙，或申请还在等同意"),
                       next=_("先停用旧钥匙，再生成新的")) from twice
    _tell(scope, "discipline.key_asked", "sealed.key_asked", key)
    return key


@transaction.atomic
def refuse_key(*, scope: Scope) -> None:
    """Warn everybody that somebody without the right tried to add a key (警示)."""
    audit("discipline.key_refused", scope=scope)
    warn("sealed.key_refused", 0)


@transaction.atomic
def approve(*, scope: Scope, key: int, by: int, signature: bytes) -> Key:
    """Let a key in (同意启用钥匙) by a signature; with the last one it is in force.

    An inspector signs with the own key; the paper key's holder signs in the presence of one.
    """
    _inspector(scope)
    lines = {line.key.pk: line for line in queries.chain()}
    line, signer = lines.get(key), lines.get(by)
    if line is None or signer is None or line.key.state != Key.WAITING:
        raise NotFound()
    if not signer.active or (signer.key.kind == Key.INSPECTOR and signer.key.person_id != scope.person) or key == by:
        raise Forbidden(_("没有同意"), why=_("只能用自己的、有效的钥匙签字"))
    said = statement(line.key.kind, line.holder, line.key.public, line.key.signing, founding=line.key.founding)
    if not signed(signer.key.signing, signature, said):
        raise UserError(_("没有同意"), why=_("签字核对不上"), next=_("请刷新页面，核对指纹后再签一次"))
    Approval.objects.get_or_create(key=line.key, by=signer.key, defaults={"signature": signature, "day": clock.today()})
    audit("discipline.key_approved", scope=scope, subject="discipline/keys", detail={"place": line.key.place})
    now = next(found for found in queries.chain() if found.key.pk == key)
    if now.proven:
        Key.objects.filter(pk=key, state=Key.WAITING).update(state=Key.ACTIVE, active_day=clock.today())
        if line.key.kind == Key.PAPER:
            paper.replaced(line.key, scope)
        record(SealedKeyAdded(subject="discipline/keys", unit=office(scope.person), occurred_at=clock.now(),
                              quantity=len(now.approvers)), actor=scope.actor)
        _tell(scope, "discipline.key_added", "sealed.key_added", line.key)
    line.key.refresh_from_db()
    return line.key


@transaction.atomic
def remove(*, scope: Scope, key: int) -> None:
    """Take a key out of force (停用钥匙): one's own, or that of somebody who inspects no more.

    What it could open is gone from it at once; one's own stays while a letter would be left that nobody else can open.
    Whoever could try it with the others' would learn by the answer that there are letters about themselves, or shut
    out who reads them. Where the holder is gone, such letters keep what closes them, and nobody is told.
    """
    _inspector(scope)
    mine = queries.key_of(scope)
    line = next((found for found in queries.chain() if found.key.pk == key), None)
    if line is None or line.key.kind == Key.PAPER or line.key.state == Key.REMOVED:
        raise NotFound()
    own = line.key.person_id == scope.person
    if not own and (mine is None or not mine.active):
        raise Forbidden(_("没有停用"), why=_("您自己还没有有效的钥匙"))
    if key not in queries.removable(scope):
        raise Forbidden(_("没有停用"), why=_("在任监察员的钥匙由本人停用"),
                        next=_("请他本人来停用；他已经不干监察的，先办免职"))
    others = Wrap.objects.filter(key__in=[one.key.pk for one in queries.recipients() if one.key.pk != key])
    alone = Wrap.objects.filter(key=key).exclude(matter__in=others.values("matter"))
    alone = set(alone.values_list("matter", flat=True))
    if own and alone:
        raise Conflict(_("没有停用"), why=_("有的信只有这把钥匙能打开，停用后再没有人能看"),
                       next=_("请先由持钥人把这些信补发给别的监察员"))
    Wrap.objects.filter(key=key).exclude(matter__in=alone).delete()
    Key.objects.filter(pk=key).update(state=Key.REMOVED, removed_day=clock.today())
    record(SealedKeyRemoved(subject="discipline/keys", unit=office(scope.person), occurred_at=clock.now()),
           actor=scope.actor)
    _tell(scope, "discipline.key_removed", "sealed.key_removed", line.key)


def _made(kind: str, person: int | None, made: dict) -> Key:
    """Return a key from what a browser made (校验新钥匙), not yet stored."""
    public, signing, salt, wrapped = (bytes(made.get(name) or b"") for name in ("public", "signing", "salt", "wrapped"))
    rounds = made.get("rounds")
    if not (hpke.valid(public) and hpke.valid(signing)) or public == signing or len(salt) != 16 \
            or len(wrapped) not in _WRAPPED or not isinstance(rounds, int) or not ROUNDS <= rounds <= 10_000_000:
        raise UserError(_("没有收下钥匙"), why=_("钥匙不完整"), next=_("请在页面上重新生成"))
    last = Key.objects.aggregate(last=Max("place"))["last"] or 0
    return Key(place=last + 1, kind=kind, person_id=person, public=public, signing=signing, salt=salt, rounds=rounds,
               wrapped=wrapped, asked_day=clock.today())


def _inspector(scope: Scope) -> None:
    if not scope.can(Action.INSPECT):
        raise NotFound()


def _pin(root: str) -> None:
    """Write the root's fingerprint beside the database (固定根指纹), where no SQL reaches it."""
    with open(os.open(queries.keys.pin(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(root + "\n")


def _tell(scope: Scope, event: str, kind: str, key: Key) -> None:
    audit(event, scope=scope, subject="discipline/keys", detail={"place": key.place})
    warn(kind, scope.person)
