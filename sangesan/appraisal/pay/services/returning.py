"""A payroll file that came back (交回的工资表): whether it is the very file, and what in it is not what was paid."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation.sheets import giving
from sangesan.foundation.sheets.columns import plain
from sangesan.foundation.sheets.tables import Row, Table
from sangesan.foundation.sheets.workbooks import read_workbook, reckons
from sangesan.method import pay
from sangesan.method.authority import Scope

from .. import queries
from ..models import Export, Payout
from ..sheet import PAYROLL, PROOF, SUMMARY
from .exporting import digest_of


@dataclass(frozen=True)
class Difference:
    """A line of a file that is not what was paid (不符的一行); `number` is '' for a total, `said` what is no sum.

    `columns` are those beside the total that are not as they were given out.
    """

    number: str
    unit: str
    ours: int | None
    theirs: int | None
    times: int = 1
    said: str = ""
    theirs_said: str = ""
    columns: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """What is wrong with it (不符之处)."""
        if self.said:
            return self.said
        if self.times > 1:
            return _("写了 %d 行") % self.times
        if self.ours is None:
            return _("系统没有这一行")
        if self.theirs is None:
            return _("文件里没有这一行，或者金额不是数")
        if self.ours == self.theirs:
            return _("合计没有变，改过的是%s") % "、".join(f"“{name}”" for name in self.columns)
        return _("系统 %(ours)s，文件 %(theirs)s") % {"ours": pay.yuan(self.ours), "theirs": pay.yuan(self.theirs)}


def check(*, scope: Scope, number: str, file: bytes) -> tuple[bool, list[Difference]]:
    """Compare a payroll file that came back (核对交回的工资表): whether it is one given out, and what differs now."""
    pool = queries.pool_for(scope, number)
    given = Export.objects.filter(pool=pool, digest=digest_of(file)).exists()
    tables = read_workbook(file, [PAYROLL, SUMMARY, PROOF])
    if PAYROLL.name not in tables:
        read_workbook(file, [PAYROLL])
    lines, found = queries.lines(pool), []
    if not given:
        found = _proof(tables.get(PROOF.name), queries.proof(pool))
        if any(one.unit == _("编号") and one.theirs_said for one in found):
            return given, found  # of another pool: all its lines would differ
    found += _lines(tables[PAYROLL.name], lines)
    if SUMMARY.name in tables:
        found += _totals(tables[SUMMARY.name], lines)
    if not given and reckons(file):
        found.append(Difference("", _("公式"), None, None, said=_("格子里有公式，别的程序打开会另算")))
    return given, found


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
        wrong = [name for name, said in _said(mine, table).items() if rows[0][name] != said] if mine and rows else []
        if mine and len(rows) == 1 and not wrong:
            continue
        sums = [row["合计"] for row in rows if row["合计"] is not None]
        found.append(Difference(*key, mine.total if mine else None, sum(sums) if sums else None, len(rows) or 1,
                                columns=tuple(wrong)))
    return found


def _said(row: Payout, table: Table) -> dict[str, object]:
    """Return what a line must say (应有的内容); what a payroll clerk took out of the sheet is not asked for."""
    asked = {"岗位系数": row.base, "份额（%）": row.share, "出勤天数": row.days, "系数": row.factor}
    return {name: value for name, value in asked.items() if name in table.header} | {
        "姓名": giving.harmless(row.person.name), "金额": row.cents, "补发": row.more, "合计": row.total}


def _proof(table: Table | None, ours: dict[str, Any]) -> list[Difference]:
    """Return by what a file shows that it is of another pool, or was changed (核对项不符)."""
    if table is None:
        return [Difference("", PROOF.name, None, None, said=_("文件里没有这张工作表，看不出是哪一期的"))]
    theirs = {row["项目"]: row["金额"] or "" for row in table.rows if row["项目"]}
    return [Difference("", name, None, None, said=_("系统 %(ours)s，文件 %(theirs)s") % {
                "ours": plain(float(value)) if isinstance(value, Decimal) else value,
                "theirs": theirs.get(name) or _("没有")}, theirs_said=theirs.get(name, ""))
            for name, value in ours.items() if not _same(theirs.get(name, ""), value)]


def _same(said: str, ours: Decimal | str) -> bool:
    """Return whether a cell says what we gave out (相符); a sum may be saved as text, 600,000.00."""
    if not isinstance(ours, Decimal):
        return said == ours
    try:
        return Decimal(said.replace(",", "")) == ours
    except InvalidOperation:
        return False


def _totals(table: Table, lines: list[Payout]) -> list[Difference]:
    """Return the totals that differ (不符的合计)."""
    ours = queries.totals(lines)
    theirs = {(row["单位编码"] or "", row["单位"] or ""): (row["人数"], row["合计"])
              for row in table.rows if row["人数"] is not None or row["合计"] is not None}
    return [Difference("", unit[1], ours.get(unit, (0, None))[1], theirs.get(unit, (0, None))[1], columns=("人数",))
            for unit in dict.fromkeys([*ours, *theirs]) if ours.get(unit) != theirs.get(unit)]
