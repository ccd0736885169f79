"""A payroll file that came back (交回的工资表): whether it is the very file, and what in it is not what was paid."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.foundation.sheets import giving
from sangesan.foundation.sheets.columns import plain
from sangesan.foundation.sheets.tables import Row, Table
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.method import pay
from sangesan.method.authority import Scope

from .. import queries
from ..models import Export, Payout
from ..sheet import PAYROLL, SUMMARY
from .exporting import digest_of


@dataclass(frozen=True)
class Difference:
    """A line of a file that is not what was paid (不符的一行); `number` is '' for the total of a unit or of all."""

    number: str
    unit: str
    ours: int | None
    theirs: int | None
    times: int = 1

    @property
    def word(self) -> str:
        """What is wrong with it (不符之处)."""
        if self.times > 1:
            return _("写了 %d 行") % self.times
        if self.ours is None:
            return _("系统没有这一行")
        if self.theirs is None:
            return _("文件里没有这一行，或者金额不是数")
        if self.ours == self.theirs:
            return _("合计没有变，其他栏被改过")
        return _("系统 %(ours)s，文件 %(theirs)s") % {"ours": pay.yuan(self.ours), "theirs": pay.yuan(self.theirs)}


def check(*, scope: Scope, number: str, file: bytes) -> tuple[bool, list[Difference]]:
    """Compare a payroll file that came back (核对交回的工资表): whether it is one given out, and what differs now."""
    pool = queries.pool_for(scope, number)
    given = Export.objects.filter(pool=pool, digest=digest_of(file)).exists()
    table, lines = read_workbook(file, [PAYROLL])[PAYROLL.name], queries.lines(pool)
    summary = read_workbook(file, [PAYROLL, SUMMARY]).get(SUMMARY.name)
    return given, [*_lines(table, lines), *(_totals(summary, lines) if summary else [])]


def _lines(table: Table, lines: list[Payout]) -> list[Difference]:
    """Return the lines that differ (不符的行); a line without a number is one too, the watermark is none."""
    theirs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in table.rows:
        if sum(bool(plain(cell)) for cell in row.cells) > 1:
            theirs[row["工号"] or "", row["单位编码"] or ""].append(row)
    ours = {(r.person.work_number, r.unit.code): r for r in lines}
    found = []
    for key in sorted({*ours, *theirs}):
        mine, rows = ours.get(key), theirs.get(key, [])
        if mine and [_said(row) for row in rows] == [
                [giving.harmless(mine.person.name), mine.cents, mine.more, mine.total]]:
            continue
        sums = [row["合计"] for row in rows if row["合计"] is not None]
        found.append(Difference(*key, mine.total if mine else None, sum(sums) if sums else None, len(rows) or 1))
    return found


def _said(row: Row) -> list[object]:
    return [row[name] for name in ("姓名", "金额", "补发", "合计")]


def _totals(table: Table, lines: list[Payout]) -> list[Difference]:
    """Return the totals that differ (不符的合计)."""
    ours = queries.totals(lines)
    theirs = {(row["单位编码"] or "", row["单位"] or ""): (row["人数"], row["合计"])
              for row in table.rows if row["人数"] is not None or row["合计"] is not None}
    return [Difference("", unit[1], ours.get(unit, (0, None))[1], theirs.get(unit, (0, None))[1])
            for unit in dict.fromkeys([*ours, *theirs]) if ours.get(unit) != theirs.get(unit)]
