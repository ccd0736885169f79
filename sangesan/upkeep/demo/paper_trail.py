"""Paper of the demo mine (示范矿的纸面材料): signed pages, packages to fetch, forms of the group company."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from docx import Document
from PIL import Image, ImageDraw

from sangesan.appraisal.handbooks import services as books
from sangesan.appraisal.handbooks.models import Order
from sangesan.foundation import clock
from sangesan.foundation.print import engine
from sangesan.foundation.sheets.giving import workbook
from sangesan.organization.documents import services as documents

from .cast import holder
from .work import Act, at

SIGNED = (
    ("ZC1", "branch", "assembly", "支部党员大会记录", "通报上季度支部工作和经费使用，党员没有异议。"),
    ("ZC1", "branch", "organisation_life", "支部委员会记录", "研究本月职工反映集中的三件事，分别定了牵头人。"),
    ("ZC1", "union", "protection", "劳动保护检查记录", "自救器背带已全部换新，领用人逐一签字。"),
    ("ZJ2", "branch", "assembly", "支部党员大会记录", "通过下季度党员责任区安排。"),
)
"""Branch, book, section, heading and words of each page that was signed on paper and scanned (附签字页)."""
FORMS = ("集团公司党群工作月报", "集团公司季度考核情况表")
COUNTED = (
    "取得技能等级", "取得证书职称", "学习型党组织学习日", "学习日参加", "创先争优", "事项按期答复比例",
    "事项按期答复件数", "事项按期答复总数", "职工评价满意比例", "职工评价满意件数", "职工评价满意总数",
)
"""Names of fields, as the pages of these forms list them (报表字段)."""


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield what went on paper and what came back from it (各件)."""
    day = max(since, until - timedelta(days=20))
    for n, page in enumerate(SIGNED):
        yield Act(at(day + timedelta(days=n), 16, 10), f"signed {n}", partial(sign, *page))
    yield Act(at(day, 9, 20), "forms", keep_forms)
    yield Act(at(until, 8, 40), "copies", order)


def sign(code: str, slug: str, section: str, heading: str, words: str) -> None:
    """A branch scans what was signed (附签字页)."""
    books.add_scan(scope=holder(f"DW-{code}-SJ"), code=f"DW-{code}", slug=slug, year=clock.today().year,
                   section=section, sent=[scanned(heading, words)])


def scanned(heading: str, words: str) -> bytes:
    """Return a page as a scanner gives it (扫描页): slightly askew, with strokes where people signed."""
    [page] = engine.pages("official", {"title": heading, "blocks": [
        {"text": f"时间：{clock.today():%Y-%m-%d}　地点：队部学习室"}, {"text": words},
        {"text": "主持人签字：　　　　　　　　　记录人签字："}]}, ppi=100)
    sheet = Image.open(io.BytesIO(page)).convert("RGB")
    pen = ImageDraw.Draw(sheet)
    for x in (0.36, 0.72):
        left, top = int(sheet.width * x), int(sheet.height * 0.9)
        pen.line([(left + 6 * n, top + (n * 37 % 23) - 11) for n in range(16)], fill="#223a7a", width=3, joint="curve")
    out = io.BytesIO()
    sheet.rotate(0.6, fillcolor="#f6f5f1", resample=Image.Resampling.BICUBIC).save(out, "JPEG", quality=80)
    return out.getvalue()


def order() -> None:
    """The Party work department orders a set, a branch its folder for an inspection (印制单)."""
    year = clock.today().year
    books.order(scope=holder("DWB-GS"), kind=Order.Kind.SET.value, year=year, slug="branch")
    books.order(scope=holder("DW-ZC1-SJ"), kind=Order.Kind.INSPECTION.value, year=year, code="DW-ZC1")


def keep_forms() -> None:
    """The forms the group company sends, with names of fields where numbers belong (上级报表)."""
    rows = [[name, f"{{{{ {name} }}}}"] for name in COUNTED]
    head = [["填报单位", "{{ 填报单位 }}"], ["时段", "{{ 时段 }}"], ["填报日期", "{{ 填报日期 }}"]]
    sheet = workbook({"月报": [*head, *rows]})
    documents.keep_form(scope=holder("DWB-GS"), name=f"{FORMS[0]}.xlsx", content=sheet)
    paper, out = Document(), io.BytesIO()
    paper.add_heading(FORMS[1], 0)
    paper.add_paragraph("填报单位：{{ 填报单位 }}　　时段：{{ 时段 }}")
    table = paper.add_table(rows=0, cols=2, style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    paper.save(out)
    documents.keep_form(scope=holder("DWB-GS"), name=f"{FORMS[1]}.docx", content=out.getvalue())
