"""Moving a due moment (改期): only with a reason, and agreed to by somebody else than who asks."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.facts import Actor, DutyMoved

from ..models import Duty, Happening
from ..queries.detail import settlement_of
from .telling import of_duty

WHY_MOVED = ("production", "safety", "help", "material", "absence", "other")


@transaction.atomic
def move(
    *, duty: Duty, due: datetime, why: str, words: str, asked_by: Actor, asked_person: int, actor: Actor, person: int,
) -> Happening:
    """Move the due moment of a duty (改期); the nominal date stays, and what it was is kept.

    `asked_person` asks and `person` agrees: they must be two. The grace keeps its length. What is already
    due stays so: the night has counted it, and a later date would excuse what was late.
    """
    if asked_person == person or asked_by == actor:
        raise _refused(_("改期要另一个人同意"), _("请上级或交办的人同意"))
    if why not in WHY_MOVED or not words.strip():
        raise _refused(_("没有写改期的原因"), _("请选一项并写一句话"))
    if due <= max(clock.now(), duty.opens):
        raise _refused(_("新的时间已经过了，或早于开始时间"), _("请填今后的时间"))
    if duty.due <= clock.now():
        raise _refused(_("原定的时间已经过了"), _("请办结，按迟办计；不该办的，请上级免办"))
    if settlement_of(duty) is not None:
        raise Conflict(_("没有改期"), why=_("这件事已经了结"))
    before, after = duty.due, due + (duty.closes - duty.due)
    if not Duty.objects.filter(pk=duty.pk, due=before).update(due=due, closes=after):
        raise Conflict(_("没有改期"), why=_("刚才已经改过"), next=_("请刷新后查看"))
    fact = record(DutyMoved(
        occurred_at=clock.now(), why=why, before=f"{clock.local(before):%Y-%m-%d}", to=f"{clock.local(due):%Y-%m-%d}",
        asked_by=asked_by.slug, **of_duty(duty)), actor=actor, words=words.strip())
    duty.due, duty.closes = due, after
    return Happening.objects.create(
        duty=duty, what="moved", at=clock.now(), entered_at=clock.now(), before=before, due=due, reason=why,
        words=words.strip()[:300], post=actor.slug.removeprefix("post:")[:40], person=person, fact=fact)


def _refused(why: str, next: str) -> UserError:
    return UserError(_("没有改期"), why=why, next=next)
