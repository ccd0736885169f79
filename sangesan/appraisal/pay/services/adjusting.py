"""Topping up (补发): after a correction those who got too little get more; nobody gives anything back (W19)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.appraisal.publication.queries import final
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method import pay
from sangesan.method.authority import Scope
from sangesan.method.facts.appraisal import PayoutAdjusted
from sangesan.organization.units.queries import path_of

from .. import queries
from ..models import Payout, Pool


@transaction.atomic
def adjust(*, scope: Scope, number: str) -> list[Payout]:
    """Top up a pool by the last revision of its run (补发), as further rows, from what was held back."""
    pool = queries.pool_for(scope, number)
    run = queries.last_revision(pool)
    if run == pool.run or Payout.objects.filter(pool=pool, adjusts__isnull=False, run=run).exists():
        raise Conflict(_("没有补发"), why=_("分配之后结果没有新的更正"))
    if not final(run):
        raise Conflict(_("没有补发"), why=_("更正后的结果还在异议期，或有异议没有裁定"), next=_("期满后再补发"))
    lines = queries.lines(pool)
    more = reckoned(pool, run, lines)
    sums = queries.sums(pool)
    lacking = sum(more.values()) - sums.spare
    if lacking > 0:
        raise Conflict(_("没有补发"), why=_("留存不够，还差 %s 元") % pay.yuan(lacking),
                       next=_("请在下一期奖金里安排，或由劳资科另行补足"))
    made = Payout.objects.bulk_create([
        Payout(pool=pool, run=run, unit_id=row.unit_id, person_id=row.person_id, adjusts_id=row.pk, base=row.base,
               share=row.share, days=row.days, factor=row.factor, cents=more[row.pk])
        for row in lines if row.pk in more
    ])
    record(PayoutAdjusted(subject=pool.subject, unit=path_of(pool.unit_id, run.until), occurred_at=clock.now(),
                          quantity=sum(more.values()), run=run.pk, rows=len(made)), actor=scope.actor)
    return made


def reckoned(pool: Pool, run: Run, lines: list[Payout]) -> dict[int, int]:
    """Return what each line is owed (应补发), by the id of its row."""
    rows = [(r.person_id, r.unit_id, r.base, r.share, r.days) for r in lines]
    units = dict(Payout.objects.filter(pool=pool, person=None).values_list("unit", "cents"))
    old = dict(Payout.objects.filter(pool=pool, person=None).values_list("unit", "factor"))
    now = queries.factors(run, old)
    before = [pay.Member(n, r.unit_id, r.base, r.share, r.days, r.factor) for n, r in enumerate(lines, start=1)]
    after = queries.members(run, rows, now)
    shared = pay.Shared(units, {n: r.total for n, r in enumerate(lines, start=1)}, pool.reserve, pool.left)
    found = pay.top_up(shared, before, after, old, now)
    return {lines[n - 1].pk: cents for n, cents in found.items()}
