"""An enterprise's own sheet of rules (自有考核细则), brought into the sheets this house reads: what it says is kept.

What it does not say (which section of a book, what an assessor's item reads) stays open, and the
preview asks for it row by row.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.foundation.sheets.columns import plain as said_in
from sangesan.foundation.sheets.giving import workbook as given
from sangesan.foundation.sheets.text import UNREADABLE, UnreadableFile
from sangesan.foundation.sheets.workbooks import as_it_is
from sangesan.method import books, recognising
from sangesan.method.recognising import Item, Left
from sangesan.method.sheet_heads import heads as heads_of

from . import sources, workbook
from .library import BRANCH, MORE, UNITS
from .models import Field, Indicator

LIFE = {"assembly": "assembly", "committee": "organisation_life", "group": "group", "lecture": "lecture",
        "party_day": "party_day"}
"""The section of each meeting of organisation life (组织生活篇目)."""
PROCESS = {*LIFE, "branch", "openness", "study", "contact", "union", "integrity", "youth", "analysis", "discussion",
           "plan", "walk_round"}
PLACES = {"analysis": ("harmony", "branch", "analysis"), "discussion": ("harmony", "branch", "quarter"),
          "plan": ("harmony", "branch", "meetings"), "walk_round": ("safety", "branch", "rectification"),
          **{source: ("building", "branch", section) for source, section in LIFE.items()}}
"""Field and place of what the library has no indicator of (领域和篇目)."""
PARTY = "党支部"
KINDS = (("党支部", "党支部"), (r"区队|[一二三四五六七八九十\d采掘运通机修]队", "区队"), ("科室", "科室"),
         ("团支部", "团支部"), ("工会", "工会分会"))


@dataclass(frozen=True)
class Recognised:
    """What a sheet of one's own gave (认出的工作表): how many items, of which units, and all that was not taken."""

    sheet: str
    items: int
    kind: str
    columns: Sequence[str]
    left: Sequence[Left]
    sums: Sequence[str] = ()
    headings: Sequence[str] = ()
    unread: str = ""


def own(data: bytes) -> tuple[bytes, list[Recognised]] | None:
    """Return an enterprise's own workbook as one of ours (转成模板), with what each of its sheets gave.

    None where one of our sheets was meant and nothing is recognised. A sheet that says again what another said gives
    nothing more. Raises UnreadableFile saying why nothing, or too much, was recognised.
    """
    found: dict[tuple[str, str, str, str], tuple[str, Item]] = {}
    gave: list[Recognised] = []
    kind, fields = PARTY, _fields()
    for name, sheet in as_it_is(data).items():
        if sheet.unread:
            gave.append(Recognised(name, 0, "", (), (), unread=sheet.unread))
            continue
        cells = [[said_in(cell) for cell in row] for row in sheet.rows]
        kind, before, said = _kind(name, cells) or kind, len(found), recognising.read(
            cells, sheet.again, fields.values())
        left = [*said.left]
        for one in said.items:
            key = (kind, one.name, one.standard, one.worth)
            if key in found:
                left.append(Left(one.line, one.name, _("与 %s 相同，不再取用") % found[key][0]))
            else:
                found[key] = (_at(name, one.line), one)
        gave.append(Recognised(name, len(found) - before, kind, said.columns,
                               sorted(left, key=lambda row: row.line), said.sums, _lost(said.items, fields)))
    ours = workbook.sheets()
    if not found and {sheet.name for sheet in ours} & {one.sheet.strip() for one in gave}:
        return None
    if not found or len(found) > ours[0].most:
        raise _refused(gave, len(found), ours[0].most)
    heads = [column.name for column in ours[0].columns]
    rows = [[*_row(n, one, key[0], fields, heads), at] for n, (key, (at, one)) in enumerate(found.items(), start=1)]
    return given({"指标": [[*heads, workbook.ORIGIN], *rows]}), gave


