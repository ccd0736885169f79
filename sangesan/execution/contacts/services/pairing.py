"""Pairs and visit days (结对、联系安排): announced to the unit before, and a duty to come by the month's end."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.execution.duties.services import assign, cancel
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method import contacts as rule
from sangesan.method.authority import Action, Scope
from sangesan.method.deadlines import Days
from sangesan.method.facts import SYSTEM, Actor, VisitAnnounced
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.notices.services import notify
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import posts_of
from sangesan.organization.units.models import Kind, Line, Unit
from sangesan.organization.units.queries import paths_of, within

from ..models import Pair, Plan, Visit
from ..queries.access import carries, in_force, pair_for
from ..queries.gaps import GRASS_ROOTS

GRACE = timedelta(days=3)
"""How long after the month a visit may be entered without being missing (宽限)."""


@transaction.atomic
def pair(*, scope: Scope, unit: str, office: str = "", post: str = "", on: int = 15) -> Pair:
    """Pair an office, or one cadre's post, with a grass-roots unit (结对); all by code."""
    reached = within(scope, Action.ASSIGN_WORK)
    cadre = Post.objects.select_related("unit").filter(code=post, until=None).first() if post else None
    home = cadre.unit if cadre else Unit.objects.filter(code=office, closed=None).first()
    found = Unit.objects.filter(code=unit, closed=None).first()
    if found is None or home is None or not {found.pk, home.pk} <= reached:
        raise Forbidden(_("没有结对"), why=_("没有选单位或联系的一方，或它们不归您安排"), next=_("请从列表里选择"))
    if found.kind not in GRASS_ROOTS or (cadre is None and home.kind != Kind.OFFICE):
        raise _refused(_("结对的一方是科室或干部，另一方是基层单位"), _("请从列表里选择"), "unit")
    if isinstance(on, bool) or not isinstance(on, int) or not 1 <= on <= 31:
        raise _refused(_("联系日须是 1 到 31 号"), _("请改一下"), "on")
    try:
        with transaction.atomic():
            return Pair.objects.create(office=home, post=cadre, unit=found, on=on, since=clock.today())
    except IntegrityError:
        raise Conflict(_("没有结对"), why=_("这一对已经结好了"), next=_("请另选一方")) from None


@transaction.atomic
def end(*, scope: Scope, pair: int) -> Pair:
    """End a pair (解除结对); what it still had to do falls away, what it did stays."""
    found = _arranged(scope, pair)
    if not ended(found, scope.actor, scope.person):
        raise Conflict(_("没有解除"), why=_("已经解除过了"))
    found.refresh_from_db()
    return found


def ended(found: Pair, actor: Actor, person: int = 0) -> bool:
    """End a pair today with what it still had to do (解除一对); returns whether it was not ended before."""
    if not Pair.objects.filter(pk=found.pk, until=None).update(until=clock.today()):
        return False
    visited = Visit.objects.filter(pair=found).values_list("day", flat=True)
    months = {rule.month_of(day) for day in visited}
    for plan in found.plans.filter(month__gte=rule.month_of(clock.today())).exclude(duty=None).select_related("duty"):
        if plan.month not in months and settlement_of(plan.duty) is None:
            cancel(duty=plan.duty, actor=actor, why="cause_ended", person=person)
    return True


@transaction.atomic
def move_day(*, scope: Scope, pair: int, month: date, day: date) -> Plan:
    """Change the visit day of a month before it comes (改联系日); the unit is told again."""
    found = pair_for(scope, pair)
    if not carries(scope, found) and found.office_id not in within(scope, Action.ASSIGN_WORK):
        raise Forbidden(_("没有改"), why=_("联系日由联系的一方来定"))
    plan = found.plans.filter(month=month).first()
    if plan is None:
        raise _refused(_("这个月还没有安排"), _("请等月前自动安排"), "day")
    if rule.month_of(day) != month or day < clock.today():
        raise _refused(_("联系日要在当月、今天或以后"), _("请另选一天"), "day")
    if Visit.objects.filter(pair=found, day__gte=month, day__lt=rule.next_month(month)).exists():
        raise Conflict(_("没有改"), why=_("这个月已经去过了"))
    if day != plan.day:
        plan.day, plan.announced_at = day, clock.now()
        plan.save(update_fields=["day", "announced_at"])
        _announced(plan, scope.actor)
    return plan


def arrange_due(day: date) -> int:
    """Arrange the visits of this month and, a week ahead, of the next (安排联系日); safe to run again."""
    rows = list(in_force(Pair.objects.select_related("unit", "office", "post")))
    days = calendar(day, day + timedelta(days=62))
    months = {rule.month_of(day), rule.month_of(day + rule.AHEAD)}
    had = set(Plan.objects.filter(pair__in=rows, month__in=months).values_list("pair", "month"))
    made = 0
    for found in rows:
        for month in sorted(months):
            if (found.pk, month) not in had and found.unit.closed is None and found.office.closed is None:
                made += _arrange(found, month, days)
    return made


@transaction.atomic
def _arrange(found: Pair, month: date, days: Days) -> bool:
    """Arrange one month of a pair (安排一月); a month that is nearly over is left out."""
    day, today = rule.visit_day(month, found.on, days.is_work), clock.today()
    last = rule.next_month(month) - timedelta(days=1)
    if day <= today:
        day = next((d for n in range(1, 8) if days.is_work(d := today + timedelta(days=n))), last)
    if day > last:
        return False
    plan, new = Plan.objects.get_or_create(pair=found, month=month, defaults={"day": day, "announced_at": clock.now()})
    if not new:
        return False
    due = datetime.combine(last, time(18), clock.LOCAL)
    plan.duty = assign(
        kind="contact", subject=found.subject, code=f"{month:%Y-%m}", unit=found.office, post=found.post, due=due,
        title=_("到%(unit)s联系一次，%(day)d 日去") % {"unit": found.unit.name, "day": day.day}, grace=GRACE,
        line=found.post.line if found.post else Line.ADMINISTRATION.value, counterpart=found.unit, actor=SYSTEM,
        opens=min(clock.now(), due), lapses=True)
    plan.save(update_fields=["duty"])
    _announced(plan, SYSTEM)
    return True


def _announced(plan: Plan, actor: Actor) -> None:
    """Tell the unit and the ledger of a visit day (公布联系日)."""
    today, found = clock.today(), plan.pair
    paths = paths_of([found.unit_id, found.office_id], today)
    record(VisitAnnounced(subject=found.subject, unit=paths[found.unit_id], counterpart=paths[found.office_id],
                          occurred_at=clock.now(), visit_day=plan.day.isoformat()), actor=actor)
    heads = [post.pk for post in posts_of(found.unit_id, today) if post.head]
    notify(posts=heads, subject=found.subject, kind="visit.announced")


def _arranged(scope: Scope, pk: int) -> Pair:
    found = pair_for(scope, pk)
    if not {found.unit_id, found.office_id} <= within(scope, Action.ASSIGN_WORK):
        raise Forbidden(_("没有办成"), why=_("这一对不归您安排"))
    return found


def _refused(why: str, next: str, code: str) -> UserError:
    return UserError(_("没有保存"), why=why, next=next, code=code)
