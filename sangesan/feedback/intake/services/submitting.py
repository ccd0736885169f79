"""A word comes in (受理): checked, given a receipt, made a matter. Every channel ends here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import repeat
from typing import Any
from unicodedata import normalize

from django.db import IntegrityError
from django.db.models import Model
from django.utils.translation import gettext as _

from sangesan.feedback.matters.models import Submission
from sangesan.feedback.matters.queries.searching import entered_before
from sangesan.feedback.matters.services import enclosing, prepare, recordings, write
from sangesan.feedback.matters.services import photos as album
from sangesan.feedback.matters.services.hearing import Ready, Word, also
from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.words import ACCUSATION, ANONYMOUS, CATEGORIES, KINDS
from sangesan.feedback.sealed import queries as discipline
from sangesan.feedback.sealed import services as sealing
from sangesan.feedback.speakers import services as receipts
from sangesan.foundation import batch, clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.foundation.keys import lay
from sangesan.method.authority import Scope

from ..channels import SHELVES, Hand
from . import checks

HISTORY_DAYS = 90
"""Letters older than this come in as history (历史件): no clocks, no alerts."""
_KEY = re.compile(r"[\x21-\x7e]{16,200}")


@dataclass(frozen=True)
class Accepted:
    """What the speaker takes away (受理结果): number, receipt, whether it is new, or history.

    `more` are the receipts of those who spoke along (其他代表的回执).
    """

    number: str
    receipt: str
    fresh: bool
    submission: int
    history: bool = False
    more: tuple[str, ...] = ()
    cared: bool = False


def submit(*, channel: str, mode: str, text: str, key: str, name: str = "", contact: str = "", person: int = 0,
           photos: Sequence[bytes] = (), voice: bytes = b"", documents: Sequence[bytes] = (),
           others: Sequence[tuple[str, str]] = (), code: str = "", not_upper: bool = False,
           sooner: Callable[[], Submission | None] = lambda: None, reader: Scope | None = None,
           **said: Any) -> Accepted:
    """Take in a word (登记诉说) and return number and receipt.

    The same key and content again give the same answer. Raises UserError for what can be mended,
    and then nothing is stored. `photos`, `voice` and `documents` are files as sent, `others` name and contact of
    those who speak along and get a receipt each, `code` a receipt that was issued before the word came
    in (外部信箱), `not_upper` that an accusation only names a leader whose file lies above, `said` the rest
    (`word_of`). `sooner` looks, in the transaction that writes, for what
    says the same already and stands for this one. A number of the register is used once, as far as the `reader` may
    know.
    """
    key_checked(key)
    checks.few(others)
    word = word_of(channel, mode, text, named=bool(name or contact), **said)
    people = [checks.who(*one) for one in ((name, contact), *others)]
    if word.kind == ACCUSATION and discipline.ready():
        return _into_the_box(word, key, people, code, not_upper, photos=photos, documents=documents)
    sent = {"body": _body(word, people), "files": receipts.digests([*photos, voice, *documents])}
    ready = [receipts.prepare(key=f"{key}.{n}" if n else key, **sent, owner=0 if n else person,
                              code="" if n else code) for n in range(len(people))]
    pictures, voices = album.develop(photos), recordings.develop(voice, mode=mode)
    papers = enclosing.develop(documents, mode=mode)
    files = [*pictures, *voices, *papers]
    for last in (False, False, True):
        try:
            _numbered_once(word, reader)
            matter = prepare(word, receipt=ready[0].receipt.pk, papers=enclosing.said(papers))
        except Conflict:  # the register number is taken, perhaps by this very request, whose answer was lost
            if (before := _before(ready, word)) is None:
                raise
            return before
        rows: list[Model] = [one.receipt for one in ready]
        rows += [identity for identity in map(_identity, ready, people, repeat(mode), (person, *repeat(0, len(others))))
                 if identity is not None]
        after = [*_along(matter, ready[1:], people[1:], mode), *album.rows(pictures, submission=matter.said.pk),
                 *recordings.rows(voices, submission=matter.said.pk),
                 *enclosing.rows(papers, submission=matter.said.pk)]
        try:
            album.shelve(files, day=clock.today())
            same = batch.run(lambda parts=(rows, matter, after): sooner() or _write(*parts))
            if same is not None:
                album.discard(files)
                return Accepted(same.matter.number, "", False, same.pk, cared=same.matter.cared)
            return Accepted(matter.matter.number, ready[0].code, True, matter.said.pk, word.history,
                            tuple(one.code for one in ready[1:]), matter.matter.cared)
        except IntegrityError:  # the request came before, or the random number is taken
            album.discard(files)
            if (before := _before(ready, word)) is not None:
                return before
            if last:
                raise
        except BaseException:
            album.discard(files)
            raise
    raise AssertionError("unreachable")


def bring(matter: Ready, others: Sequence[tuple[str, str]], *, key: str, word: Word, mode: str) -> tuple[str, ...]:
    """Store who speaks along with a matter (同来代表), in the caller's transaction, and return a receipt for each."""
    ready, people = _companions(others, key, word)
    kept = map(_identity, ready, people, repeat(mode), repeat(0))
    lay(*(one.receipt for one in ready), *(identity for identity in kept if identity is not None))
    for row in _along(matter, ready, people, mode):
        row.save(force_insert=True)
    return tuple(one.code for one in ready)


