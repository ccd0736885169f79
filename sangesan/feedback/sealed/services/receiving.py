"""A letter is closed and laid in the box (收信): in memory first, and only then written.

Whom it concerns is judged while the words are still open: that person never gets a key, whatever
they become. What the mine may not hold is not stored at all.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from sangesan.feedback.matters.services import enclosing
from sangesan.feedback.matters.services import photos as album
from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.words import ANONYMOUS
from sangesan.feedback.speakers import codes
from sangesan.feedback.speakers import services as receipts
from sangesan.foundation import batch, clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.foundation.ids import crockford, random_id
from sangesan.foundation.keys import lay
from sangesan.method.discipline import acceptance_due
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.notices.services import notify
from sangesan.organization.people.models import Appointment
from sangesan.organization.people.queries import posts_with
from sangesan.organization.people.standing_in import standing_in
from sangesan.organization.units.queries import path_of

from .. import queries
from ..envelopes import close, lock, receipt_key, to_room
from ..models import SealedFile, SealedMatter, SealedMessage, Wrap
from ..queries.room import shut_tag
from ..queries.speaking import PEPPER, private_half
from .meant import managed_blamed, managed_called, managed_named, meant, named


class GoesUp(UserError):
    """The mine may not take this one (应交上级); nothing was stored, the words are given back with where to go."""

    code, status = "upper", 422

    def __init__(self, why: str, *, next: str = "", code: str = "") -> None:
        box = queries.mailbox()
        where = _("请本人交给%(upper)s（%(contact)s）") % {
            "upper": box.upper, "contact": " ".join(box.upper_contact.split())} if box else ""
        super().__init__(_("没有保存"), why=why, next="；".join(filter(None, (where, next))), code=code)


@dataclass(frozen=True)
class Letter:
    """A letter as it was spoken (来信内容), and the words of its documents; it lives in memory only."""

    text: str
    about: str = ""
    name: str = ""
    contact: str = ""
    files: tuple[tuple[str, bytes], ...] = ()
    more: dict = field(default_factory=dict)
    papers: str = ""


@dataclass(frozen=True)
class Taken:
    """What the speaker takes away (收信结果)."""

    number: str
    receipt: str
    fresh: bool
    more: tuple[str, ...] = ()


def receive(*, text: str, key: str, about: str = "", name: str = "", contact: str = "", photos: Sequence[bytes] = (),
            documents: Sequence[bytes] = (), removed: Collection[int] = (), upper: bool = False,
            not_upper: bool = False, day: date | None = None, more: dict | None = None,
            code: str = "") -> Taken:
    """Close a letter and lay it in the box (收信). The same key and content again give the same answer.

    `removed` are inspectors the speaker does not want; `upper` says it is about a leader whose file
    lies above, `not_upper` that a leader named in it is not whom it is about. Raises GoesUp.
    A document alone sends nothing up: any paper of the mine names its leaders; whom it names gets no key.
    """
    if len(key) < 16:
        raise UserError(_("没有提交"), why=_("提交口令不完整"), next=_("请刷新页面再提交"), code="key")
    letter = Letter(
        words(text, what=_("内容")), words(about, what=_("反映谁"), longest=200, needed=False),
        words(name, what=_("姓名"), longest=40, needed=False),
        words(contact, what=_("联系方式"), longest=100, needed=False), more=more or {},
    )
    _may_stay(letter, upper=upper, not_upper=not_upper)
    letter = _with_files(letter, photos, documents)
    spoken = "\n".join([str(letter.more.get("title", "")), letter.text, letter.papers])
    shut = meant(letter.about) | named(spoken) | set(removed)
    ready = receipts.prepare(key=key, body=_digest(key, _body(letter, shut)), code=code,
                             files=_digest(key, receipts.digests(data for _name, data in letter.files)))
    for last in (False, False, True):
        rows = enclose(letter, shut=shut, receipt=ready.receipt.pk, code=ready.code, day=day or clock.today())
        try:
            batch.run(lambda rows=rows: _write(ready.receipt, rows))
            return Taken(rows[0].number, ready.code, True)
        except IntegrityError:
            known = receipts.known(ready)
            if known is not None:
                taken = Taken(SealedMatter.objects.get(receipt=known).number, ready.code, False)
                if not receipts.same_files(ready, known):
                    raise receipts.OtherFiles(taken) from None
                return taken
            if last:
                raise
    raise AssertionError("unreachable")


def enclose(letter: Letter, *, shut: Collection[int], receipt: int, code: str, day: date) -> tuple:
    """Return the rows of a closed letter (封好待存): matter, wraps, files; nothing is written.

    Who stands in for somebody it is kept from gets no key either.
    """
    shut = {*shut, *standing_in(shut)}
    paper, lines = queries.paper(), queries.recipients()
    if not queries.ready():
        raise Conflict(_("没有提交"), why=_("纪检监察信箱现在不收信"), next=_("请当面交给纪检监察部门，或寄给上级纪委"))
    kept = [line for line in lines if line.key.person_id not in shut]
    if not kept:
        raise GoesUp(_("本矿纪检监察人员都需要回避，没有人可以收这封信"), code="nobody")
    number, pk = f"{day.year}-{crockford(6)}", random_id()
    said = {"text": letter.text, "about": letter.about, "name": letter.name, "contact": letter.contact,
            "removed": [line.name for line in lines if line.key.person_id in shut],
            "files": [{"name": name, "size": len(data)} for name, data in letter.files]} | letter.more
    made = close(number, said, [data for _name, data in letter.files],
                 inspectors={line.key.pk: bytes(line.key.public) for line in kept},
                 paper=(paper.key.pk, bytes(paper.key.public)))
    signed = bool(letter.name or letter.contact)
    lockkey = receipt_key(codes.normal(code), codes.key(PEPPER))
    matter = SealedMatter(
        pk=pk, number=number, receipt_id=receipt, named=signed, day=day, head=made.head, room=made.room,
        reply=made.reply, reply_locked=lock(lockkey, made.reply_private, about=f"{number}/reply"), bound=bool(code),
        shut=sorted(shut_tag(number, person) for person in shut), office=office(lines[0].key.person_id),
        accept_due=acceptance_due(day, calendar(day, day)) if signed else None,
    )
    wraps = [Wrap(matter_id=pk, key_id=key, sealed=sealed) for key, sealed in made.shares.items()]
    files = [SealedFile(matter_id=pk, place=n, sealed=sealed) for n, sealed in enumerate(made.files)]
    return matter, wraps, files, [line.key.person_id for line in kept]


def store(rows: tuple) -> None:
    """Store a closed letter and tell those who can open it (入箱), in the caller's transaction."""
    matter, wraps, files, people = rows
    matter.save(force_insert=True)
    for row in (*wraps, *files):
        row.save(force_insert=True)
    notify(persons=people, subject=matter.subject, kind="sealed.received", at=clock.midnight())


