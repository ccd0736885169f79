"""A workbook of the safety office (安全系统导出的表): its problems one a row, or its counts by unit and day."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError
from sangesan.foundation.sheets.columns import Choice, Day, Sheet, Text
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.method.authority import Scope

from . import figures
from .taking import Problem, take_findings

LIST = Sheet("隐患清单", (
    Text("编号", required=True), Choice("类别", required=True, choices={"隐患": "hazard", "三违": "violation"}),
    Text("单位编码", required=True, longest=32), Day("检查日期", required=True),
    Text("内容", required=True, longest=500, width=40), Text("整改要求", longest=300, width=30), Day("整改期限"),
    Text("地点", longest=60), Text("班次", longest=20),
    Choice("状态", choices={"整改中": "open", "待验收": "done", "已销号": "closed"}),
), most=2_000)


def take_workbook(*, scope: Scope, workbook: bytes, source: str = "file") -> dict[str, int]:
    """Take in a workbook (导入表格): the list of problems when it holds one, else the counts; all or nothing."""
    table = read_workbook(workbook, [LIST, figures.SHEET]).get(LIST.name)
    if table is None:
        return figures.take_figures(scope=scope, workbook=workbook, source=source)
    named = [name for name in table.header if any(word in name for word in figures.PERSONAL)]
    if named:
        raise _refused(_("表里有涉及个人的列：%s") % "、".join(named), _("写事不写人，请删去这些列"))
    if table.wrong:
        told = "；".join(_("第 %(n)d 行%(why)s") % {"n": row.line, "why": "、".join(row.faults)}
                        for row in table.wrong[:5])
        raise _refused(told, _("改正后再上传，有错的时候一行也不收"))
    problems = [Problem(number=row["编号"], kind=row["类别"], unit=row["单位编码"], day=row["检查日期"],
                        text=row["内容"], measure=row["整改要求"] or "", due=row["整改期限"], place=row["地点"] or "",
                        shift=row["班次"] or "", state=row["状态"] or "open") for row in table.rows]
    try:
        return take_findings(scope=scope, source=source, problems=problems, most=LIST.most)
    except UserError as fault:
        fault.code = "workbook"
        raise


def _refused(why: str, next: str) -> UserError:
    return UserError(_("没有导入"), why=why, next=next, code="workbook")
