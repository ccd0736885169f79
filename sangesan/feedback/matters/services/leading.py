"""A leader's own case (包案): five things fixed, progress kept, concluded under the leader's post."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope, excluded
from sangesan.method.facts import MatterLed
from sangesan.method.supervision import last_day_of_case
from sangesan.organization.people.queries import holders, scope_of

from .. import queries
from ..models import Case, CaseEntry, Matter
from ..queries.access import thing_of
from .steps import claim, reasoned, say, take, words


@transaction.atomic
def take_on(*, scope: Scope, number: str, leader: int, unit: int, hands: str, until: date, task: str,
            duty: str) -> Matter:
    """Give a matter to a leader (领导包案): 定领导、定人员、定时间、定任务、定责任; three months at most."""
    matter, _step = take(scope, number, "take_on")
    today = clock.today()
    if not today < until <= last_day_of_case(today):
        last = f"{last_day_of_case(today):%F}"
        raise UserError(_("没有包案"), why=_("化解时限应在明天到 %s 之间，最长三个月") % last,
                        next=_("请改一下日期"), code="until")
    post = next((p for p in queries.leading_posts() if p.pk == leader), None)
    person = next(iter(holders(leader, today)), 0) if post else 0
    if post is None or not person:
        raise UserError(_("没有包案"), why=_("没有这个领导岗位，或现在无人任职"), next=_("请从列表里选择"),
                        code="leader")
    if excluded(scope_of(person, today), thing_of(matter)):
        raise UserError(_("没有包案"), why=_("这位领导与事项有关，应当回避"), next=_("请另选一位领导"),
                        code="conflict_of_interest")
    task = words(task, what=_("化解方案"), longest=400)
    try:
        with transaction.atomic():
            Case.objects.create(
                matter=matter, leader=post.code, person=person, unit_id=unit, until=until, task=task,
                hands=words(hands, what=_("责任人"), longest=200), duty=words(duty, what=_("责任"), longest=400),
                taken_on=today, by=scope.person)
    except IntegrityError:
        raise Conflict(_("没有包案"), why=_("已经有领导包案")) from None
    claim(matter, None, scope=scope, action="take_on")
    _record(matter, scope, "taken_on", task)
    return matter


@transaction.atomic
def case_note(*, scope: Scope, number: str, text: str) -> Matter:
    """Note progress of a case (记包案进展)."""
    matter, _step = take(scope, number, "case_note")
    text, now = words(text, what=_("进展")), clock.now()
    case = matter.cases.get(signed_at=None)
    CaseEntry.objects.create(case=case, text=text, at=now, person=scope.person,
                             post=scope.posts[0].code if scope.posts else "")
    claim(matter, None, scope=scope, action="case_note")
    return matter


@transaction.atomic
def conclude(*, scope: Scope, number: str, text: str) -> Matter:
    """Conclude a case (包案结案): the leader signs what came of it."""
    matter, _step = take(scope, number, "conclude")
    text = words(text, what=_("化解结论"))
    case = matter.cases.get(signed_at=None)
    if not matter.cases.filter(pk=case.pk, signed_at=None).update(
            conclusion=text, signed_post=case.leader, signed_at=clock.now()):
        raise Conflict(_("没有办成"), why=_("这次包案刚刚结案"))
    claim(matter, None, scope=scope, action="conclude")
    say(matter, "note", text, scope=scope)
    _record(matter, scope, "concluded", text)
    return matter


def _record(matter: Matter, scope: Scope, reason: str, text: str) -> None:
    record(MatterLed(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason=reason),
           actor=scope.actor, words=reasoned(text[:400]))