def _write(receipt, rows: tuple) -> None:
    lay(receipt)
    store(rows)


def add(*, code: str, text: str, not_upper: bool = False) -> None:
    """Add a word (补充): sealed to whoever can open the letter, and judged before as the letter was.

    Whoever can open the letter can't be kept from it any more, so a word about them needs a letter of its own.
    """
    found = queries.heard(code)
    if found is None or not found.open:
        raise Conflict(_("没有补充"), why=_("这件已经结束，不能再补充"), next=_("如有新情况，请另写一封"))
    text, keys = words(text, what=_("内容")), queries.room.holding(found.matter)
    _may_stay(Letter(text), upper=False, not_upper=not_upper)
    about = named(text)
    if read := [line.name for line in keys if line.key.person_id in about]:
        raise UserError(_("没有补充"), why=_("补充的话写到了能打开这封信的%s") % "、".join(read),
                        next=_("反映他的，请另写一封信，他不会收到；只是提到他的，请不写姓名再补充"), code="named")
    _shut_out(found.matter, {*about, *standing_in(about)})
    _bind(found.matter, code)
    say(found.matter, spoken=True, for_room=to_room(found.matter.number, bytes(found.matter.room), text))
    notify(persons=[line.key.person_id for line in keys], subject=found.matter.subject, kind="sealed.added",
           at=clock.midnight())


