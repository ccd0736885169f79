"""Acceptance (受理) and what goes with it: the procedure, and objections to what was forwarded to us."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterDeclined, MatterObjected
from sangesan.method.terms import HANDLING, PROCEDURE_NAMES, Procedure, procedure_of

from .. import queries
from ..models import Matter, Objection
from . import clocks, terms
from .steps import claim, reasoned, say, take


def accept(matter: Matter, by: int) -> dict:
    """Accept a matter (受理) with its first dispatch and return what changes: a transfer never starts anew."""
    if matter.accepted_on is not None or matter.history:
        return {}
    matter.procedure = matter.procedure or procedure_of(matter.kind, repeated=matter.earlier_id is not None).value
    matter.accepted_on = clock.today()
    due = terms.begin(matter, "accepted", matter.accepted_on, by=by)
    terms.meet(matter, "accepted", by=by)
    matter.statutory_due = due[HANDLING[Procedure(matter.procedure)]]
    return {"procedure": matter.procedure, "accepted_on": matter.accepted_on, "statutory_due": matter.statutory_due}


@transaction.atomic
def procedure(*, scope: Scope, number: str, procedure: str, reason: str) -> Matter:
    """Handle by another procedure (改办理程序); the statutory clock keeps its first day, the speaker is told.

    Nobody is made late by it: a procedure whose term is over already is refused. The simple one is not extended, so
    what was asked for and not decided lapses.
    """
    matter, _step = take(scope, number, "procedure")
    reason = reasoned(reason)
    if procedure not in set(Procedure) or procedure == matter.procedure:
        raise UserError(_("没有改"), why=_("没有选择另一种程序"), next=_("请选择普通程序或简易程序"))
    if procedure == Procedure.SIMPLE and queries.visible(scope).filter(pk=matter.earlier_id).exists():
        raise Conflict(_("没有改"), why=_("重复件不适用简易程序"), next=_("请按普通程序办理"))
    before, changes = clocks.snapshot(matter), {"procedure": procedure}
    row = terms.handling(matter)
    if row is not None and terms.last_day(HANDLING[Procedure(procedure)], row.start) < clock.today():
        name = _(PROCEDURE_NAMES[Procedure(procedure)])
        raise Conflict(_("没有改"), why=_("从受理起算，按%s办理的法定期限已经过了") % name,
                       next=_("请按现在的程序办完"))
    matter.procedure = procedure
    if row is not None:
        terms.lift(matter, HANDLING.values(), by=scope.person, reason="procedure")
        terms.begin(matter, "accepted", row.start, by=scope.person)
        was, matter.statutory_due = matter.statutory_due, _as_before(matter, scope.person)
        changes |= {"statutory_due": matter.statutory_due, **clocks.within_law(matter, was)}
    if procedure == Procedure.SIMPLE:
        matter.extensions.filter(outcome="waiting").update(outcome="refused")
    claim(matter, None, scope=scope, action="procedure", **changes)
    clocks.keep(matter, before, "procedure", scope.person)
    if row is not None:
        say(matter, "told", _("改按%(name)s办理，法定期限到 %(day)s，原因：%(why)s") % {
            "name": _(PROCEDURE_NAMES[Procedure(procedure)]), "day": f"{matter.statutory_due:%F}", "why": reason},
            scope=scope)
    return matter


def _as_before(matter: Matter, by: int) -> date:
    """Return the last day of handling (办理时限) by a procedure just begun, as late as it had been moved before."""
    row = terms.handling(matter)
    stood = matter.terms.filter(code=row.code, start=row.start, lifted=True).aggregate(due=Max("due"))["due"]
    if stood and stood > row.due:
        terms.move(row, stood, "extended", by=by)
    return row.due


@transaction.atomic
def object(*, scope: Scope, number: str, reason: str) -> Matter:
    """Object to what was forwarded to us (提出异议) within five working days, with the reasons."""
    matter, _step = take(scope, number, "object")
    reason = reasoned(reason)
    try:
        with transaction.atomic():
            Objection.objects.create(matter=matter, reason=reason, by=scope.person, at=clock.now())
    except IntegrityError:
        raise Conflict(_("没有提出"), why=_("已经提出过异议")) from None
    terms.meet(matter, "objected", by=scope.person)
    claim(matter, None, scope=scope, action="object")
    record(MatterObjected(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason="asked"),
           actor=scope.actor, words=reason)
    return matter


@transaction.atomic
def hand_back(*, scope: Scope, number: str, told: str) -> Matter:
    """Hand it back (退回转送单位) once the sender agreed; the speaker is told where it went."""
    matter, step = take(scope, number, "hand_back")
    told = reasoned(told)
    _heard(matter, "agreed")
    claim(matter, step.target, scope=scope, action="hand_back", told=told)
    say(matter, "told", told, scope=scope)
    terms.meet(matter, "over", by=scope.person)
    now = clock.now()
    record(MatterObjected(subject=matter.subject, unit=matter.path, occurred_at=now, reason="agreed"),
           actor=scope.actor)
    record(MatterDeclined(subject=matter.subject, unit=matter.path, occurred_at=now, reason="handed_back"),
           actor=scope.actor)
    return matter


@transaction.atomic
def keep(*, scope: Scope, number: str) -> Matter:
    """Keep it (转送单位不同意退回): silence is no return, and a refusal even less."""
    matter, _step = take(scope, number, "keep")
    _heard(matter, "refused")
    claim(matter, None, scope=scope, action="keep")
    record(MatterObjected(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason="refused"),
           actor=scope.actor)
    return matter


def _heard(matter: Matter, outcome: str) -> None:
    waiting = matter.objections.filter(outcome="waiting")
    if not waiting.update(outcome=outcome, heard_on=clock.today()):
        raise Conflict(_("没有办成"), why=_("这次异议刚刚被处理过"))
