"""Settling (了结): a duty is done, waived or falls away, once; its fact is recorded with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.services import record, reverse
from sangesan.method.duty_status import counted_at
from sangesan.method.facts import Actor, DutyCancelled, DutyDone, DutyExempted, DutyLate

from .. import kinds
from ..models import Duty, Happening
from ..queries.detail import UNDO, settlement_of
from ..queries.holders import answering
from ..queries.standing import settled as settled_already
from ..queries.twins import twins
from ..signals import settled
from .telling import of_duty

LONGEST = 300
WHY_EXEMPT = ("shutdown", "holiday", "emergency", "merged", "leave", "other")


@transaction.atomic
def complete(
    *, duty: Duty, actor: Actor, at: datetime | None = None, words: str = "", person: int = 0, evidence: str = ""
) -> Happening:
    """Say that a duty is done (办结); `at` is when it really was, `words` one optional sentence.

    What is entered before the grace ends counts by when it was done, what comes later by when it
    was entered. The words are kept beside the fact as evidence, or the longer `evidence` that they sum up.
    Dates of the same rule that holidays put on the same day are done with it.
    """
    now = clock.now()
    at = at or now
    if at > now:
        raise _refused(_("办结的时间在现在之后"), _("请核对时间"))
    if at < duty.opens:
        raise _refused(_("这件事 %s 才开始") % f"{clock.local(duty.opens):%Y-%m-%d %H:%M}", _("请核对时间"))
    counted, words = counted_at(at, now, duty.closes), _short(words)
    owed = [duty, *twins(duty).filter(opens__lte=at).exclude(settled_already()).select_related("origin")]
    _hold(*owed)
    done = DutyDone if counted <= duty.due else DutyLate
    made, *_more = [
        _settle(one, "done", done(occurred_at=counted, **of_duty(one)), counted, actor, person, words=words,
                evidence=evidence, now=now)
        for one in owed]
    return made


@transaction.atomic
def exempt(*, duty: Duty, actor: Actor, why: str, words: str, person: int = 0) -> Happening:
    """Waive a duty (免办) for a reason: it leaves the denominator, and never by who has it to do."""
    if why not in WHY_EXEMPT:
        raise _refused(_("没有选免办的原因"), _("请选一项"))
    if not words.strip():
        raise _refused(_("没有写为什么免办"), _("请写一句话"))
    if person and person in answering(duty):
        raise _refused(_("自己的事不能自己免"), _("请上级免办"))
    _hold(duty)
    fact = DutyExempted(occurred_at=clock.now(), why=why, **of_duty(duty))
    return _settle(duty, "exempted", fact, clock.now(), actor, person, words=_short(words), reason=why)


@transaction.atomic
def cancel(*, duty: Duty, actor: Actor, why: str, words: str = "", person: int = 0) -> Happening:
    """Let a duty fall away (取消), for its cause did; `why` is a slug."""
    _hold(duty)
    fact = DutyCancelled(occurred_at=clock.now(), why=why, **of_duty(duty))
    return _settle(duty, "cancelled", fact, clock.now(), actor, person, words=_short(words), reason=why)


@transaction.atomic
def take_back(
    *, duty: Duty, actor: Actor, reason: str = "mistake", within: timedelta | None = UNDO, person: int = 0,
    words: str = "",
) -> None:
    """Take a settlement back (撤回) within ten minutes, or at any time where what it rested on fell (`within=None`).

    Its fact is reversed; the duty waits again. Raises Conflict when there is nothing to take back, or it is too late.
    """
    last = settlement_of(duty)
    if last is None:
        raise Conflict(_("没有撤回"), why=_("这件事还没有了结"))
    if within is not None and last.what != "done":
        raise Conflict(_("没有撤回"), why=_("免办和取消不能由本人撤回"), next=_("请上级更正"))
    if within is not None and not kinds.of(duty.origin.kind).undoes(duty):
        raise Conflict(_("没有撤回"), why=_("这件事在它自己的页面办，那里的记录已经留下"), next=_("有错请到那里更正"))
    if within is not None and clock.now() - last.entered_at > within:
        raise Conflict(_("没有撤回"), why=_("已经过了 10 分钟"), next=_("确有错误的，请上级更正"))
    if not Happening.objects.filter(pk=last.pk, withdrawn_at=None).update(
            withdrawn_at=clock.now(), withdrawn_why=words):
        raise Conflict(_("没有撤回"), why=_("刚才已经撤回"))
    reverse(last.fact, reason=reason, actor=actor, words=words)
    settled.send(Duty, duty=duty)
    for one in Happening.objects.filter(duty__in=twins(duty), what=last.what, at=last.at, entered_at=last.entered_at,
                                        withdrawn_at=None).select_related("duty__origin"):
        take_back(duty=one.duty, actor=actor, reason=reason, within=None, words=words)


@transaction.atomic
def correct(*, duty: Duty, actor: Actor, words: str, person: int) -> None:
    """Put right what was settled wrongly (更正), with a reason and by a superior: it is reversed, the duty waits again.

    What was done on a page of its own is put right there; what fell away with its cause stays.
    """
    last = settlement_of(duty)
    if person in answering(duty):
        raise _refused(_("自己的事不能自己更正"), _("请上级更正"))
    if not words.strip():
        raise _refused(_("没有写错在哪里"), _("请写一句话"))
    if last is not None and last.what == "cancelled":
        raise Conflict(_("没有更正"), why=_("来由已经撤销，这件事不用办"), next=_("仍要办的，请重新交办"))
    if last is not None and last.what == "done" and kinds.of(duty.origin.kind).elsewhere(duty):
        raise Conflict(_("没有更正"), why=_("这件事在它自己的页面办"), next=_("请到那里更正"))
    take_back(duty=duty, actor=actor, within=None, person=person, words=_short(words))


def _hold(*owed: Duty) -> None:
    """Wait for whoever moves or hands over these duties (占住), then read whose they are and when they are due.

    A fact recorded before would name the unit and the time that were.
    """
    rows = Duty.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "post")
    try:
        for duty in sorted(owed, key=lambda one: one.pk):  # always in one order: two never wait for each other
            duty.refresh_from_db(fields=["unit", "post", "path", "due"], from_queryset=rows)
    except Duty.DoesNotExist as fault:
        raise Conflict(_("没有保存"), why=_("这件事已经撤下"), next=_("请刷新后查看")) from fault


def _settle(duty: Duty, what: str, fact, at: datetime, actor: Actor, person: int, *, words: str = "",
            reason: str = "", evidence: str = "", now: datetime | None = None) -> Happening:
    try:
        with transaction.atomic():
            made = Happening.objects.create(
                duty=duty, what=what, at=at, entered_at=now or clock.now(), reason=reason, words=words,
                post=actor.slug.removeprefix("post:")[:40], person=person,
                fact=record(fact, actor=actor, words=evidence or words))
    except IntegrityError as fault:
        raise Conflict(_("没有保存"), why=_("这件事已经了结"), next=_("请刷新后查看")) from fault
    settled.send(Duty, duty=duty)
    return made


def _short(words: str) -> str:
    words = words.strip()
    if len(words) > LONGEST:
        raise _refused(_("说明超过 %d 字") % LONGEST, _("请写短一些"))
    return words


def _refused(why: str, next: str) -> UserError:
    return UserError(_("没有保存"), why=why, next=next)
