"""The payroll file (工资表): given out with totals that agree, known again when it comes back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.sheets import giving
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.ledger.audit.services import note
from sangesan.method.authority import Scope

from .. import queries
from ..models import Export
from ..sheet import PAYROLL


@dataclass(frozen=True)
class Difference:
    """A line of a file that is not what was paid (不符的一行)."""

    number: str
    unit: str
    ours: int | None
    theirs: int | None


@transaction.atomic
def export(*, scope: Scope, number: str) -> bytes:
    """Return a pool's payroll as a workbook (导出工资表), logged, with a watermark."""
    pool = queries.pool_for(scope, number)
    lines, sums, now = queries.lines(pool), queries.sums(pool), clock.local(clock.now())
    head = [_("单位编码"), _("单位"), _("工号"), _("姓名"), _("岗位系数"), _("份额（%）"), _("出勤天数"), _("系数"),
            _("金额"), _("补发"), _("合计")]
    rows = [[r.unit.code, r.unit.name, r.person.work_number, r.person.name, _cents(r.base), _cents(r.share), r.days,
             Decimal(r.factor) / 10_000, _cents(r.cents), _cents(r.more), _cents(r.total)] for r in lines]
    units: dict[str, list[int]] = {}
    for r in lines:
        held = units.setdefault(r.unit.name, [0, 0])
        held[0], held[1] = held[0] + 1, held[1] + r.total
    totals = [[_("单位"), _("人数"), _("合计")], *([name, n, _cents(cents)] for name, (n, cents) in units.items()),
              [_("总计"), len(lines), _cents(sums.paid + sums.topped_up)]]
    agree = [[_("项目"), _("金额")], [_("奖金池"), _cents(pool.amount)], [_("首次分配"), _cents(sums.paid)],
             [_("留存"), _cents(sums.reserve)], [_("未分配"), _cents(sums.left)], [_("已补发"), _cents(sums.topped_up)],
             [_("台账摘要"), pool.digest]]
    marked = _("%(name)s（%(post)s）于 %(at)s 导出，个人收入，不得外传") % {
        "name": scope.name, "post": scope.posts[0].title, "at": f"{now:%Y-%m-%d %H:%M}"}
    made = giving.workbook({PAYROLL.name: [head, *rows], _("汇总"): totals, _("核对"): agree}, watermark=marked)
    Export.objects.create(pool=pool, digest=_digest(made), person_id=scope.person, made_at=clock.now())
    note("export.made", scope=scope, subject=pool.subject, detail={"rows": len(rows)})
    return made


def check(*, scope: Scope, number: str, file: bytes) -> tuple[bool, list[Difference]]:
    """Compare a payroll file that came back (核对交回的工资表): whether it is the very file, and what differs."""
    pool = queries.pool_for(scope, number)
    if Export.objects.filter(pool=pool, digest=_digest(file)).exists():
        return True, []
    table = read_workbook(file, [PAYROLL])[PAYROLL.name]
    theirs = {(row["工号"], row["单位编码"]): row["合计"] for row in table.rows if row["工号"]}
    ours = {(r.person.work_number, r.unit.code): r.total for r in queries.lines(pool)}
    keys = sorted(set(ours) | set(theirs))
    return False, [Difference(*key, ours.get(key), theirs.get(key)) for key in keys
                   if ours.get(key) != theirs.get(key)]


def _cents(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def _digest(file: bytes) -> str:
    return hashlib.sha256(file).hexdigest()
