"""Handling and answering (办理与答复): a first word, measures, the answer, and its approval."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterAnswered, MatterFirstAnswered, MatterPlanned, MatterProgressed
from sangesan.method.reviewing import repeats

from .. import queries
from ..models import Answer, Matter, Message
from ..queries.ordering import turn_of
from ..queries.progress import progress_of
from ..words import RESPONSIBLE
from . import clocks, terms
from .despairing import apart
from .pausing import lapse
from .recusing import heed_later, shut_hands
from .steps import claim, hold_still, say, take, words


@transaction.atomic
def first_answer(*, scope: Scope, number: str, text: str) -> Matter:
    """Give the speaker a first word (首次答复): heard, who looks into it, by when."""
    matter, _step = take(scope, number, "first_answer")
    text = words(text, what=_("首次答复"))
    claim(matter, None, scope=scope, action="first_answer", only={"first_answered_at": None},
          first_answered_at=clock.now())
    say(matter, "first_answer", text, scope=scope)
    _first(matter, scope)
    return matter


def _first(matter: Matter, scope: Scope) -> None:
    record(MatterFirstAnswered(subject=matter.subject, unit=matter.path, occurred_at=clock.now(),
                               in_time=clocks.met(matter, "first_answer", scope.person),
                               quantity=clocks.weight(matter)), actor=scope.actor)


@transaction.atomic
def plan(*, scope: Scope, number: str, text: str, who: str = "", until: date | None = None) -> Matter:
    """Report the measures (报措施): what, by whom, until when."""
    matter, _step = take(scope, number, "plan")
    text = words(text, what=_("措施"))
    if until is not None and until < clock.today():
        raise UserError(_("没有保存"), why=_("完成时限早于今天"), next=_("请改一下日期"), code="past")
    if who := words(who, what=_("责任人"), longest=60, needed=False):
        text = f"{text}\n{RESPONSIBLE}{who}"
    if until is not None:
        text = _("%(text)s\n时限：%(day)s") % {"text": text, "day": f"{until:%F}"}
    claim(matter, None, scope=scope, action="plan", only={"planned_at": None}, planned_at=clock.now())
    say(matter, "plan", text, scope=scope)
    record(MatterPlanned(subject=matter.subject, unit=matter.path, occurred_at=clock.now(),
                         in_time=clocks.met(matter, "plan", scope.person), quantity=clocks.weight(matter)),
           actor=scope.actor)
    return matter


@transaction.atomic
def note(*, scope: Scope, number: str, text: str) -> Matter:
    """Note progress (记进展), for staff only."""
    matter, _step = take(scope, number, "note")
    owed = progress_of(matter)
    say(matter, "note", words(text, what=_("进展")), scope=scope)
    claim(matter, None, scope=scope, action="note")
    record(MatterProgressed(subject=matter.subject, unit=matter.path, occurred_at=clock.now(),
                            in_time=int(owed is None or clock.now() <= owed)), actor=scope.actor)
    return matter


@transaction.atomic
def draft(*, scope: Scope, number: str, text: str) -> Matter:
    """Submit the answer for approval (提交答复)."""
    matter, step = take(scope, number, "draft")
    text = words(text, what=_("答复"))
    ordered = matter.reviewed.order_by("-decided_at").filter(outcome="redo").first()
    if ordered is not None and repeats(ordered.answer, text):
        raise UserError(_("没有提交"), why=_("这份答复与复查撤销的答复相同，重新办理不能以同样的事实作同样的答复"),
                        next=_("请按复查意见重新核实后再写"), code="same")
    claim(matter, step.target, scope=scope, action="draft")
    try:
        with transaction.atomic():
            Answer.objects.create(matter=matter, text=text, author=scope.person, at=clock.now(),
                                  post=scope.posts[0].code if scope.posts else "")
    except IntegrityError:
        raise Conflict(_("没有提交"), why=_("已有一份答复在等审核")) from None
    return matter


def _judge(matter: Matter, outcome: str, scope: Scope, remark: str = "") -> Answer:
    waiting = matter.answers.filter(outcome="waiting")
    answer = waiting.first()
    if answer is None or not waiting.update(outcome=outcome, judge=scope.person, judged_at=clock.now(), remark=remark):
        raise Conflict(_("没有办成"), why=_("这份答复刚刚被处理过"), next=_("请刷新页面看最新情况"))
    return answer


@transaction.atomic
def take_back(*, scope: Scope, number: str) -> Matter:
    """Take back one's own answer (收回答复) within ten minutes."""
    matter, step = take(scope, number, "take_back")
    claim(matter, step.target, scope=scope, action="take_back")
    _judge(matter, "taken_back", scope)
    return matter


