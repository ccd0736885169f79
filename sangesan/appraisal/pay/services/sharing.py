"""Sharing out (两级分配): once for a final result, exactly to the cent, by rules the workers' congress decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.ids import crockford
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.ledger.facts.services import record
from sangesan.method import pay
from sangesan.method.authority import Action, Scope
from sangesan.method.facts.appraisal import PayoutMade
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from .. import queries
from ..models import Payout, Pool
from ..sheet import ROSTER

MOST = 10**13


@dataclass(frozen=True)
class Tried:
    """What a list would be paid (试分结果): of which run, under which unit, with whom, and how much each gets."""

    run: Run
    top: int
    amount: int
    reckoned: queries.Reckoned
    people: list[int]
    shared: pay.Shared

    @property
    def units(self) -> list[tuple[str, int, int]]:
        """What each unit would get, with how many lines (各单位金额), in the order of units."""
        lines, order = Counter(m.unit for m in self.reckoned.members), queries.Order(self.run)
        rows = sorted(Unit.objects.filter(pk__in=self.shared.units), key=lambda unit: order.place(unit.code))
        return [(order.called(unit), lines[unit.pk], self.shared.units[unit.pk]) for unit in rows]

    @property
    def paid(self) -> int:
        return sum(self.shared.members.values())


def tried(*, scope: Scope, run: int, amount: int, file: bytes) -> Tried:
    """Share a pool of cents out on paper (试分): nothing is kept, a wrong line is named."""
    found = _payable(scope, run)
    if not 0 < amount < MOST:
        raise UserError(_("没有分配"), why=_("金额应大于零，单位为元，最多两位小数"), next=_("请核对金额"))
    top = min(scope.units_for(Action.PAY))
    table = read_workbook(file, [ROSTER])[ROSTER.name]
    reckoned, people = queries.reckon(found, top, table)
    return Tried(found, top, amount, reckoned, people,
                 pay.share_out(amount, reckoned.members, reckoned.units, reckoned.rule))


@transaction.atomic
def share(*, scope: Scope, run: int, amount: int, file: bytes) -> Pool:
    """Share a pool of cents out (分配奖金池) among the people of a list; nothing is kept when a line is wrong."""
    made = tried(scope=scope, run=run, amount=amount, file=file)
    found, top, reckoned, people, shared = made.run, made.top, made.reckoned, made.people, made.shared
    rows = [[people[m.key - 1], m.unit, m.base, m.share, m.days, m.factor, shared.members[m.key]]
            for m in reckoned.members]
    digest = queries.digest_of(rows)
    number, now = f"{found.until.year}-{crockford(6)}", clock.now()
    told = PayoutMade(subject=f"pay/{number}", unit=path_of(top, found.until), occurred_at=now, quantity=amount,
                      run=found.pk, rows=len(rows), digest=digest)
    try:
        with transaction.atomic():
            pool = Pool.objects.create(
                number=number, run=found, unit_id=top, amount=amount, reserve=shared.reserve, left=shared.left,
                digest=digest, person_id=scope.person, post=scope.posts[0].code, made_at=now,
                record=record(told, actor=scope.actor))
    except IntegrityError:  # somebody was faster
        queries.payable(scope, run)
        raise
    _keep(pool, rows, shared, reckoned.units)
    return pool


def _keep(pool: Pool, rows: Sequence[Sequence[int]], shared: pay.Shared, units: dict[int, int]) -> None:
    Payout.objects.bulk_create([Payout(pool=pool, run=pool.run, unit_id=unit, factor=units[unit], cents=cents)
                                for unit, cents in shared.units.items()])
    parents = dict(Payout.objects.filter(pool=pool, person=None).values_list("unit", "pk"))
    Payout.objects.bulk_create([
        Payout(pool=pool, run=pool.run, person_id=person, unit_id=unit, parent_id=parents[unit], base=base, share=share,
               days=days, factor=factor, cents=cents)
        for person, unit, base, share, days, factor, cents in rows
    ], batch_size=1000)


def _payable(scope: Scope, run: int) -> Run:
    if not scope.can(Action.PAY):
        raise Forbidden(_("没有分配"), why=_("兑现由考核员和工资员办理"))
    found = queries.payable(scope, run)
    if found.why:
        raise Conflict(_("没有分配"), why=found.why, next=_("请办妥后再分配"))
    return found.run
