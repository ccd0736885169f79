"""Another date (改期): who has it to do asks with a reason, another who stands over it agrees or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.method.facts import Actor
from sangesan.organization.notices.services import fulfilled, notify

from .. import kinds
from ..models import Asking, Duty
from ..queries.detail import settlement_of
from ..queries.holders import above, answering
from .moving import WHY_MOVED, move

FURTHEST = timedelta(days=366)
ASKED, DECIDED = "duty.move_asked", "duty.move_decided"


@transaction.atomic
def ask(*, duty: Duty, actor: Actor, person: int, due: date, why: str, words: str) -> Asking:
    """Ask for another date (申请改期); the hour stays. The head above is told; all who stand over it see it."""
    _here(duty)
    chief = above(duty, person)
    moment = datetime.combine(due, clock.local(duty.due).time(), clock.LOCAL)
    return lodge(duty=duty, actor=actor, person=person, due=moment, why=why, words=words,
                 tell=[chief.pk] if chief else [])


@transaction.atomic
def decide(*, duty: Duty, actor: Actor, person: int, agreed: bool) -> Asking:
    """Agree to another date or not (答复改期); never who asked, nor who answers for it."""
    _here(duty)
    asking = duty.askings.filter(decided_at=None).first()
    if asking is not None and (person == asking.person or person in answering(duty)):
        raise _refused(_("改期要另一个人同意"), _("请上级或交办的人答复"))
    return answer(duty=duty, actor=actor, person=person, agreed=agreed)


@transaction.atomic
def lodge(*, duty: Duty, actor: Actor, person: int, due: datetime, why: str, words: str, tell: Iterable[int],
          subject: str = "") -> Asking:
    """Put an application down (登记申请), for this page or a room's own, which says who may ask and who is told."""
    words = words.strip()
    if why not in WHY_MOVED or not words or len(words) > 300:
        raise _refused(_("没有写改期的原因，或超过 300 字"), _("请选一项并写一句话"))
    if settlement_of(duty) is not None:
        raise Conflict(_("没有申请"), why=_("这件事已经了结"))
    if duty.due <= clock.now():
        raise _refused(_("原定的时间已经过了"), _("请办结，按迟办计；不该办的，请上级免办"))
    if due <= duty.due or clock.local(due).date() > clock.today() + FURTHEST:
        raise _refused(_("新的日期要在原来的日期之后、一年以内"), _("请另选一天"))
    try:
        with transaction.atomic():
            made = Asking.objects.create(duty=duty, due=due, why=why, words=words, at=clock.now(), person=person,
                                         post=actor.slug.removeprefix("post:")[:40])
    except IntegrityError:
        raise Conflict(_("没有申请"), why=_("上一次申请还没有答复")) from None
    notify(persons=tell, subject=subject or duty.subject, kind=ASKED)
    return made


@transaction.atomic
def answer(*, duty: Duty, actor: Actor, person: int, agreed: bool, subject: str = "") -> Asking:
    """Answer what waits (答复申请), once; the caller has said that this person may."""
    asking = duty.askings.filter(decided_at=None).first()
    if asking is None:
        raise Conflict(_("没有办成"), why=_("没有待答复的申请"))
    if not Asking.objects.filter(pk=asking.pk, decided_at=None).update(decided_at=clock.now(), agreed=agreed):
        raise Conflict(_("没有办成"), why=_("刚才已经答复"))
    if agreed:
        move(duty=duty, due=asking.due, why=asking.why, words=asking.words, asked_by=Actor.post(asking.post),
             asked_person=asking.person, actor=actor, person=person)
    fulfilled(subject=subject or duty.subject, kinds=[ASKED])
    notify(persons=[asking.person], subject=subject or duty.subject, kind=DECIDED)
    asking.refresh_from_db()
    return asking


def _here(duty: Duty) -> None:
    """Refuse what a room's own page asks and answers (专页办理), by that room's rule of who may."""
    if not kinds.of(duty.origin.kind).moves:
        raise _refused(_("这一类事项在它自己的页面申请和答复改期"), _("请从来由的页面办理"))


def _refused(why: str, next: str) -> UserError:
    return UserError(_("没有改期"), why=why, next=next)
