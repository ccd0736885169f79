"""A word comes in (受理): checked, given a receipt, made a matter. Every channel ends here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from sangesan.feedback.matters.models import Submission
from sangesan.feedback.matters.services import photos as album
from sangesan.feedback.matters.services import prepare, recordings, write
from sangesan.feedback.matters.services.hearing import Word
from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.words import ACCUSATION, ANONYMOUS, CATEGORIES, CHANNELS, KINDS, MODES
from sangesan.feedback.speakers import services as receipts
from sangesan.foundation import batch, clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.memory import remembered
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.models import Unit

HISTORY_DAYS = 90
"""Letters older than this come in as history (历史件): no clocks, no alerts."""
_KEY = re.compile(r"[\x21-\x7e]{16,200}")


@dataclass(frozen=True)
class Accepted:
    """What the speaker takes away (受理结果): number, receipt, whether it is new, or history."""

    number: str
    receipt: str
    fresh: bool
    submission: int
    history: bool = False


def submit(*, channel: str, mode: str, text: str, key: str, unit: str | int | None = None, category: str = "",
           kind: str = "request", title: str = "", place: str = "", urgency_hint: int = 0, affected: int = 0,
           danger: bool = False, name: str = "", contact: str = "", person: int = 0, day: date | None = None,
           register: str = "", photos: Sequence[bytes] = (), voice: bytes = b"",
           extra: dict[str, Any] | None = None) -> Accepted:
    """Take in a word (登记诉说) and return number and receipt.

    The same key and content again give the same answer. `unit` is a code or an id. Raises
    UserError for what can be mended, and then nothing is stored. `photos` and `voice` are files as sent.
    """
    if not _KEY.fullmatch(key):
        raise UserError(_("没有提交"), why=_("提交口令须为 16 到 200 个可见字符"), next=_("请刷新页面再提交"),
                        code="key")
    today, now = clock.today(), clock.now()
    text = words(text, what=_("内容"))
    word = Word(
        channel=_one_of(channel, CHANNELS, _("渠道")), mode=_one_of(mode, MODES, _("署名方式")), text=text,
        day=_received(day, today), moment=None if mode == ANONYMOUS else _moment(day, today, now),
        unit=_unit(unit), category=_one_of(category, CATEGORIES, _("类别"), empty=True),
        kind=_one_of(kind, KINDS, _("目的")), title=words(title, what=_("标题"), longest=80, needed=False),
        place=words(place, what=_("地点"), longest=80, needed=False), danger=danger,
        hint=_small(urgency_hint, 3, _("急不急")), affected=_small(affected, 100_000, _("人数")),
        register=words(register, what=_("登记号"), longest=40, needed=False), extra=extra or {},
        history=day is not None and day < today - timedelta(days=HISTORY_DAYS),
    )
    if word.kind == ACCUSATION and danger:
        raise UserError(_("没有登记"), why=_("检举控告不走险情的路，险情会没有人去处置"),
                        next=_("请把险情和检举控告分成两件登记"))
    if word.kind == ACCUSATION and channel == "leaders":
        raise UserError(_("没有提交"), why=_("检举控告请直接交给纪检监察部门"), next=_("请走纪检监察信箱"))
    name = words(name, what=_("姓名"), longest=40, needed=False)
    contact = words(contact, what=_("联系方式"), longest=100, needed=False)
    ready = receipts.prepare(key=key, body=_body(word, name, contact, [*photos, voice]), owner=person)
    pictures, voices = album.develop(photos), recordings.develop(voice, mode=mode)
    files = [*pictures, *voices]
    for last in (False, False, True):
        try:
            matter, identity = prepare(word, receipt=ready.receipt.pk), None
        except Conflict:  # the register number is taken, perhaps by this very request, whose answer was lost
            if (before := _before(ready, word)) is None:
                raise
            return before
        if mode != ANONYMOUS and (name or contact):
            identity = receipts.seal_identity(receipt=ready.receipt, mode=mode, name=name, contact=contact,
                                              person=person)
        rows = [*album.rows(pictures, submission=matter.said.pk), *recordings.rows(voices, submission=matter.said.pk)]
        try:
            album.shelve(files, day=today)
            batch.run(lambda parts=(ready.receipt, identity, matter, rows): _write(*parts))
            return Accepted(matter.matter.number, ready.code, True, matter.said.pk, word.history)
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


def _before(ready: receipts.Ready, word: Word) -> Accepted | None:
    """Return what the same request got before (重复提交), None for a new one."""
    receipt = receipts.known(ready)
    if receipt is None:
        return None
    said = Submission.objects.select_related("matter").get(receipt=receipt)
    return Accepted(said.matter.number, ready.code, False, said.pk, word.history)


def _write(receipt, identity, matter, files) -> None:
    receipt.save(force_insert=True)
    if identity is not None:
        identity.save(force_insert=True)
    write(matter)
    for row in files:
        row.save(force_insert=True)


def report(*, scope: Scope, text: str, key: str, mode: str = "confidential", **parts: Any) -> Accepted:
    """Take in a correspondent's report (信息员上报); the reporter finds it again under 我的上报."""
    if not scope.can(Action.REPORT):
        raise Forbidden(_("没有上报"), why=_("您的岗位没有上报的权限"))
    if mode == ANONYMOUS:
        mode = "confidential"
    return submit(channel="correspondent", mode=mode, text=text, key=key, name=scope.name, person=scope.person, **parts)


