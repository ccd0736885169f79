"""Topping up (补发): after a correction those who got too little get more; nobody gives anything back (W19)."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.appraisal.publication.queries import final
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method import pay
from sangesan.method.authority import Scope
from sangesan.method.facts.appraisal import PayoutAdjusted
from sangesan.organization.units.queries import path_of

from .. import queries
from ..models import Payout


@transaction.atomic
def adjust(*, scope: Scope, number: str) -> list[Payout]:
    """Top up a pool by the last revision of its run (补发), as further rows, from what was held back."""
    pool = queries.pool_for(scope, number)
    run = queries.last_revision(pool)
    if run == pool.run or Payout.objects.filter(pool=pool, adjusts__isnull=False, run=run).exists():
        raise Conflict(_("没有补发"), why=_("分配之后结果没有新的更正"))
    if not final(run):
        raise Conflict(_("没有补发"), why=_("更正后的结果还在异议期，或有异议没有裁定"), next=_("期满后再补发"))
    lines, sums = queries.lines(pool), queries.sums(pool)
    more = queries.owed(pool, run, lines)
    if not more:
        raise Conflict(_("没有补发"), why=_("更正以后没有人少发"))
    lacking = sum(more.values()) - sums.spare
    if lacking > 0:
        raise Conflict(_("没有补发"), why=_("留存不够，还差 %s 元") % pay.yuan(lacking),
                       next=_("请在下一期奖金里安排，或由劳资科另行补足"))
    try:
        with transaction.atomic():
            made = Payout.objects.bulk_create([
                Payout(pool=pool, run=run, unit_id=row.unit_id, person_id=row.person_id, adjusts_id=row.pk,
                       base=row.base, share=row.share, days=row.days, factor=row.factor, cents=more[row.pk])
                for row in lines if row.pk in more])
    except IntegrityError as fault:
        raise Conflict(_("没有补发"), why=_("别人刚刚补发过"), next=_("请刷新页面查看")) from fault
    record(PayoutAdjusted(subject=pool.subject, unit=path_of(pool.unit_id, run.until), occurred_at=clock.now(),
                          quantity=sum(more.values()), run=run.pk, rows=len(made), digest=queries.digest_of(
                              [queries.bound(row) for row in made])), actor=scope.actor)
    return made
