"""Weekly plans (周作业计划): drafted, confirmed with one tap, checked on Friday; what is undone goes over openly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.facts.services import record
from sangesan.method import plans as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import SYSTEM, PlanChecked, PlanConfirmed
from sangesan.method.texts import kept, unfit
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from .. import roads
from ..models import Plan, PlanLine
from ..queries.access import own_plan, seats
from ..queries.drafting import lacking, ready, waiting
from ..queries.lists import lines_of

END_OF_DAY = time(18)
SOON, SUNDAY = timedelta(hours=1), timedelta(days=6)
MOST_ID = 2**63 - 1


@transaction.atomic
def draft(*, scope: Scope, unit: int, line: str, week: date) -> Plan:
    """Return a unit's plan of a week (取周计划), drafted now from what it has to do if nobody has yet.

    A draft that is not confirmed takes up what has come since; confirmed plans stay as they are.
    """
    if not any((p.unit, p.line) == (unit, line) for p in seats(scope)):
        raise NotFound()
    if not rule.plannable(week, clock.today()):
        raise _no(_("只能计划本周和下周"), _("请选本周或下周"))
    made, _new = Plan.objects.get_or_create(unit_id=unit, line=line, week=week, defaults={
        "path": path_of(unit, clock.today())})
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=made.pk)
    _fill(Plan.objects.select_for_update().get(pk=plan.pk))  # of two who open it at once, one fills it
    return plan


def draft_for(*, scope: Scope, duty: int) -> Plan:
    """Return the plan a routine's duty asks for (周计划待办), drafted or topped up now."""
    asked = ready(scope, duty)
    return draft(scope=scope, unit=asked.unit.pk, line=asked.line, week=asked.week)


def _fill(plan: Plan) -> None:
    place = plan.lines.aggregate(n=Max("place"))["n"] or 0
    fresh = lacking(plan, plan.unit_id, plan.line, plan.week)
    PlanLine.objects.bulk_create([
        PlanLine(plan=plan, place=place + n, text=one.text[:rule.LONGEST_LINE], source=one.source, due=one.due,
                 duty_id=one.duty, carried=one.carried, above=one.above) for n, one in enumerate(fresh, 1)])


@transaction.atomic
def add(*, scope: Scope, plan: int, text: str, due: date | None = None, above: str = "") -> PlanLine:
    """Add a line of one's own (添一行); after the confirmation it becomes a duty at once.

    `above` is the address of the focus of the year it serves, where one is named.
    """
    found = _held(scope, plan)
    if found.checked_at is not None:
        raise Conflict(_("没有添上"), why=_("这一周已经对过账"), next=_("请写到下一周"))
    text, due = _checked(text, _("要办的事"), rule.LONGEST_LINE), due or max(found.friday, clock.today())
    if not max(found.week, clock.today()) <= due <= found.week + SUNDAY:
        raise _no(_("日期不在这一周，或者已经过去"), _("请填今天到周日之间的日期"))
    if found.lines.count() >= rule.MOST_LINES:
        raise _no(_("一周最多 40 行"), _("请合并，或者写到下一周"))
    if above and above not in roads.aims(found.week.year):
        raise _no(_("没有这项工作重点，或已停止"), _("请从列表里选，或不选"))
    place = (found.lines.aggregate(n=Max("place"))["n"] or 0) + 1
    made = PlanLine.objects.create(plan=found, place=place, text=text, source="own", due=due, above=above)
    return _assigned(scope, found, made) if found.confirmed_at else made


@transaction.atomic
def strike(*, scope: Scope, plan: int, line: int, reason: str) -> PlanLine:
    """Strike a line with a reason (划去一行): it leaves this plan; a duty that stands behind it stays where it is.

    A line of one's own falls away with its duty.
    """
    found = _held(scope, plan)
    row = found.lines.filter(pk=min(line, MOST_ID), struck="").select_related("duty").first()
    if row is None or found.checked_at is not None:
        raise Conflict(_("没有划去"), why=_("没有这一行，或者这一周已经对过账"))
    row.struck = _checked(reason, _("划去的原因"), rule.LONGEST_REASON)
    row.save(update_fields=["struck"])
    if row.source == "own" and row.duty is not None and not _is_settled(row.duty):
        duties.cancel(duty=row.duty, actor=scope.actor, why="cause_ended", words=row.struck, person=scope.person)
    return row


