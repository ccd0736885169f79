"""Minutes (会议纪要): composed once when a meeting is closed, kept as evidence, drawn from it ever after."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sangesan.execution.duties.words import WORDS
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.ledger.evidence.queries import text_of
from sangesan.method.papers import day_said
from sangesan.organization.documents.queries import Told
from sangesan.organization.people.models import Post

from ..models import Attendee, Correction, Item, Meeting
from .agenda import Agenda, Line, decisions_of
from .roster import roll, rows


@dataclass(frozen=True)
class Minutes:
    """What the page of a closed meeting shows (会后): finished words or None, decisions as they stand now."""

    content: dict[str, Any] | None
    decisions: list[tuple[Item, Line | None]]
    corrections: list[Correction]
    roster: list[Attendee]
    present: int
    expected: int


def minutes_of(meeting: Meeting) -> Minutes:
    """Return what came of a meeting (会后情况)."""
    items = list(meeting.items.filter(what="decision").select_related("post__unit").order_by("place"))
    stands = decisions_of(meeting)
    return Minutes(_kept(meeting), [(item, stands.get(item.duty_id)) for item in items],
                   list(meeting.corrections.all()), rows(meeting), *roll(meeting))


def _kept(meeting: Meeting) -> dict[str, Any] | None:
    kept = text_of(meeting.words) if meeting.words else None
    return None if kept is None else json.loads(kept)


def told(meeting: Meeting) -> Told:
    """Return the minutes as a paper (纪要文书), with what was corrected later. Raises NotFound when erased."""
    content = _kept(meeting)
    if content is None:
        raise NotFound(_("没有找到这份纪要"), why=_("会议还没有结束，或者内容已到期清除"))
    notes = [_("更正（%(day)s）：%(text)s") % {"day": f"{clock.local(one.at):%Y-%m-%d}", "text": one.text}
             for one in meeting.corrections.all()]
    if meeting.annulled_at:
        notes.append(_("本次会议记录已作废。"))
    return Told(None, content | {"notes": notes}, "")


def composed(meeting: Meeting, agenda: Agenda) -> dict[str, Any]:
    """Return the minutes (纪要文稿) from what was entered: conclusions only, nothing of who said what."""
    present, expected = roll(meeting)
    begins, ended = clock.local(meeting.begins), clock.local(meeting.ended)
    titles = dict(Post.objects.filter(code__in=[meeting.chair, meeting.recorder]).values_list("code", "title"))
    head = [
        (_("时间"), f"{day_said(begins.date())} {begins:%H:%M}—{ended:%H:%M}"), (_("地点"), meeting.place),
        (_("主持"), titles.get(meeting.chair, "")), (_("记录"), titles.get(meeting.recorder, "")),
        (_("到会"), _("应到 %(expected)d 人，到会 %(present)d 人") % {"expected": expected, "present": present}),
        *_away(rows(meeting)),
    ]
    parts = [{"kind": "flush", "text": f"{word}：{said}"} for word, said in head if said]
    items = list(meeting.items.select_related("post__unit").order_by("place"))
    sections = [(word, made) for word, made in (
        (_("上次决定落实情况"), [_stood(n, line) for n, line in enumerate(agenda.decisions, 1)]),
        (_("议题"), [_numbered(n, i.text) for n, i in enumerate(_of(items, "topic"), 1)]),
        (_("会议结论"), [_numbered(n, i.text) for n, i in enumerate(_of(items, "conclusion"), 1)]),
        (_("会议决定"), [_decided(n, i) for n, i in enumerate(_of(items, "decision"), 1)]),
    ) if made]
    for number, (word, made) in enumerate(sections):
        parts += [{"kind": "h1", "text": f"{_('一二三四')[number]}、{word}"}, *made]
    return {"form": "letter", "org": f"{meeting.unit.name}{_('会议纪要')}", "number": "", "title": meeting.title,
            "signer": meeting.unit.name, "date": day_said(begins.date()), "parts": parts, "subject": ""}


def _of(items: list[Item], what: str) -> list[Item]:
    return [item for item in items if item.what == what]


def _away(roster: list[Attendee]) -> list[tuple[str, str]]:
    words = (("substitute", _("代会")), ("excused", _("请假")), ("absent", _("缺席")), ("guest", _("列席")))
    found = []
    for standing, word in words:
        said = [f"{one.person.name}（{one.reason}）" if one.reason else one.person.name
                for one in roster if one.standing == standing]
        found.append((word, "、".join(said)))
    return found


def _numbered(number: int, text: str) -> dict[str, str]:
    return {"kind": "p", "text": f"{number}. {text}"}


def _stood(number: int, line: Line) -> dict[str, str]:
    said = f"{number}. {line.duty.origin.title}（{line.owner}）：{WORDS[line.status][0]}"
    return {"kind": "p", "text": f"{said}，{line.words}" if line.words else f"{said}。"}


def _decided(number: int, item: Item) -> dict[str, str]:
    said = _("%(n)d. %(text)s——%(owner)s，%(due)s前完成。") % {
        "n": number, "text": item.text.rstrip("。"), "owner": item.owner, "due": day_said(item.due)}
    return {"kind": "p", "text": said}

