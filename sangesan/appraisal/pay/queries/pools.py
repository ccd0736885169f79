"""Pools (奖金池查询): which results may be paid by, what was shared out, what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from sangesan.appraisal.publication.queries import final, standing
from sangesan.appraisal.rules.models import Decision
from sangesan.appraisal.rules.queries import by_id
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import named

from ..models import Payout, Pool

PERIODS = (Run.Period.MONTH, Run.Period.QUARTER, Run.Period.YEAR)
SHOWN = 24


@dataclass(frozen=True)
class Ready:
    """A period's result and whether it may be paid by (可否兑现); `why` not, in plain Chinese, or ''."""

    run: Run
    why: str


@dataclass(frozen=True)
class Sums:
    """What agrees (核对): paid and topped up, held back and left, and the pool they make."""

    paid: int
    topped_up: int
    reserve: int
    left: int
    people: int

    @property
    def spare(self) -> int:
        """What top-ups may still be paid from (可补发)."""
        return self.reserve + self.left - self.topped_up


def visible(scope: Scope) -> QuerySet[Pool]:
    """Return the pools this scope may open (可查看的奖金池), newest first: payroll and assessors only."""
    rows = Pool.objects.select_related("run", "unit", "run__rule_set").order_by("-made_at", "-pk")
    return rows.filter(unit__in=scope.units_for(Action.PAY))


def recent(scope: Scope) -> list[Pool]:
    """Return the newest pools (奖金池)."""
    return list(visible(scope)[:SHOWN])


def pool_for(scope: Scope, number: str) -> Pool:
    """Return a pool that the scope may open, else NotFound (按权限取奖金池)."""
    found = visible(scope).filter(number=number).first()
    if found is None:
        raise NotFound(_("没有找到这个奖金池"))
    return found


def ready(scope: Scope) -> list[Ready]:
    """Return the last results of periods without a pool (待兑现的结果), and what keeps each from being paid by."""
    if not scope.can(Action.PAY):
        return []
    rows = Run.objects.filter(period__in=PERIODS, revision=None).select_related("rule_set", "revises")
    paid = set(Pool.objects.values_list("run", flat=True))
    return [Ready(run, why_not(run)) for run in rows.order_by("-until")[:SHOWN] if not chain(run) & paid]


def chain(run: Run) -> set[int]:
    """Return a run and all those it revises (更正链)."""
    found, now = {run.pk}, run
    while now.revises_id:
        now = now.revises
        found.add(now.pk)
    return found


def why_not(run: Run) -> str:
    """Return what keeps a result from being paid by (不能兑现的原因), or ''."""
    rules = by_id(run.rule_set_id)
    if not Decision.objects.filter(rule_set=run.rule_set_id).exists():
        return _("办法没有登记职代会的决定")
    if rules.pay is None:
        return _("办法没有写兑现规则")
    if rules.pay.mode == "coefficient" and not rules.grades:
        return _("办法没有写等次和系数")
    if not final(run):
        if Run.objects.filter(revises=run).exists():
            return _("这份结果已经更正，按更正后的结果兑现")
        now = standing(run)
        if now is None:
            return _("结果还没有公布")
        if now.waiting:
            return _("还有异议没有裁定")
        if now.until:
            return _("异议期到 %s，期满才是最终结果") % now.until.isoformat()
        return _("日历没有核定，异议期未定")
    return ""


def sums(pool: Pool) -> Sums:
    """Return what a pool's rows add up to (核对)."""
    people = Payout.objects.filter(pool=pool, person__isnull=False)
    first, more = people.filter(adjusts=None), people.exclude(adjusts=None)
    paid = first.aggregate(n=Sum("cents"))["n"] or 0
    return Sums(paid, more.aggregate(n=Sum("cents"))["n"] or 0, pool.reserve, pool.left, first.count())


def proof(pool: Pool) -> dict[str, Any]:
    """Return by what a payroll file is known and agrees (核对项): its period, its number, its sums."""
    found = sums(pool)
    money = {_("奖金池"): pool.amount, _("首次分配"): found.paid, _("留存"): found.reserve, _("未分配"): found.left,
             _("已补发"): found.topped_up}
    run = pool.run
    when = f"{run.get_period_display()} {run.until:%Y-%m}" if run.period == Run.Period.MONTH else str(run)
    return {_("期间"): when, _("编号"): pool.number,
            **{name: Decimal(cents).scaleb(-2) for name, cents in money.items()}, _("台账摘要"): pool.digest}


