"""On paper (纸张): the pre-shift sheet and a month's table, one page to pin up."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.print import engine
from sangesan.ledger.audit.services import note
from sangesan.method.authority import Scope

from . import queries
from .queries import Sheet

PAPER = Path(__file__).parent / "paper" / "board.typ"


def sheet(told: Sheet) -> bytes:
    """Return the pre-shift sheet as PDF (班前会一页纸)."""
    blocks = [{"head": _("给职工的答复 %d") % n, "lead": one.question, "text": one.answer}
              for n, one in enumerate(told.answers, 1)]
    blocks.append({"head": _("通知"), "lead": told.title, "text": told.notice or _("今天没有新的通知。")})
    return engine.pdf(PAPER, {
        "title": _("班前会一页纸"), "sub": f"{told.unit.name}　{told.day:%Y-%m-%d}", "blocks": blocks,
        "foot": _("井下险情先打调度电话；有危险，有权停止作业撤人。")})


def posting(scope: Scope, pk: int) -> bytes:
    """Return a month's table as PDF (公示表) for whoever reads it; who took it stands in the audit log."""
    found = queries.posting_for(scope, pk)
    rows = queries.table_of(scope, found)
    note("document.taken", scope=scope, subject=found.subject, detail={"paper": "openness", "form": "pdf"})
    head = [_("序号"), _("姓名"), _("出勤（天）"), _("工分"), _("奖金（元）")]
    return engine.pdf(PAPER, {
        "title": _("%(month)s队务公开")
        % {"month": _("%(year)s 年 %(month)s 月") % {"year": found.month.year, "month": found.month.month}},
        "sub": _("%(unit)s　第 %(n)d 版　公开 %(day)s") % {
            "unit": found.unit.name, "n": found.version, "day": f"{clock.local(found.posted_at):%Y-%m-%d}"},
        "head": head, "rows": [[str(one.position), one.name, *(decimal(n) for n in
                                (one.attendance, one.work, one.bonus))] for one in rows],
        "foot": _("有出入请找班组长或工会分会核对，更正后另出一版。")})


def decimal(hundredths: int) -> str:
    """Return hundredths as people write them (两位小数): 22.50 → 22.5."""
    whole, part = divmod(hundredths, 100)
    return f"{whole}.{part:02}".rstrip("0").rstrip(".") if part else str(whole)