@transaction.atomic
def confirm(*, scope: Scope, plan: int) -> Plan:
    """Confirm a plan (确认周计划), one tap: own lines become duties, the words are kept as evidence.

    A week in which nothing is due is confirmed as well; nobody has to think a line up for it.
    """
    found = _held(scope, plan)
    if found.confirmed_at is not None:
        raise Conflict(_("没有确认"), why=_("已经确认过了"))
    if not rule.plannable(found.week, clock.today()):
        raise _no(_("这一周已经过去"), _("请确认本周或下周的"))
    rows = list(found.lines.filter(struck="").order_by("place"))
    found.confirmed_at = clock.now()
    found.save(update_fields=["confirmed_at"])
    for row in rows:
        if row.duty_id is None:
            _assigned(scope, found, row)
    record(PlanConfirmed(subject=found.subject, unit=found.path, line=found.line, occurred_at=clock.now(),
                         quantity=len(rows), week=f"{found.week:%F}", carried=sum(row.carried > 0 for row in rows)),
           actor=scope.actor, words=_words(found))
    _fulfil(scope, found)
    return found


def _fulfil(scope: Scope, plan: Plan) -> None:
    """Say that the routine's duty is done (完成周计划待办), if there is one for this plan's own week."""
    asked = waiting().filter(unit=plan.unit_id, line=plan.line)
    duty = next((one for one in asked if rule.next_week(one.nominal) == plan.week), None)
    if duty is not None:
        duties.complete(duty=duty, actor=scope.actor, person=scope.person)


def settle_opened(day: date) -> int:
    """Settle what was planned before it was asked for (先定的周计划); safe to repeat, returns how many."""
    made = 0
    for duty in waiting():
        plan = Plan.objects.filter(unit=duty.unit_id, line=duty.line, week=rule.next_week(duty.nominal),
                                   confirmed_at__lt=duty.opens).first()
        if plan is not None and not _is_settled(duty):
            duties.complete(duty=duty, actor=SYSTEM, at=duty.opens)
            made += 1
    return made


@transaction.atomic
def check(*, scope: Scope, plan: int, done: Mapping[int, str] | None = None,
          undone: Mapping[int, str] | None = None) -> Plan:
    """Check a week (周五对账): what is not settled yet is done now, or stays undone with a reason and goes over.

    `done` and `undone` give for a line's id what is said of it.
    """
    found = _held(scope, plan)
    if found.confirmed_at is None or found.checked_at is not None:
        raise Conflict(_("没有对账"), why=_("这份计划还没有确认，或者已经对过账"))
    if clock.today() < found.friday:
        raise _no(_("还没有到周五"), _("请在周五对账；办完的事随时可以办结"))
    stands = [one for one in lines_of(found) if not one.line.struck]
    for one in stands:
        if one.settled:
            continue
        if done is not None and one.line.pk in done:
            if one.where:
                raise _no(_("“%s”要在它自己的页面办") % one.line.text, _("办完以后这里自己变；没有办的请写原因"))
            duties.complete(duty=one.line.duty, actor=scope.actor, person=scope.person, words=done[one.line.pk])
        else:
            said = (undone or {}).get(one.line.pk, "")
            one.line.undone = _checked(said, _("“%s”没办的原因") % one.line.text, rule.LONGEST_REASON)
            one.line.save(update_fields=["undone"])
    found.checked_at = clock.now()
    found.save(update_fields=["checked_at"])
    after = [one for one in lines_of(found) if not one.line.struck]
    record(PlanChecked(subject=found.subject, unit=found.path, line=found.line, occurred_at=clock.now(),
                       quantity=len(after), week=f"{found.week:%F}", done=sum(one.done for one in after)),
           actor=scope.actor, words=_words(found))
    return found


def _held(scope: Scope, plan: int) -> Plan:
    found = own_plan(scope, plan)
    return Plan.objects.select_for_update().select_related("unit").get(pk=found.pk)


def _assigned(scope: Scope, plan: Plan, row: PlanLine) -> PlanLine:
    due = max(datetime.combine(row.due, END_OF_DAY, clock.LOCAL), clock.now() + SOON)
    row.duty = duties.assign(kind="plan_line", subject=plan.subject, code=f"{plan.pk}.{row.place}", title=row.text,
                             unit=Unit.objects.get(pk=plan.unit_id), line=plan.line, due=due, actor=scope.actor)
    row.save(update_fields=["duty"])
    return row


def _is_settled(duty: Duty) -> bool:
    return Duty.objects.filter(settled(), pk=duty.pk).exists()


def _words(plan: Plan) -> str:
    """Return a plan as its evidence keeps it (计划文字)."""
    return json.dumps({"week": plan.week.isoformat(), "lines": [
        {"text": one.text, "due": one.due.isoformat(), "source": one.source, "carried": one.carried,
         "struck": one.struck, "undone": one.undone} for one in plan.lines.order_by("place")]},
        ensure_ascii=False, sort_keys=True)


def _checked(text: str, what: str, longest: int) -> str:
    text = " ".join(kept(text or "").split())
    if not text:
        raise _no(_("%s没有写") % what, _("请写几个字"))
    if len(text) > longest or unfit(text):
        raise _no(_("%(what)s超过 %(n)d 字，或有不能保存的字符") % {"what": what, "n": longest}, _("请改一下"))
    return text


def _no(why: str, next: str) -> UserError:
    return UserError(_("没有保存"), why=why, next=next)