def brought(others: Sequence[tuple[str, str]], *, key: str, word: Word) -> tuple[str, ...]:
    """Return the receipts that the same words got for them before (重复提交), none for new ones. Raises Conflict."""
    ready, _people = _companions(others, key, word)
    return tuple(one.code for one in ready) if ready and receipts.known(ready[0]) is not None else ()


def _companions(others: Sequence[tuple[str, str]], key: str,
                word: Word) -> tuple[list[receipts.Ready], list[tuple[str, str]]]:
    if others:
        key_checked(key)  # their receipts are made of it
    people = [checks.who(*one) for one in others]
    body = _body(word, people)
    return [receipts.prepare(key=f"{key}.{n}", body=body) for n in range(1, len(people) + 1)], people


def _along(matter: Ready, ready: Sequence[receipts.Ready], people: Sequence[tuple[str, str]],
           mode: str) -> list[Submission]:
    return [also(matter, receipt=one.receipt.pk, mode=mode if any(who) else ANONYMOUS)
            for one, who in zip(ready, people, strict=True)]


def _numbered_once(word: Word, reader: Scope | None) -> None:
    """Refuse a number of the register that was used (登记号重复)."""
    if word.register and entered_before(reader, word.channel, word.register):
        raise Conflict(_("没有登记"), why=_("登记号 %s 已经用过") % word.register, next=_("请核对登记簿，或换一个号"))


def key_checked(key: str) -> None:
    """Refuse a request without a fit token (提交口令)."""
    if not _KEY.fullmatch(key):
        raise UserError(_("没有提交"), why=_("提交口令须为 16 到 200 个可见字符"), next=_("请刷新页面再提交"),
                        code="key")


def _into_the_box(word: Word, key: str, people: Sequence, code: str, not_upper: bool,
                  **files: Sequence[bytes]) -> Accepted:
    """Lay an accusation into the discipline mailbox (检举控告入箱); the ordinary tables never hold it."""
    more = {"title": word.title, "place": word.place, "register": word.register, "came": word.channel}
    name, contact = ("、".join(filter(None, part)) for part in zip(*people, strict=True))
    try:
        taken = sealing.receive(text=word.text, key=key, name=name[:40], contact=contact[:100], day=word.day, code=code,
                                not_upper=not_upper, **files, more={name: said for name, said in more.items() if said})
    except sealing.GoesUp as fault:
        if fault.code == "named_above":  # not every door has the question that the discipline mailbox asks
            fault.next += _("；这里没有这一项的，请到公开的“纪检监察信箱”里写")
        raise
    return Accepted(taken.number, taken.receipt, taken.fresh, 0, word.history)


