"""Change of grade (调级): upward by one person, downward only when a second agrees."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.services import record
from sangesan.method import grading
from sangesan.method.authority import Scope
from sangesan.method.facts import Actor, MatterGraded

from ..models import Matter, Regrading
from . import clocks
from .pausing import open_pause
from .steps import claim, reasoned, take


def chosen(urgency: int, importance: int, raised: str = "", *, danger: bool = False) -> str:
    """Return the grade of a choice (研判结果), never lighter than the table says."""
    overrides = {grading.Override.DANGER} if danger else set()
    try:
        table = grading.grade(urgency, importance, overrides, tables.in_force())
    except ValueError:
        raise UserError(_("没有定级"), why=_("紧急程度和重要程度只能是 1、2、3"), next=_("请重新选择")) from None
    return grading.graver(table, raised if raised in grading.NAMES else "")


def graded(matter: Matter, before: str, actor: Actor, reason: str = "", words: str = "") -> None:
    """Record a grading (定级记账)."""
    record(MatterGraded(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), grade=matter.grade,
                        before=before, urgency=matter.urgency, importance=matter.importance, reason=reason,
                        table=matter.table), actor=actor, words=words)


def risen(matter: Matter, before: str, by: int = 0) -> None:
    """Keep when a grade rose without a request of its own (自动升级): what it asks for counts from then."""
    Regrading.objects.create(matter=matter, urgency=matter.urgency, importance=matter.importance, before=before,
                             grade=matter.grade, proposed_by=by, at=clock.now())


def apply(matter: Matter, new: str, urgency: int, importance: int, *, scope: Scope | None, action: str,
          **changes) -> None:
    """Give a matter another grade (改级) and move its clocks; what is kept, paused or extended stays so (ADR 0059).

    The same grade changes neither them nor the version of the table they stand in.
    """
    before, was, waited = clocks.snapshot(matter), matter.grade, open_pause(matter)
    table = matter.table if new == was else tables.in_force().version
    matter.grade, matter.table = new, table
    running = matter.dispatched_at is not None and matter.answered_at is None
    stood, now = (before | clocks.held(waited), waited.decided_at) if waited else (before, clock.now())
    moved = clocks.graded_anew(matter, was, stood, now) if running else {}
    if waited is not None and moved:
        stops = {field: due for field, due in moved.items() if due and due > waited.decided_at}
        moved |= clocks.hold(waited, stops, "regraded", scope.person if scope else 0)
    matter.grade = was
    claim(matter, None, scope=scope, action=action, only={"grade": was}, grade=new, urgency=urgency,
          importance=importance, table=table, **changes, **moved)
    if moved:
        clocks.keep(matter, before, "regraded", scope.person if scope else 0)


@transaction.atomic
def regrade(*, scope: Scope, number: str, urgency: int, importance: int, reason: str) -> Matter:
    """Grade anew (调级). A graver grade holds at once, a lighter one waits for a second person.

    A lighter one that waits keeps nobody from giving a graver one, and ends with it.
    """
    matter, _step = take(scope, number, "regrade")
    reason, new, was = reasoned(reason), chosen(urgency, importance), matter.grade
    waits = grading.lighter(new, was)
    if waits and matter.regradings.filter(outcome="waiting").exists():
        raise Conflict(_("没有提出"), why=_("已有一项降级等待同意"), next=_("请先由另一人同意或者不同意那一项"))
    Regrading.objects.create(matter=matter, urgency=urgency, importance=importance, before=was, grade=new,
                             reason=reason, proposed_by=scope.person, at=clock.now(),
                             outcome="waiting" if waits else "done")
    if not waits:
        if new != was:
            matter.regradings.filter(outcome="waiting").update(outcome="refused", agreed_by=scope.person)
        apply(matter, new, urgency, importance, scope=scope, action="regrade")
        graded(matter, was, scope.actor, "raised" if new != was else "kept", reason)
    return matter


@transaction.atomic
def agree(*, scope: Scope, number: str, agreed: bool = True) -> Matter:
    """Agree to a lighter grade (同意降级), or not; the second person decides."""
    matter, _step = take(scope, number, "agree")
    asked = matter.regradings.get(outcome="waiting")
    if agreed and asked.before != matter.grade:
        raise Conflict(_("没有办成"), why=_("提出降级之后，等级已经变了"), next=_("请选“不同意”，需要时重新提出"))
    done = Regrading.objects.filter(pk=asked.pk, outcome="waiting")
    if not done.update(outcome="done" if agreed else "refused", agreed_by=scope.person):
        raise Conflict(_("没有办成"), why=_("别人刚刚处理了这次降级"))
    if agreed:
        was = matter.grade
        apply(matter, asked.grade, asked.urgency, asked.importance, scope=scope, action="agree")
        graded(matter, was, scope.actor, "lowered", asked.reason)
    return matter


@transaction.atomic
def confirm(*, scope: Scope, number: str) -> Matter:
    """Confirm a declared danger (确认 A 级): it is A, no longer provisionally."""
    matter, _step = take(scope, number, "confirm")
    claim(matter, None, scope=scope, action="confirm", only={"provisional": True}, provisional=False)
    graded(matter, "A", scope.actor, "confirmed")
    return matter


@transaction.atomic
def lower(*, scope: Scope, number: str, urgency: int, importance: int, reason: str) -> Matter:
    """Lower a declared danger (降低临时 A 级) with a reason; the duty leader is the second person."""
    matter, _step = take(scope, number, "lower")
    reason, was = reasoned(reason), matter.grade
    new = chosen(urgency, importance)
    apply(matter, new, urgency, importance, scope=scope, action="lower", provisional=False)
    graded(matter, was, scope.actor, "lowered" if new != was else "confirmed", reason)
    return matter
