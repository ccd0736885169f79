"""The steps of a visit (五个环节): each is taken once, with time, post and evidence, and has a fact of its own."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.services import assign
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import contacts as rule
from sangesan.method.authority import Scope
from sangesan.method.contacts import Step
from sangesan.method.facts import (
    SYSTEM,
    Actor,
    VisitFedBack,
    VisitMade,
    VisitRegistered,
    VisitReported,
    VisitSettled,
)
from sangesan.organization.notices.services import notify
from sangesan.organization.people.queries import posts_of
from sangesan.organization.units.models import Line, Unit

from .. import roads
from ..models import Taken, Visit
from ..queries.access import carries, mine_to_confirm, visit_for
from ..queries.standing import standing_steps

PROBLEM = "contact_problem"
DAYS, LONGEST = 7, 300
FACTS = {Step.REGISTER: VisitRegistered, Step.REPORT: VisitReported, Step.SETTLE: VisitSettled,
         Step.FEED_BACK: VisitFedBack}


def begin(visit: Visit, scope: Scope) -> None:
    """Take the first two steps (联系、登记): both lie in the record itself."""
    at = clock.now() if visit.day == clock.today() else datetime.combine(visit.day, time(12), clock.LOCAL)
    made = VisitMade(occurred_at=at, quantity=max(1, visit.heard), found=int(visit.found), form=visit.form,
                     late=int(rule.late(visit.day, clock.today())), **_of(visit))
    _write(visit, Step.CONTACT, record(made, actor=scope.actor), scope.actor, scope.person, at=at)
    take(visit, Step.REGISTER, actor=scope.actor, person=scope.person)


def take(visit: Visit, step: Step, *, actor: Actor, person: int = 0, words: str = "", link: str = "") -> Taken:
    """Take a step (办一个环节) once. Raises Conflict for a second time."""
    words = words.strip()
    if len(words) > LONGEST:
        raise UserError(_("没有保存"), why=_("说明超过 %d 字") % LONGEST, next=_("请写短一些"), code="words")
    more: dict[str, Any] = {"link": link} if step == Step.REPORT else {}
    try:
        with transaction.atomic():
            fact = record(FACTS[step](occurred_at=clock.now(), **more, **_of(visit)), actor=actor, words=words)
            return _write(visit, step, fact, actor, person, words=words, link=link)
    except IntegrityError as fault:
        raise Conflict(_("没有保存"), why=_("这个环节已经办过"), next=_("请刷新页面")) from fault


def take_road(visit: Visit, scope: Scope, road: str, *, key: str, lead: str = "", due: date | None = None) -> None:
    """Send a problem on its way (上报): to a unit as a duty, along a hung road, or settle it on the spot."""
    if road == "spot":
        take(visit, Step.REPORT, actor=scope.actor, person=scope.person, words=_("当场解决"))
        take(visit, Step.SETTLE, actor=scope.actor, person=scope.person)
        return _ask_unit(visit)
    link = _assigned(visit, scope, lead, due) if road == "duty" else roads.of(road)(scope, visit, key)
    take(visit, Step.REPORT, actor=scope.actor, person=scope.person, link=link)


def _assigned(visit: Visit, scope: Scope, lead: str, due: date | None) -> str:
    unit = Unit.objects.filter(code=lead, closed=None).first() if lead else visit.pair.unit
    if unit is None or unit.line != Line.ADMINISTRATION.value:
        raise UserError(_("没有登记"), why=_("没有这个单位"), next=_("请从列表里选择承办单位"), code="lead")
    day = due or clock.today() + timedelta(days=DAYS)
    made = assign(kind=PROBLEM, subject=visit.subject, code="1", title=visit.text.replace("\n", " ")[:120], unit=unit,
                  line=Line.ADMINISTRATION.value, due=datetime.combine(day, time(18), clock.LOCAL), actor=scope.actor,
                  counterpart=visit.pair.unit if unit.pk != visit.pair.unit_id else None,
                  note=visit.text if len(visit.text) > 120 else "")
    return made.subject


@transaction.atomic
def report(*, scope: Scope, visit: int, road: str, key: str, lead: str = "", due: date | None = None) -> Visit:
    """Pass a problem on afterwards (补上报), where the visit did not say where it goes."""
    found = _mine(scope, visit)
    take_road(found, scope, road, key=key, lead=lead, due=due)
    return found


@transaction.atomic
def settle(*, scope: Scope, visit: int, words: str) -> Taken:
    """Say how it was seen to (登记落实), in one sentence."""
    found = _mine(scope, visit)
    if not words.strip():
        raise UserError(_("没有保存"), why=_("没有写怎么落实的"), next=_("请写一句话"), code="words")
    made = take(found, Step.SETTLE, actor=scope.actor, person=scope.person, words=words)
    _ask_unit(found)
    return made


@transaction.atomic
def confirm(*, scope: Scope, visit: int, words: str = "") -> Taken:
    """Confirm for the unit that it was told (确认反馈): by the unit or its branch, never by the visitor."""
    found = visit_for(scope, visit)
    if not mine_to_confirm(scope, found):
        raise Forbidden(_("没有确认"), why=_("反馈由被联系的单位确认"))
    if Step.SETTLE.value not in standing_steps(found):
        raise Conflict(_("没有确认"), why=_("还没有落实"), next=_("请等落实以后再确认"))
    return take(found, Step.FEED_BACK, actor=scope.actor, person=scope.person, words=words)


@transaction.atomic
def answered(*, subject: str, words: str = "") -> int:
    """Note that what a problem became has been answered or done (对方已办): the step 落实, and the unit is asked.

    `words` say how a duty was done; those of a matter stay with the matter.
    """
    rows = Taken.objects.filter(link=subject, step=Step.REPORT.value, withdrawn_at=None).select_related("visit__pair")
    made = 0
    for row in rows:
        if Step.SETTLE.value not in standing_steps(row.visit):
            take(row.visit, Step.SETTLE, actor=SYSTEM, link=subject, words=words)
            _ask_unit(row.visit)
            made += 1
    return made


def followed(sender: object, *, duty: Duty, **_said: object) -> None:
    """Follow the duty a problem became (随交办事项变动): done settles the step, taken back opens it again."""
    if duty.origin.kind != PROBLEM:
        return
    done = duty.happenings.filter(what="done", withdrawn_at=None).first()
    if done is not None:
        answered(subject=duty.subject, words=done.words)
        return
    for row in Taken.objects.filter(link=duty.subject, step=Step.SETTLE.value, withdrawn_at=None):
        Taken.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
        reverse(row.fact, reason="mistake", actor=SYSTEM)


def _mine(scope: Scope, visit: int) -> Visit:
    found = visit_for(scope, visit)
    if not carries(scope, found.pair):
        raise Forbidden(_("没有办成"), why=_("这个联系点不是您联系的"))
    if not found.found:
        raise Conflict(_("没有办成"), why=_("这次联系没有发现问题，不需要这一步"))
    return found


def _ask_unit(visit: Visit) -> None:
    heads = [post.pk for post in posts_of(visit.pair.unit_id, clock.today()) if post.head]
    notify(posts=heads, subject=visit.subject, kind="visit.to_confirm")


def _of(visit: Visit) -> dict[str, str]:
    return {"subject": visit.subject, "unit": visit.path, "counterpart": visit.office_path}


def _write(visit: Visit, step: Step, fact: int, actor: Actor, person: int, *, words: str = "", link: str = "",
           at: datetime | None = None) -> Taken:
    return Taken.objects.create(visit=visit, step=step.value, at=at or clock.now(), words=words, link=link,
                                post=actor.slug.removeprefix("post:")[:60], person=person, fact=fact)
