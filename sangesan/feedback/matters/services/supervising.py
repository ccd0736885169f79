"""Supervision (督办): confirmed by a person, answered by the unit, ended when the result is back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.queries import entries
from sangesan.ledger.facts.services import record, reverse
from sangesan.method.authority import Role, Scope
from sangesan.method.facts import SYSTEM, Actor, MatterAdvised, MatterSupervised
from sangesan.method.supervision import ADVICE, TRIGGERS, WAYS
from sangesan.organization.units.models import Unit

from ..models import Advice, Matter, Supervision
from . import clocks
from .steps import claim, reasoned, say, take, words


@transaction.atomic
def supervise(*, scope: Scope, number: str, text: str, trigger: str = "", way: str = "letter") -> Matter:
    """Put a matter under supervision (督办), or confirm what the night proposed.

    Without a reason it is what was proposed, or, of a leader, that leader's instruction; the office names one.
    """
    matter, _step = take(scope, number, "supervise")
    text, now = reasoned(text), clock.now()
    proposed = matter.supervisions.filter(state="proposed").first()
    led = "instructed" if any(post.role is Role.LEADER for post in scope.posts) else ""
    trigger = trigger or (proposed.trigger if proposed else led)
    if trigger not in TRIGGERS or way not in WAYS:
        raise UserError(_("没有督办"), why=_("没有选择督办情形或方式"), next=_("请从列表里选择"), code="choice")
    row = proposed or Supervision(matter=matter)
    row.trigger, row.way, row.text, row.state = trigger, way, text, "open"
    row.opened_at, row.opened_by = now, scope.person
    row.save()
    claim(matter, None, scope=scope, action="supervise", supervised_at=now)
    say(matter, "ruling", text, scope=scope)
    _record(matter, trigger, scope.actor, text, office=row.by_office)
    return matter


@transaction.atomic
def propose(matter: Matter, trigger: str) -> bool:
    """Propose a supervision (提请督办) once for each reason and round; a person confirms it, only a late A needs none.

    Opened again, or given to another unit, a matter may be late anew; so may one whose lateness was none before.
    What lies proposed when an A is late becomes its supervision: nobody waits for a person to confirm the older reason.
    """
    at_once = matter.grade == "A" and trigger == "late"
    known = matter.supervisions.filter(trigger=trigger).exclude(state="withdrawn")
    if at_once:
        known = known.exclude(state="proposed")
    began = clocks.turn_began(matter)
    if began is not None:
        known = known.filter(Q(proposed_at__gt=began) | Q(opened_at__gt=began))
    stands = ["open"] if at_once else ["proposed", "open"]
    if known.exists() or matter.supervisions.filter(state__in=stands).exists():
        return False
    now = clock.now()
    if at_once:
        claim(matter, None, scope=None, action="supervise", only={"supervised_at": None}, supervised_at=now)
        opened = {"trigger": trigger, "way": "phone", "state": "open", "opened_at": now}
        Supervision.objects.update_or_create(matter=matter, state="proposed", defaults=opened)
        _record(matter, trigger, SYSTEM)
    else:
        Supervision.objects.create(matter=matter, trigger=trigger, state="proposed", proposed_at=now)
        claim(matter, None, scope=None, action="propose")
    return True


def drop_proposal(matter: Matter, *, scope: Scope | None, at: datetime | None = None) -> None:
    """Let a proposed supervision fall away (撤销建议督办): what is over, or left this flow, nobody can be pressed for.

    Of what a speaker took back the day alone is kept (`at`).
    """
    matter.supervisions.filter(state="proposed").update(
        state="withdrawn", remark=_("事项已办结或者转出，不再督办"), ended_at=at or clock.now(),
        ended_by=scope.person if scope else 0)


@transaction.atomic
def waive(*, scope: Scope, number: str, reason: str) -> Matter:
    """Waive what was proposed (不予督办), with a reason."""
    matter, _step = take(scope, number, "waive")
    office = _of_office(matter)
    _take(matter, "proposed", state="waived", remark=reasoned(reason), ended_at=clock.now(), ended_by=scope.person)
    claim(matter, None, scope=scope, action="waive")
    _record(matter, "waived", scope.actor, reason, office=office)
    return matter


@transaction.atomic
def write_back(*, scope: Scope, number: str, text: str) -> Matter:
    """Write back the result (回告督办结果): what was done about it, by whoever is supervised.

    What the petition office says of itself is no word of the unit's progress.
    """
    matter, _step = take(scope, number, "write_back")
    text, office = words(text, what=_("督办结果")), _of_office(matter)
    _take(matter, "open", result=text, result_at=clock.now(), result_by=scope.person)
    claim(matter, None, scope=scope, action="write_back")
    say(matter, "ruling" if office else "note", text, scope=scope)
    _record(matter, "result", scope.actor, text, office=office)
    return matter


@transaction.atomic
def end_supervision(*, scope: Scope, number: str) -> Matter:
    """End a supervision (结束督办) whose result is back."""
    matter, _step = take(scope, number, "end_supervision")
    office = _of_office(matter)
    _take(matter, "open", state="ended", ended_at=clock.now(), ended_by=scope.person)
    claim(matter, None, scope=scope, action="end_supervision", supervised_at=None)
    _record(matter, "ended", scope.actor, office=office)
    return matter


def withdraw_supervision(matter: Matter, *, scope: Scope) -> None:
    """Withdraw what the system opened (撤销督办) for a lateness that was none: nobody was supervised for anything."""
    _take(matter, "open", state="withdrawn", remark=_("引起督办的超期已不计"), ended_at=clock.now(),
          ended_by=scope.person)
    claim(matter, None, scope=scope, action="withdraw_supervision", supervised_at=None)
    told = [row.id for row in entries(kinds=["matter.supervised"], subject=matter.subject)
            if row.actor == SYSTEM.slug and row.content.get("reason") == "late"]
    for one in told[-1:]:
        reverse(one, reason="withdrawn", actor=scope.actor)


@transaction.atomic
def suggest(*, scope: Scope, number: str, kind: str, unit: int, text: str) -> Matter:
    """Make one of the three proposals (三项建议): improve the work, mend the rule, call to account."""
    matter, _step = take(scope, number, "suggest")
    text = words(text, what=_("建议内容"))
    if kind not in ADVICE or not Unit.objects.filter(pk=unit, closed=None).exists():
        raise UserError(_("没有提出"), why=_("没有选择建议种类，或没有这个单位"), next=_("请从列表里选择"),
                        code="choice")
    Advice.objects.create(matter=matter, kind=kind, unit_id=unit, text=text, at=clock.now(), by=scope.person,
                          post=scope.posts[0].code if scope.posts else "")
    claim(matter, None, scope=scope, action="suggest")
    record(MatterAdvised(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason=kind),
           actor=scope.actor, words=text)
    return matter


def _take(matter: Matter, stands: str, **changes) -> None:
    if not matter.supervisions.filter(state=stands).update(**changes):
        raise Conflict(_("没有办成"), why=_("这次督办刚刚被处理过"), next=_("请刷新页面看最新情况"))


def _of_office(matter: Matter) -> bool:
    """Return whether it is the petition office that is supervised (是否督办信访办)."""
    return any(one.by_office for one in matter.supervisions.filter(state__in=["proposed", "open"]))


def _record(matter: Matter, reason: str, actor: Actor, text: str = "", *, office: bool = False) -> None:
    """Record a supervision (督办记账): of the petition office under the enterprise, as its lateness is."""
    unit = matter.unit_path.partition("/")[0] + "/" if office else matter.path
    record(MatterSupervised(subject=matter.subject, unit=unit, occurred_at=clock.now(), reason=reason),
           actor=actor, words=text)