def register(*, scope: Scope, channel: str, text: str, key: str, mode: str = "named", **parts: Any) -> Accepted:
    """Register a letter, a visit or a call (登记来信来访来电) on behalf of the speaker."""
    if not scope.can(Action.REGISTER):
        raise Forbidden(_("没有登记"), why=_("您的岗位没有登记来信来访的权限"))
    if mode != ANONYMOUS and not (parts.get("name") or parts.get("contact")):
        mode = ANONYMOUS
    return submit(channel=channel, mode=mode, text=text, key=key, **parts)


def _one_of(value: str, known: dict, what: str, *, empty: bool = False) -> str:
    if value in known or (empty and not value):
        return value
    raise UserError(_("没有提交"), why=_("没有这样的%s") % what, next=_("请从列表里选择"), code="choice")


def _small(value: Any, most: int, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise UserError(_("没有提交"), why=_("%(what)s须是 0 到 %(most)d 的整数") % {"what": what, "most": most},
                        next=_("请改一下"), code="number")
    return value


def _received(day: date | None, today: date) -> date:
    if day is not None and day > today:
        raise UserError(_("没有登记"), why=_("收到日期在今天之后"), next=_("请核对日期"), code="future")
    if day is not None and day.year < 1950:
        raise UserError(_("没有登记"), why=_("收到日期太早"), next=_("请核对日期"), code="past")
    return day or today


def _moment(day: date | None, today: date, now: datetime) -> datetime:
    return now if day is None or day == today else datetime.combine(day, time(12), clock.LOCAL)


def _unit(unit: str | int | None) -> int | None:
    if unit in (None, "", 0):
        return None
    return _unit_of(unit if isinstance(unit, int) else str(unit)[:33])


@remembered
def _unit_of(unit: str | int) -> int:
    rows = Unit.objects.filter(closed=None)
    found = rows.filter(pk=min(unit, 2**63 - 1)) if isinstance(unit, int) else rows.filter(code=unit)
    pk = None if isinstance(unit, str) and not unit.isprintable() else found.values_list("pk", flat=True).first()
    if pk is None:
        raise UserError(_("没有提交"), why=_("没有这个单位"), next=_("请从列表里选择单位，或不填"), code="unit")
    return pk


def _body(word: Word, name: str, contact: str, files: Sequence[bytes]) -> str:
    """Return the content a key stands for (内容摘要的原文); days and moments don't belong to it."""
    parts = [word.channel, word.mode, word.text, word.unit, word.category, word.kind, word.title, word.place,
             word.hint, word.affected, word.danger, word.register, name, contact]
    parts += [hashlib.sha256(file).hexdigest() for file in files if file]
    return json.dumps(parts, ensure_ascii=False)
