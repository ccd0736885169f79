"""The payroll file (工资表): given out with totals that agree."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.sheets import giving
from sangesan.ledger.audit.services import note
from sangesan.method.authority import Scope

from .. import queries
from ..models import Export
from ..sheet import PAYROLL, PROOF, SUMMARY


@transaction.atomic
def export(*, scope: Scope, number: str) -> bytes:
    """Return a pool's payroll as a workbook (导出工资表), logged, with a watermark."""
    pool = queries.pool_for(scope, number)
    lines, now = queries.lines(pool), clock.local(clock.now())
    head = [_("单位编码"), _("单位"), _("工号"), _("姓名"), _("岗位系数"), _("份额（%）"), _("出勤天数"), _("系数"),
            _("金额"), _("补发"), _("合计")]
    rows = [[r.unit.code, r.unit.name, r.person.work_number, r.person.name, _cents(r.base), _cents(r.share), r.days,
             Decimal(r.factor) / 10_000, _cents(r.cents), _cents(r.more), _cents(r.total)] for r in lines]
    totals = [[_("单位编码"), _("单位"), _("人数"), _("合计")], *(
        [*unit, n, _cents(cents)] for unit, (n, cents) in queries.totals(lines).items())]
    agree = [[_("项目"), _("金额")], *(list(one) for one in queries.proof(pool).items())]
    marked = _("%(pool)s，%(name)s（%(post)s）于 %(at)s 导出，个人收入，不得外传") % {
        "pool": pool.number, "name": scope.name, "post": scope.posts[0].title, "at": f"{now:%Y-%m-%d %H:%M}"}
    made = giving.workbook({PAYROLL.name: [head, *rows], SUMMARY.name: totals, PROOF.name: agree}, watermark=marked)
    Export.objects.create(pool=pool, digest=digest_of(made), person_id=scope.person, made_at=clock.now())
    note("export.made", scope=scope, subject=pool.subject, detail={"rows": len(rows)})
    return made


def _cents(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def digest_of(file: bytes) -> str:
    """Return by what a file is known again (文件摘要)."""
    return hashlib.sha256(file).hexdigest()
