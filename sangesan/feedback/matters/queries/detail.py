"""One matter in full (事项详情): timeline, dialogue, who handled it, who spoke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.feedback.speakers.models import Identity
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Scope
from sangesan.method.facts import SPEAKER, SYSTEM
from sangesan.method.papers import paper
from sangesan.organization.people.models import Post

from ..models import Assignment, Matter, Message, Submission
from ..words import RATINGS
from .access import visible
from .ordering import AT, ENDING, FROM_SPEAKER, TO_SPEAKER, Deeds, Place, deeds_placed, in_order, within, words_placed
from .veil import unveiled

NAMES = {
    "matter.received": lazy("登记"), "matter.graded": lazy("研判定级"), "matter.dispatched": lazy("派单"),
    "matter.signed_in": lazy("签收"), "matter.returned": lazy("退回"), "matter.extended": lazy("延期"),
    "matter.first_answered": lazy("首次答复"), "matter.planned": lazy("报措施"), "matter.answered": lazy("答复"),
    "matter.called_back": lazy("回访"), "matter.rated": lazy("评价"), "matter.closed": lazy("办结"),
    "matter.reopened": lazy("重新办理"), "matter.overdue": lazy("超期"), "matter.merged": lazy("并案"),
    "matter.declined": lazy("不予受理"), "matter.withdrawn": lazy("撤回"), "matter.supervised": lazy("督办"),
    "matter.suspended": lazy("挂起"), "matter.second_review": lazy("复查"), "identity.opened": lazy("查看身份"),
    "identity.erased": lazy("删除姓名"),
    "matter.objected": lazy("异议"), "matter.led": lazy("包案"), "matter.advised": lazy("提出建议"),
    "matter.linked": lazy("关联初次件"), "matter.review_asked": lazy("申请复查"), "matter.described": lazy("更正登记"),
    "matter.progressed": lazy("报进展"), "matter.progress_missed": lazy("缺报进展"), "warning.called": lazy("值班电话"),
    "document.issued": lazy("印发文书"), "matter.cleared": lazy("到期清除"), "fact.reversed": lazy("更正"),
}

PRECISELY = {
    "matter.graded": {"raised": lazy("调级"), "lowered": lazy("降级"), "kept": lazy("核对等级"),
                      "confirmed": lazy("确认险情"), "late": lazy("超期升级"), "merged": lazy("并案后从重定级"),
                      "repeated": lazy("重复反映升级")},
    "matter.overdue": {"unconfirmed": lazy("险情超时没有确认")},
    "matter.suspended": {"resumed": lazy("恢复办理")},
    "fact.reversed": {"extended": lazy("不计超期（按时申请，延期获准）"),
                      "suspended": lazy("不计超期（按时申请，挂起获准）"),
                      "by_phone": lazy("不计超期（按时电话签收）"),
                      "passed_up": lazy("不计超期（到期前已转送上级单位）"),
                      "withdrawn": lazy("撤销督办（引起督办的超期已不计）")},
    "matter.returned": {"moved": lazy("裁定改派"), "upheld": lazy("裁定由原单位办"), "recused": lazy("回避收回")},
    "matter.objected": {"asked": lazy("提出异议"), "agreed": lazy("转送单位同意退回"),
                        "refused": lazy("转送单位不同意退回")},
    "matter.supervised": {"waived": lazy("不予督办"), "result": lazy("回告督办结果"), "ended": lazy("结束督办")},
    "matter.led": {"taken_on": lazy("领导包案"), "concluded": lazy("包案结案")},
    "matter.second_review": {"uphold": lazy("复查维持"), "change": lazy("复查变更"), "redo": lazy("责令重新办理"),
                             "hearing": lazy("举行听证"), "heard": lazy("听证结束"), "end": lazy("终结"),
                             "passed_up": lazy("转送上级单位审理")},
}
"""What a step was, where the kind of its fact alone leaves it open (按原因的说法)."""
_THIRD = {("matter.second_review", "uphold"): lazy("复核维持"), ("matter.second_review", "change"): lazy("复核变更"),
          ("matter.review_asked", ""): lazy("申请复核")}


@dataclass(frozen=True)
class Entry:
    """A line of the timeline (过程): what, when (a moment or a day), by which post, in what words, in which place."""

    name: str
    kind: str
    day: date
    at: datetime | None
    who: str
    text: str = ""
    grade: str = ""
    late: bool = False
    place: Place = field(kw_only=True)


def dialogue(matter: Matter) -> list[Message]:
    """Return the words exchanged with the speaker (往来), oldest first."""
    rows = matter.messages.filter(kind__in=TO_SPEAKER + FROM_SPEAKER)
    return in_order(rows, matter)


def timeline(matter: Matter) -> list[Entry]:
    """Return what happened (办理过程), from the ledger and the messages, oldest first.

    What speakers did stands there by day only; until the night it comes from its own row.
    """
    facts, messages = list(history(matter.subject)), sorted(matter.messages.all(), key=attrgetter("pk"))
    answered = {int(fact.content["reverses"]) for fact in facts if fact.kind == "fact.reversed"}
    titles = dict(Post.objects.filter(code__in={f.actor[5:] for f in facts if f.actor.startswith("post:")})
                  .values_list("code", "title"))
    posts = {m.post for m in messages if m.post}
    titles |= dict(Post.objects.filter(code__in=posts - set(titles)).values_list("code", "title"))
    ratings, reviews = list(matter.ratings.all()), list(matter.reviewed.all())
    ends = [at for fact in facts if fact.kind in ENDING and (at := _moment(fact.content["occurred_at"]))]
    deeds, words = deeds_placed(ratings, reviews, messages, ends), words_placed(messages, reviews)
    entries = [_of_fact(fact, titles, deeds, wrong=fact.id in answered) for fact in facts]
    entries += [_unrecorded(deeds, "matter.received", said.day) for said in matter.submissions.filter(recorded=False)]
    for rating in (one for one in ratings if not one.recorded):
        entries.append(_unrecorded(deeds, "matter.rated", rating.day, rating=rating.rating))
        if rating.reopens:
            entries.append(_unrecorded(deeds, "matter.reopened", rating.day))
    entries += [_unrecorded(deeds, "matter.review_asked", asked.asked_on, round=asked.round)
                for asked in reviews if not asked.recorded]
    entries += [_of_message(m, titles, words[m.pk]) for m in messages]
    return sorted(_together(entries), key=lambda one: (one.place, one.kind in TO_SPEAKER))


def _together(entries: list[Entry]) -> list[Entry]:
    """Return the lines with what came on one day as one (同日登记合为一行): five voices are no five steps."""
    came = [one for one in entries if one.kind == "matter.received" and not one.text]
    count, first = Counter(one.day for one in came), {one.day: one for one in reversed(came)}
    named = [replace(one, name=_("%(name)s %(n)d 份") % {"name": one.name, "n": count[day]}) if count[day] > 1 else one
             for day, one in first.items()]
    return [one for one in entries if one not in came] + named


def _unrecorded(deeds: Deeds, kind: str, day: date, **content: object) -> Entry:
    """Return the line of what a speaker did and the ledger has not heard of yet (未入账)."""
    said = str(RATINGS[str(content["rating"])]) if "rating" in content else ""
    return Entry(_named(kind, content), kind, day, None, _("反映人"), said, place=_standing(deeds, kind, day, content))


def _standing(deeds: Deeds, kind: str, day: date, content: Mapping[str, object], at: datetime | None = None) -> Place:
    """Return where a step stands (先后): by its moment, and where none is kept by what it followed."""
    places = deeds.get((kind, day, content.get("rating") or content.get("round"))) if at is None else None
    return places.pop(0) if places else (within(day, at, first=kind == "matter.received"), AT)


def _of_fact(fact, titles: dict[str, str], deeds: Deeds, *, wrong: bool = False) -> Entry:
    content = fact.content
    issued = paper(str(content["paper"])) if fact.kind == "document.issued" else None
    at = None if fact.actor == SPEAKER.slug or fact.kind == "matter.received" else _moment(content["occurred_at"])
    name = _("印发%s") % issued.name if issued else _named(fact.kind, content)
    return Entry(name, fact.kind, fact.day, at, _who(fact.actor, titles),
                 grade=str(content.get("grade", "")) if fact.kind == "matter.graded" else "",
                 late=not wrong and (content.get("in_time") == 0 or fact.kind == "matter.overdue"),
                 place=_standing(deeds, fact.kind, fact.day, content, at))


def _named(kind: str, content: Mapping[str, object]) -> str:
    """Return what a step is called (步骤名称)."""
    reason = str(content.get("reason", ""))
    third = _THIRD.get((kind, reason)) if content.get("round") == 3 else None
    return third or PRECISELY.get(kind, {}).get(reason) or NAMES.get(kind, kind)


def _of_message(message: Message, titles: dict[str, str], place: Place) -> Entry:
    names = {"first_answer": _("首次答复内容"), "answer": _("答复内容"), "plan": _("措施"), "note": _("进展"),
             "told": _("告知"), "extended": _("延期说明"), "question": _("询问"), "reply": _("反映人补充"),
             "reviewed": _("复查复核意见"),
             "remark": _("交办要求"), "ruling": _("意见"), "reason": _("理由"), "call_back": _("回访记录"),
             "closing": _("同意办结"), "described": _("更正前")}
    who = titles.get(message.post, "") or (_("反映人") if message.kind in FROM_SPEAKER else "")
    return Entry(names.get(message.kind, message.kind), message.kind, message.day, message.at, who, message.text,
                 place=place)


def _who(actor: str, titles: dict[str, str]) -> str:
    if actor == SPEAKER.slug:
        return _("反映人")
    if actor == SYSTEM.slug:
        return _("系统")
    return titles.get(actor[5:], actor[5:])


def _moment(text: object) -> datetime | None:
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else None


def identities(matter: Matter) -> list[tuple[int, Identity]]:
    """Return the kept identities of a matter's speakers (身份), with their submission; an erased one is none."""
    rows = matter.submissions.exclude(mode="anonymous").values_list("pk", "receipt_id")
    kept = {i.receipt_id: i for i in Identity.objects.filter(receipt__in=[r for __, r in rows]).exclude(sealed=b"")}
    return [(pk, kept[receipt]) for pk, receipt in rows if receipt in kept]