def word_of(channel: str, mode: str, text: str, *, unit: str | int | None = None, category: str = "",
            kind: str = "request", title: str = "", place: str = "", urgency_hint: int = 0, affected: int = 0,
            danger: bool = False, day: date | None = None, register: str = "", line: str = "",
            extra: dict[str, Any] | None = None, named: bool = False, about_readers: bool = False) -> Word:
    """Check a word against its channel's shelf (校验来件). `unit` is a code or an id, `extra` the shelf's own fields.

    Raises UserError for what can be mended.
    """
    shelf = SHELVES[checks.one_of(channel, SHELVES, _("渠道"))]
    today, text = clock.today(), words(text, what=_("内容"))
    on = checks.received(day, today)
    word = Word(
        channel=channel, mode=checks.one_of(mode, dict.fromkeys(shelf.modes), _("署名方式")), text=text, day=on,
        moment=None if mode == ANONYMOUS else checks.moment(day, today, clock.now()), unit=checks.unit_id(unit),
        category=checks.one_of(category, CATEGORIES, _("类别"), empty=True),
        kind=checks.one_of(kind, KINDS, _("目的")), title=words(title, what=_("标题"), longest=80, needed=False),
        place=words(place, what=_("地点"), longest=80, needed=False), danger=danger,
        hint=checks.small(urgency_hint, 3, _("急不急")), affected=checks.small(affected, 100_000, _("人数")),
        register=words(normalize("NFKC", register), what=_("登记号"), longest=40, needed=False),
        line=line, extra=shelf.read(extra or {}, day=on, named=named and mode != ANONYMOUS),
        history=day is not None and day < today - timedelta(days=HISTORY_DAYS),
        receipted=mode != ANONYMOUS or not shelf.absent, about_readers=about_readers,
    )
    if word.kind == ACCUSATION and danger:
        raise UserError(_("没有登记"), why=_("检举控告不走险情的路，险情会没有人去处置"),
                        next=_("请把险情和检举控告分成两件登记"))
    if word.kind == ACCUSATION and shelf.by(Hand.SPEAKER):
        raise UserError(_("没有提交"), why=_("检举控告请直接交给纪检监察部门"), next=_("请走纪检监察信箱"))
    return word


def _identity(ready: receipts.Ready, who: tuple[str, str], mode: str, person: int) -> Model | None:
    """Return the sealed identity (密封身份) of whoever left a name, None for the nameless."""
    if mode == ANONYMOUS or not any(who):
        return None
    return receipts.seal_identity(receipt=ready.receipt, mode=mode, name=who[0], contact=who[1], person=person)


def _before(ready: Sequence[receipts.Ready], word: Word) -> Accepted | None:
    """Return what the same request got before (重复提交), None for a new one. Raises OtherFiles."""
    receipt = receipts.known(ready[0])
    if receipt is None:
        return None
    said = Submission.objects.select_related("matter").get(receipt=receipt)
    before = Accepted(said.matter.number, ready[0].code, False, said.pk, word.history,
                      tuple(r.code for r in ready[1:]), said.matter.cared)
    if not receipts.same_files(ready[0], receipt):
        raise receipts.OtherFiles(before)
    return before


def _write(before: Sequence[Model], matter: Ready, after: Sequence[Model]) -> None:
    lay(*before)
    write(matter)
    for row in after:
        row.save(force_insert=True)


def _body(word: Word, people: Sequence[tuple[str, str]]) -> str:
    """Return the words a key stands for (内容摘要的原文); days and moments don't belong to it."""
    own = {name: value for name, value in word.extra.items() if name != "written"}
    parts = [word.channel, word.mode, word.text, word.unit, word.category, word.kind, word.title, word.place,
             word.hint, word.affected, word.danger, word.register, people, own]
    if word.about_readers:
        parts.append("about_readers")
    return json.dumps(parts, ensure_ascii=False, sort_keys=True)