def say(matter: SealedMatter, *, spoken: bool, for_room: bytes, for_speaker: bytes | None = None) -> None:
    """Lay a sealed word beside the letter (存往来)."""
    last = matter.messages.aggregate(last=Max("place"))["last"] or 0
    SealedMessage.objects.create(matter=matter, place=last + 1, spoken=spoken, day=clock.today(), for_room=for_room,
                                 for_speaker=for_speaker)


def _bind(matter: SealedMatter, code: str) -> None:
    """Lock the speaker's key with the receipt now that it is here (补锁)."""
    if matter.bound:
        return
    private = private_half(matter, code)
    if private is not None:
        matter.reply_locked = lock(receipt_key(codes.normal(code), codes.key(PEPPER)), private,
                                   about=f"{matter.number}/reply")
        matter.bound = True
        matter.save(update_fields=["reply_locked", "bound"])


def _shut_out(matter: SealedMatter, people: Collection[int]) -> None:
    """Keep a letter from whom its speaker names later (补充写到的人), as from those named at first."""
    shut = sorted({*matter.shut, *(shut_tag(matter.number, person) for person in people)})
    if shut != matter.shut:
        matter.shut = shut
        matter.save(update_fields=["shut"])


def _may_stay(letter: Letter, *, upper: bool, not_upper: bool) -> None:
    """Refuse what the organ above must have (上级管理的领导); of what is only named in it the speaker has the word."""
    if upper or managed_named(letter.about):
        raise GoesUp(_("反映的是由上级管理的领导，本矿系统不能保存"))
    said = f"{letter.more.get('title', '')}\n{letter.text}"
    told = f"{letter.about}\n{said}"
    if not not_upper and (managed_named(said) or managed_called(told) or managed_blamed(told)):
        raise GoesUp(_("信里写到了由上级管理的领导"), code="named_above",
                     next=_("反映的不是他、只是提到他的，请勾选“反映的不是他”再提交"))


def _with_files(letter: Letter, photos: Sequence[bytes], documents: Sequence[bytes]) -> Letter:
    """Judge the files (验附件): photos from their pixels for everybody, documents only from those who sign."""
    made = [(f"{n}.jpg", photo.content) for n, photo in enumerate(album.develop(photos), start=1)]
    mode = "named" if letter.name or letter.contact else ANONYMOUS
    papers = enclosing.develop(documents, mode=mode)
    made += [(f"{n}{one.ending}", one.content) for n, one in enumerate(papers, start=1)]
    return replace(letter, files=tuple(made), papers="\n".join(one.words for one in papers))


def _body(letter: Letter, shut: Collection[int]) -> str:
    """Return the words a key stands for (内容摘要的原文)."""
    return json.dumps([letter.text, letter.about, letter.name, letter.contact, sorted(shut)], ensure_ascii=False)


def _digest(key: str, said: str) -> str:
    """Return the digest of what was said (内容摘要) under the request's own key: no digest of words is kept."""
    return hmac.new(key.encode(), said.encode(), hashlib.sha256).hexdigest()


def office(person: int) -> str:
    """Return the path of the receiving office (受理部门): all that a fact of a letter names."""
    from sangesan.method.authority import Role

    day = clock.today()
    posts = posts_with([Role.INSPECTOR], day).values("pk")
    unit = Appointment.objects.filter(person=person, post__in=posts, until=None).values_list("post__unit", flat=True)
    found = unit.order_by("pk").first()
    return path_of(found, day) if found else ""