def left_by(said: Iterable[Submission]) -> list[tuple[Submission, Identity]]:
    """Return what these speakers left of themselves (所留身份), with what they said; an erased one among them."""
    rows = {one.receipt_id: one for one in said}
    return [(rows[kept.receipt_id], kept) for kept in Identity.objects.filter(receipt__in=rows)]


def submissions(scope: Scope, matter: Matter) -> list[Submission]:
    """Return all that was said (全部诉说): of this matter and of those joined to it that the scope sees.

    `parts` of each is what the scope may read; `text` is for whoever computes with it.
    """
    joined = visible(scope).filter(parent=matter)
    rows = Submission.objects.filter(Q(matter=matter) | Q(matter__in=joined), withdrawn=None)
    rows = rows.select_related("unit", "matter").prefetch_related("attachments", "recordings", "enclosures")
    return unveiled(scope, rows.order_by("day", "pk"), matter)


def helping(matter: Matter) -> list[Assignment]:
    """Return the units that help (协办单位)."""
    return list(matter.assignments.filter(leads=False, until=None).select_related("unit"))


def waiting(matter: Matter) -> dict[str, Any]:
    """Return what waits for a decision (待决): the answer, the extension, the lighter grade, as it was written."""
    return {
        "answer": matter.answers.filter(outcome="waiting").first(),
        "extension": matter.extensions.filter(outcome="waiting").first(),
        "regrading": matter.regradings.filter(outcome="waiting").first(),
        "pause": matter.pauses.filter(outcome="waiting").first(),
        "objection": matter.objections.filter(outcome="waiting").first(),
    }
