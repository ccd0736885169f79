"""Imports that were made (导入批次)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.foundation.sheets import giving
from sangesan.foundation.sheets.tables import Table
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.method.authority import Action, Scope

from ..models import Batch
from .changes import Effect, Plan
from .planning import plan
from .sheets import SHEETS

UNDO_WITHIN = timedelta(hours=24)
FIRST = 20
"""So many faults and differences a page shows; the workbook back has them all."""


def batches(limit: int = 10) -> list[Batch]:
    """Return the latest imports (最近的导入) without what they carry."""
    return list(Batch.objects.defer("workbook", "journal")[:limit])


def batch_for(scope: Scope, pk: int) -> Batch:
    """Return an import to whoever keeps the organisation, else NotFound."""
    batch = Batch.objects.filter(pk=pk).first() if scope.can(Action.EDIT_ORGANIZATION) else None
    if batch is None:
        raise NotFound(_("没有找到这次导入"))
    return batch


def undoable(batch: Batch) -> bool:
    """Return whether an import may still be undone (可否撤销): within 24 hours."""
    return batch.state == Batch.State.TAKEN and clock.now() < batch.taken_at + UNDO_WITHIN


def tables_of(batch: Batch) -> dict[str, Table]:
    """Return the sheets of the workbook an import carries (工作簿内容)."""
    if not batch.workbook:
        raise NotFound(_("这次导入的工作簿已经清除"), why=_("超过了保存期限"), next=_("请重新上传"))
    return read_workbook(bytes(batch.workbook), SHEETS)


def read(source: bytes | Path) -> dict[str, Table]:
    """Return the sheets of an organisation workbook (读取组织工作簿)."""
    return read_workbook(source, SHEETS)


def plan_today(tables: dict[str, Table]) -> Plan:
    """Return what a workbook would do today (今日预览)."""
    return plan(tables, clock.today())


def plan_of(batch: Batch) -> Plan | None:
    """Return what an uploaded workbook would do now (预览), None when it is no draft."""
    return plan_today(tables_of(batch)) if batch.state == Batch.State.DRAFT else None


def batch_page(batch: Batch) -> dict[str, Any]:
    """Return what the page of an import shows (导入预览页): counts, first faults, first differences."""
    plan = plan_of(batch)
    counts = plan.counts() if plan else {key: value for key, value in batch.counts.items() if key != "faults"}
    wrong = sum(each["wrong"] for each in counts.values())
    working = sum(each["new"] + each["changed"] for each in counts.values())
    kept = batch.counts.get("faults", {})
    faults = [(sheet, line, "", said) for sheet, lines in kept.items() for line, said in lines.items()]
    if plan:
        faults = [(sheet, change.row.line, change.title, change.row.faults) for sheet, change in plan.wrong]
    changed = [
        (sheet, change) for sheet in plan.changes for change in plan.of(sheet, Effect.CHANGED)[:FIRST]
    ] if plan else []
    return {
        "batch": batch, "counts": counts, "wrong": wrong, "working": working, "faults": faults[:FIRST],
        "changed": changed[:FIRST], "undoable": undoable(batch), "draft": plan is not None,
        "undo_until": batch.taken_at and batch.taken_at + UNDO_WITHIN, "has_workbook": bool(batch.workbook),
    }


def faults_of(tables: dict[str, Table]) -> bytes:
    """Return judged sheets as a workbook with 错误原因 (错误表)."""
    return giving.with_faults(tables.values())


def workbook_back(batch: Batch) -> bytes:
    """Return the workbook with the column 错误原因 (错误表): judged before, kept after the import."""
    tables = tables_of(batch)
    if batch.state == Batch.State.DRAFT:
        plan(tables, clock.today())
    else:
        for name, lines in batch.counts.get("faults", {}).items():
            for row in tables[name].rows:
                row.faults = lines.get(str(row.line), [])
    return giving.with_faults(tables.values())
