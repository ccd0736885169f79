"""Suspension (挂起): asked for by one, approved by another; the promised clocks wait, the law's do not."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterSuspended

from ..models import Matter, Pause
from . import clocks
from .excusing import excuse
from .steps import claim, reasoned, say, take


@transaction.atomic
def ask_pause(*, scope: Scope, number: str, reason: str) -> Matter:
    """Ask to wait for a third party (申请挂起), for instance a court or an upper office."""
    matter, _step = take(scope, number, "ask_pause")
    reason = reasoned(reason)
    try:
        with transaction.atomic():
            Pause.objects.create(matter=matter, reason=reason, asked_by=scope.person, asked_at=clock.now())
    except IntegrityError:
        raise Conflict(_("没有提交"), why=_("已有一次挂起申请在等批准")) from None
    claim(matter, None, scope=scope, action="ask_pause")
    return matter


@transaction.atomic
def pause(*, scope: Scope, number: str) -> Matter:
    """Approve a suspension (批准挂起): the promised clocks stop, the speaker is told why.

    What ran out while it waited to be decided had not when it was asked for: it stops as it stood then.
    """
    matter, step = take(scope, number, "pause")
    asked = _decide(matter, "granted", scope)
    before, stopped = clocks.snapshot(matter), clocks.stopped(matter, asked.asked_at)
    Pause.objects.filter(pk=asked.pk).update(dues={name: due.isoformat() for name, due in stopped.items()})
    claim(matter, step.target, scope=scope, action="pause", **dict.fromkeys(map(clocks.FIELDS.get, stopped)))
    clocks.keep(matter, before, "suspended", scope.person, event="paused")
    excuse(matter, {name: before[clocks.FIELDS[name]] for name in stopped}, "suspended", scope=scope)
    say(matter, "told", _("事项暂时挂起，原因：%s") % asked.reason, scope=scope)
    _waits(matter, scope, "suspended", asked.reason)
    return matter


@transaction.atomic
def no_pause(*, scope: Scope, number: str) -> Matter:
    """Refuse a suspension (不批挂起); the clocks run on."""
    matter, _step = take(scope, number, "no_pause")
    _decide(matter, "refused", scope)
    claim(matter, None, scope=scope, action="no_pause")
    return matter


@transaction.atomic
def suspend(*, scope: Scope, number: str, reason: str) -> Matter:
    """Wait for a third party (挂起) in one step, as matters of version 2026.1 do; the clocks run on.

    Words of progress are owed by nobody meanwhile, so it is kept when it ended, as of every other.
    """
    matter, step = take(scope, number, "suspend")
    reason, now = reasoned(reason), clock.now()
    claim(matter, step.target, scope=scope, action="suspend")
    Pause.objects.create(matter=matter, reason=reason, asked_by=scope.person, asked_at=now, outcome="granted",
                         decided_by=scope.person, decided_at=now)
    say(matter, "told", _("事项暂时挂起，原因：%s") % reason, scope=scope)
    _waits(matter, scope, "suspended", reason)
    return matter


@transaction.atomic
def resume(*, scope: Scope, number: str) -> Matter:
    """Go on (恢复办理): what was paused moves by the time that passed, never past the statutory day.

    Whoever was told that it waits is told that it goes on, and until when.
    """
    matter, step = take(scope, number, "resume")
    waited = open_pause(matter)
    before = clocks.snapshot(matter)
    again = clocks.restarted(matter, waited, clock.now()) if waited else {}
    claim(matter, step.target, scope=scope, action="resume", **again)
    if waited:
        Pause.objects.filter(pk=waited.pk).update(resumed_at=clock.now())
        clocks.keep(matter, before, "resumed", scope.person, event="resumed")
    say(matter, "told", _resumed(matter), scope=scope)
    _waits(matter, scope, "resumed")
    return matter


def _resumed(matter: Matter) -> str:
    """Return how the speaker is told that it goes on (恢复告知), and until when where that is not over yet."""
    if matter.due_at is None or matter.due_at <= clock.now():
        return _("事项恢复办理")
    return _("事项恢复办理，办理期限到 %(day)s") % {"day": f"{clock.local(matter.due_at):%F}"}


def lapse(matter: Matter) -> None:
    """Let what a unit asked for and nobody decided lapse (申请失效), an extension as a suspension."""
    for asked in (matter.extensions, matter.pauses):
        asked.filter(outcome="waiting").update(outcome="refused")


def open_pause(matter: Matter) -> Pause | None:
    """Return the suspension that stands (现行挂起)."""
    return matter.pauses.filter(outcome="granted", resumed_at=None).first()


def _decide(matter: Matter, outcome: str, scope: Scope) -> Pause:
    asked = matter.pauses.filter(outcome="waiting").first()
    if asked is None or not Pause.objects.filter(pk=asked.pk, outcome="waiting").update(
            outcome=outcome, decided_by=scope.person, decided_at=clock.now()):
        raise Conflict(_("没有办成"), why=_("这次挂起申请刚刚被处理过"))
    return asked


def _waits(matter: Matter, scope: Scope, reason: str, words: str = "") -> None:
    record(MatterSuspended(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason=reason),
           actor=scope.actor, words=words)
