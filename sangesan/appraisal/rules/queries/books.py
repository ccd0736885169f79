"""The rules as workbooks (办法工作簿): template, preview, the same workbook back, a version given out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation.sheets.columns import plain as plain_cell
from sangesan.foundation.sheets.giving import template as empty
from sangesan.foundation.sheets.giving import with_faults
from sangesan.foundation.sheets.giving import workbook as plain
from sangesan.foundation.sheets.tables import Row, Table
from sangesan.foundation.sheets.text import UnreadableFile
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.method import books

from .. import recognised, workbook
from ..models import RuleSet

SHOWN = 100
"""So many faults are shown on the page; all stand in the workbook that is given back."""


def template() -> bytes:
    """Return the workbook to fill in (模板)."""
    return empty(workbook.sheets(), [
        _("带 * 的列要填。先在“指标”里逐行写本企业的考核细则；“挂钩”“等次”不改的可以空着，沿用现在的办法。"),
        _("数据来源写明这一项从哪里取数；没有现成数据的选“考核员登记”，由考核员登记例外，第二人复核。"),
        _("结果指标的分值不低于百分之六十，过程指标不高于百分之四十；收到多少反映从不影响得分。"),
        _("每项指标都要在三册里有位置，篇目照手册里的篇名写。"),
        *(f"《{title}》：{'、'.join(one.word for one in books.sections(book))}" for book, title in books.BOOKS.items()),
    ])


def ours(data: bytes) -> tuple[bytes, list[recognised.Recognised]]:
    """Return a workbook in our sheets (统一格式), and what each sheet gave where it was an enterprise's own."""
    try:
        read_workbook(data, workbook.sheets())
    except UnreadableFile:
        made = recognised.own(data)
        if made is None:
            raise
        return made
    return data, []


def preview(data: bytes, own: bool = False) -> dict[str, Any]:
    """Return what a workbook would bring (预览), row by row with what is wrong; of one's `own`, by its own rows."""
    tables = read_workbook(data, workbook.sheets())
    workbook.judge(tables)
    wrong = [(_place(table, row, own), row["指标"] or row["等次"] or "", row.faults)
             for table in tables.values() for row in table.wrong]
    right = sum(len(table.rows) for table in tables.values()) - len(wrong)
    return {"tables": tables, "wrong": len(wrong), "faults": wrong[:SHOWN], "right": right,
            "counts": {name: (len(table.rows) - len(table.wrong), len(table.wrong)) for name, table in tables.items()}}


def _place(table: Table, row: Row, own: bool) -> str:
    """Return where whoever looks at the sheet finds a row (所在位置): in the workbook that was sent."""
    if own and workbook.ORIGIN in table.header:
        return plain_cell(row.cells[table.header.index(workbook.ORIGIN)])
    return _("%(sheet)s 第 %(line)d 行") % {"sheet": table.sheet.name, "line": row.line}


def workbook_back(data: bytes) -> bytes:
    """Return the workbook as it came, with 错误原因 (错误表)."""
    return with_faults(preview(data)["tables"].values())


def exported(row: RuleSet) -> bytes:
    """Return a version as a workbook (导出办法)."""
    return plain(workbook.written(list(row.indicators.all()), list(row.links.all()), list(row.grades.all())))