def _refused(gave: Sequence[Recognised], count: int, most: int) -> UnreadableFile:
    """Return why nothing, or more than a version holds, was recognised (不收的原因)."""
    if count:
        return UnreadableFile(UNREADABLE, why=_("认出 %(count)d 项，一份办法最多 %(most)d 项") % {
            "count": count, "most": most}, next=_("请只留这份办法的考核项，各类单位的分成几个文件"))
    unread = [_("工作表“%(sheet)s”%(why)s") % {"sheet": one.sheet, "why": one.unread} for one in gave if one.unread]
    why = _("没有认出考核项：要有一行表头，写着考核项目、分值或扣分标准，下面逐行写各项")
    return UnreadableFile(UNREADABLE, why="；".join([*unread[:3], why]),
                          next=_("请补上表头，删去多余的行列；或者请下载模板，按模板填写"))


def _lost(items: Sequence[Item], fields: Mapping[str, str]) -> list[str]:
    """Return the headings that are no field and stand in no item (没有带入的考核项目)."""
    return list(dict.fromkeys(one.heading for one in items if one.heading and one.method not in ("add", "veto")
                              and not field_of(one.heading, fields) and one.heading not in one.standard))


def _at(sheet: str, line: int) -> str:
    return _("%(sheet)s 第 %(line)d 行") % {"sheet": sheet, "line": line}


def _kind(name: str, cells: Sequence[Sequence[str]]) -> str:
    """Return which units a sheet is about (单位类别), by its name and what stands above its heads; '' if unsaid.

    Name and title go before notes further down, which speak of who assesses, too.
    """
    there = heads_of(cells)
    above = [said for row in cells[:there.at if there else 2] if (said := "".join(row))]
    titles = [name + "".join(above[:2]), *above[2:]]
    return next((kind for title in titles for words, kind in KINDS if re.search(words, title)), "")


def _row(number: int, one: Item, kind: str, fields: Mapping[str, str], heads: Sequence[str]) -> list[str]:
    source = sources.BY_SLUG[one.source]
    method = one.method if one.method in source.by else next(iter(source.by))
    field, book, section = _place(one)
    field = field_of(one.heading, fields) or field
    there = books.section(book, section)
    said = {
        "编码": f"own_{number}", "指标": one.name, "考核标准": one.standard, "领域": fields.get(field, ""),
        "单位类别": kind,
        "计分方法": Indicator.Method(method).label, "结果或过程": _side(one), "分值": one.worth,
        "数据来源": source.word, "每次分值": one.each if method in ("deduct", "add") else "",
        "最高": one.most, "迟办折算": one.late, "牵头部门": one.lead, "佐证": one.evidence,
        "手册": books.BOOKS.get(book, ""), "篇目": there.word if there else "",
    }
    return [str(said.get(name, "")) for name in heads]


def _side(one: Item) -> str:
    return str(Indicator.Side("process" if one.source in PROCESS else "result").label)


def _fields() -> Mapping[str, str]:
    return dict(Field.objects.values_list("code", "name"))


def field_of(heading: str, fields: Mapping[str, str]) -> str:
    """Return the field that a heading names (考核项目就是领域名), '' where it names none, or several.

    >>> fields = {"safety": "安全生产", "order": "治安稳定"}
    >>> field_of("三、安全\\n生产（40分）", fields), field_of("党建", fields)
    ('safety', '')
    """
    named = [code for code, name in fields.items() if name in re.sub(r"\s", "", heading)]
    return named[0] if len(named) == 1 else ""


def _place(one: Item) -> tuple[str, str, str]:
    """Return field, book and section of an item (领域和篇目): as the library has it, '' where nothing says."""
    if one.method == "veto":
        return "order", "integrity", "discipline"
    if one.method == "add":
        return "building", "branch", "pioneer"
    if one.source in PLACES:
        return PLACES[one.source]
    for known in (*BRANCH, *UNITS, *MORE):
        if one.source != "manual" and sources.source_of(known["tallies"], known["method"]) == one.source:
            return known["field"], known["book"], known["section"]
    return "", "", ""
