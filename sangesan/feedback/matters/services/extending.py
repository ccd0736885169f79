"""Extension (延期): asked before the time is over, once a round; the law allows thirty days and ends at day ninety."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.deadlines import add_working_days, end_of_work
from sangesan.method.facts import MatterExtended
from sangesan.method.terms import extended
from sangesan.organization.calendar.queries import calendar

from ..models import Extension, Matter
from . import clocks, terms
from .excusing import excuse
from .steps import claim, reasoned, say, take

MOST_DAYS = 22
"""Working days one extension may add; about thirty calendar days (domain.md 1.2, T6)."""


@transaction.atomic
def extend(*, scope: Scope, number: str, days: int, reason: str) -> Matter:
    """Ask for more time (申请延期) before the time is over; once in each round."""
    matter, _step = take(scope, number, "extend")
    if matter.due_at is None:
        raise Conflict(_("没有提交"), why=_("历史件不计时限，不用延期"))
    if not 1 <= days <= MOST_DAYS:
        raise UserError(_("没有提交"), why=_("延期天数应在 1 到 %d 个工作日之间") % MOST_DAYS, next=_("请改一下天数"))
    reason = reasoned(reason)
    try:
        with transaction.atomic():
            Extension.objects.create(matter=matter, days=days, round=matter.reopened, reason=reason,
                                     asked_by=scope.person, asked_at=clock.now())
    except IntegrityError:
        raise Conflict(_("没有提交"), why=_("已有一次延期申请在等批准")) from None
    claim(matter, None, scope=scope, action="extend")
    return matter


@transaction.atomic
def grant(*, scope: Scope, number: str) -> Matter:
    """Grant an extension (批准延期) and tell the speaker the new day and the reason.

    It was asked for before the time was over: what ran out while it waited to be decided was not late.
    """
    matter, _step = take(scope, number, "grant")
    asked = _decide(matter, "granted", scope)
    before, over = clocks.snapshot(matter), {"due": matter.due_at}
    if (row := terms.handling(matter)) is not None:
        over[row.code] = end_of_work(row.due)
    due = min(add_working_days(matter.due_at, asked.days, clocks.days_from(matter.due_at)), clocks.latest(matter))
    claim(matter, None, scope=scope, action="grant", only={"due_at": matter.due_at}, due_at=due,
          statutory_due=_statutory(matter, clock.local(due).date(), scope))
    clocks.keep(matter, before, "extended", scope.person)
    excuse(matter, {name: due for name, due in over.items() if asked.asked_at <= due and _moved(matter, name, due)},
           "extended", scope=scope)
    day = clock.local(due).date()
    say(matter, "extended", _("办理期限延到 %(day)s，原因：%(why)s") % {"day": f"{day:%F}", "why": asked.reason},
        scope=scope)
    record(MatterExtended(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), quantity=asked.days,
                          due_day=f"{day:%F}"), actor=scope.actor, words=asked.reason)
    return matter


def _statutory(matter: Matter, due: date, scope: Scope) -> date:
    """Return the statutory day (法定期限), moved as far as the promised one needs and the law allows (T6)."""
    row = terms.handling(matter)
    if row is None or due <= row.due:
        return matter.statutory_due
    days = calendar(row.start, row.start + timedelta(days=200))
    moved = extended(row.due, (due - row.due).days, row.start, days)
    terms.move(row, moved, "extended", by=scope.person, missed=row.missed and moved == row.due)
    return moved


def _moved(matter: Matter, name: str, due: datetime) -> bool:
    """Return whether a clock that ran out then runs on (是否延后), the promised as the law's."""
    row = terms.running(matter, name)
    return (matter.due_at if row is None else end_of_work(row.due)) > due


@transaction.atomic
def refuse(*, scope: Scope, number: str) -> Matter:
    """Refuse an extension (不批延期); the deadline stays."""
    matter, _step = take(scope, number, "refuse")
    _decide(matter, "refused", scope)
    claim(matter, None, scope=scope, action="refuse")
    return matter


def _decide(matter: Matter, outcome: str, scope: Scope) -> Extension:
    asked = matter.extensions.filter(outcome="waiting").first()
    if asked is None or not Extension.objects.filter(pk=asked.pk, outcome="waiting").update(
            outcome=outcome, decided_by=scope.person, decided_at=clock.now()):
        raise Conflict(_("没有办成"), why=_("这次延期申请刚刚被处理过"))
    return asked