@transaction.atomic
def approve(*, scope: Scope, number: str, answer: int | None = None) -> Matter:
    """Approve the answer (同意答复); it goes to every speaker of the matter at once.

    `answer` is the draft that was read: where another stands in its place by now, nothing is approved. What was
    asked for and not decided lapses with it: opened again, a matter owes a new round, and nobody asked for that.
    """
    matter, step = take(scope, number, "approve")
    if answer is not None and not matter.answers.filter(pk=answer, outcome="waiting").exists():
        raise Conflict(_("没有办成"), why=_("这份答复已经换了一稿"), next=_("请看过现在这一稿再审核"))
    now, first = clock.now(), matter.first_answered_at is None
    punctual = clocks.met(matter, "due", scope.person)
    changes = {"first_answered_at": now} if first else {}
    claim(matter, step.target, scope=scope, action="approve", answered_at=now, answered_late=not punctual,
          rated="", called_back_at=None, **changes)
    judged = _judge(matter, "approved", scope)
    lapse(matter)
    matter.regradings.filter(outcome="waiting").update(outcome="refused")
    Message.objects.create(matter=matter, kind="answer", text=judged.text, day=clock.today(), at=now, post=judged.post,
                           person=judged.author)
    for event in ("told", "answered"):
        terms.meet(matter, event, by=scope.person)
    terms.begin(matter, "answered", clock.today(), by=scope.person)
    if first:
        _first(matter, scope)
    record(MatterAnswered(subject=matter.subject, unit=matter.path, occurred_at=now, in_time=punctual,
                          quantity=clocks.weight(matter)), actor=scope.actor)
    return matter


@transaction.atomic
def reject(*, scope: Scope, number: str, remark: str) -> Matter:
    """Send the answer back for better words (退回修改), saying what is missing."""
    matter, step = take(scope, number, "reject")
    remark = words(remark, what=_("修改意见"), longest=400)
    claim(matter, step.target, scope=scope, action="reject")
    _judge(matter, "rejected", scope, remark)
    say(matter, "reason", remark, scope=scope)
    return matter


@transaction.atomic
def reply(*, code: str | queries.Heard, text: str, key: str = "", about_handlers: bool = False) -> str:
    """Add a word of the speaker (反映人补充) to the dialogue; only its day is kept.

    A word of despair goes to the carers by itself; its own receipt is returned, '' for every other. `key` is the
    request key of one that came from outside. Where it is `about_handlers`, its speaker says so, whoever has the matter
    in hand is shut out before it stands there.
    """
    found = queries.opened(code)
    if found is None:
        raise NotFound()
    if not found.may("reply"):
        raise Conflict(_("没有保存"), why=_("事项已经办结，不能再补充"))
    text = words(text, what=_("补充内容"))
    hold_still(found.matter)
    if receipt := apart(found, text, key):
        return receipt
    hands_shut = about_handlers and shut_hands(found.matter)
    Message.objects.create(matter=found.matter, submission=found.submission, kind="reply", text=text,
                           day=clock.today(), turn=turn_of(found.matter, found.submission))
    heed_later(found.matter, text, found.submission, hands_shut=hands_shut)
    return ""