def lines(pool: Pool) -> list[Payout]:
    """Return the rows of people (个人分配), in the order of units and work numbers, top-ups counted in `more`."""
    rows = Payout.objects.filter(pool=pool, person__isnull=False, adjusts=None)
    rows = rows.select_related("person", "unit", "parent").annotate(more=Sum("adjustments__cents"))
    order = Order(pool.run)
    found = sorted(rows, key=lambda row: (*order.place(row.unit.code), row.person.work_number))
    for row in found:
        row.more = row.more or 0
        row.total = row.cents + row.more
        row.called = order.called(row.unit)
    return found


class Order:
    """The units of a period as its pages list them (单位次序): by organisation, those that ended in it last."""

    def __init__(self, run: Run) -> None:
        self.known = named(run.until)

    def place(self, code: str) -> tuple[int, str]:
        """Return by what a unit is put in its place (次序)."""
        return self.known[code][0] if code in self.known else len(self.known), code

    def called(self, unit: Unit) -> str:
        """Return what a unit is called (单位称呼): a crew with its team."""
        return self.known[unit.code][1] if unit.code in self.known else unit.name


def totals(rows: list[Payout]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return how many each unit pays and what that makes (各单位合计), by code and name, and all together last."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        key = row.unit.code, row.unit.name
        held = found.get(key, (0, 0))
        found[key] = (held[0] + 1, held[1] + row.total)
    return found | {("", _("总计")): (len(rows), sum(row.total for row in rows))}


def units(pool: Pool) -> list[Payout]:
    """Return the first stage (各单位分配), in the order of units."""
    rows, order = Payout.objects.filter(pool=pool, person=None, adjusts=None).select_related("unit"), Order(pool.run)
    found = sorted(rows, key=lambda row: order.place(row.unit.code))
    for row in found:
        row.called = order.called(row.unit)
    return found


def entered(scope: Scope) -> frozenset[int]:
    """Return the units whose pay this scope manages (可兑现的单位). Raises Forbidden."""
    found = scope.units_for(Action.PAY)
    if not found:
        raise Forbidden(_("没有打开"), why=_("奖惩兑现只给考核员和劳资员看"))
    return found


def payable(scope: Scope, run: int) -> Ready:
    """Return a result to be paid by (待兑现的结果), else NotFound. Raises Conflict where it has been."""
    rows = Run.objects.filter(pk=run, period__in=PERIODS).select_related("rule_set", "revises")
    found = rows.first() if scope.can(Action.PAY) else None
    if found is None:
        raise NotFound(_("没有找到这份考核结果"))
    refuse_twice(scope, found)
    return Ready(found, why_not(found))


def refuse_twice(scope: Scope, run: Run) -> None:
    """Refuse to share out again what was (重复分配), by the result itself or one before or after it; say by whom."""
    pool = Pool.objects.filter(run__in=chain(newest(run))).select_related("person", "run", "unit").first()
    if pool is None:
        return
    said = {"run": pool.run, "name": pool.person.name, "post": Post.objects.get(code=pool.post).title,
            "at": f"{clock.local(pool.made_at):%Y-%m-%d %H:%M}", "number": pool.number, "unit": pool.unit.name}
    mine = pool.unit_id in scope.units_for(Action.PAY)
    raise Conflict(
        _("没有再次分配"), why=_("%(run)s的奖金 %(at)s 已由%(name)s（%(post)s）分配") % said,
        next=(_("请在“奖惩兑现”的“已分配”里查看编号 %(number)s；结果更正后少发的，用那里的补发") if mine
              else _("请向%(unit)s的考核员或工资员查问；结果更正后少发的，由他们补发")) % said)


def newest(run: Run) -> Run:
    """Return the last run that revises a run, or itself (最新结果)."""
    while (later := Run.objects.filter(revises=run).select_related("revises").first()) is not None:
        run = later
    return run


def last_revision(pool: Pool) -> Run:
    """Return the run that stands now for a pool's run (最新结果)."""
    return newest(pool.run)
