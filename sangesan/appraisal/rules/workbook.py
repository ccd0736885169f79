"""A version of the rules as a workbook (考核细则工作簿): what an enterprise already has in Excel comes in by it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation.sheets.columns import Choice, Codes, Decimals, Sheet, Text, Whole
from sangesan.foundation.sheets.tables import Row, Table
from sangesan.method import books
from sangesan.method.charging import charged
from sangesan.method.linkage import VetoEffect
from sangesan.method.rounding import points
from sangesan.method.ruling import MOST, STANDARD
from sangesan.method.statement import fits
from sangesan.method.weights import written as weight
from sangesan.organization.units.models import Kind, Line

from . import sources
from .kinds import ASSESSED
from .models import Field, Indicator, Link

VETOES = {"按零分计入": VetoEffect.SCORE.value, "按否决前计入，另扣分": VetoEffect.DEDUCTION.value,
          "不计入": VetoEffect.ISOLATE.value}
STEPS = {"逐步累计": "", "只计连续": "1"}
ORIGIN = "原表位置"
"""The column that says where a row stood in an enterprise's own workbook (原表位置)."""
CODE = re.compile(r"(?!new\Z)[a-z][a-z0-9_]{0,31}")
"""A code (编码); `new` is the address of an indicator to be added."""


def turned(choices: Sequence[tuple[str, Any]]) -> dict[str, str]:
    """Return words to slugs (词到代号)."""
    return {str(word): slug for slug, word in choices}


KINDS = turned(ASSESSED)
SOURCES = {source.word: source.slug for source in sources.SOURCES}


def sheets() -> tuple[Sheet, Sheet, Sheet]:
    """Return the three sheets (表样); the fields are those the enterprise has."""
    fields = {name: code for code, name in Field.objects.values_list("code", "name")}
    return (
        Sheet("指标", (
            Text("编码", required=True, longest=32, example="answers", note=_("小写字母、数字、下划线")),
            Text("指标", required=True, longest=40, example=_("按期答复"), width=20),
            Text("考核标准", longest=STANDARD, example=_("到期未答复，每件扣 1 分"), width=40),
            Choice("领域", required=True, choices=fields, example=next(iter(fields), "")),
            Choice("条线", choices=turned(Line.choices), note=_("空着：单位自己的条线")),
            Codes("单位类别", required=True, example=_("支部"), note=_("、隔开，例如：区队、科室")),
            Choice("计分方法", required=True, choices=turned(Indicator.Method.choices), example=_("扣分")),
            Choice("结果或过程", required=True, choices=turned(Indicator.Side.choices), example=_("结果")),
            Decimals("分值", required=True, example="20", note=_("最多两位小数；一票否决填 0")),
            Choice("数据来源", required=True, choices=SOURCES, example=_("事项按期答复"), width=18),
            Decimals("每次分值", example="1", note=_("扣分、加分时每次多少分")),
            Decimals("扣到", note=_("最低分，空着为 0")),
            Decimals("最高", note=_("空着为分值；加分要高于分值，没有加分才不失分")),
            Whole("计划值", most=10**9, note=_("完成率的计划值，或越低越好的限值")),
            Whole("迟办折算", most=100, example="50", note=_("迟办得百分之几")),
            Whole("至少几份", most=10_000, note=_("少于这些不计；满意度至少 10")),
            Choice("期间", choices=turned(Indicator.Period.choices), note=_("空着：每期都计")),
            Text("牵头部门", longest=40, example=_("信访办")), Text("佐证", longest=100),
            Choice("手册", required=True, choices=turned(Indicator.Book.choices), example=_("党支部工作手册"),
                   width=18),
            Text("篇目", required=True, longest=40, example=_("职工事项办理"), note=_("照手册里的篇名填写"), width=18),
            Choice("谁可提异议", choices=turned(Indicator.Objector.choices), width=18),
            Choice("考核对象", choices=turned(Indicator.Target.choices), note=_("空着为单位；岗位只用完成率")),
            Choice("步骤", choices=STEPS, note=_("分步计分用；空着为逐步累计"), width=14),
            Decimals("满分", note=_("扣分、加分用；空着为分值")),
        ), most=400),
        Sheet("挂钩", (
            Choice("条线", choices=turned(Line.choices)),
            Choice("单位类别", choices=turned(Kind.choices), note=_("空着：其他各类单位")),
            Choice("方式", required=True, choices=turned(Link.Mode.choices), example=_("加权挂钩")),
            Whole("下级占比", most=100, example="30", note=_("百分之几")),
            Whole("每失一分连带", most=100, note=_("百分之几，逐级连带用")), Decimals("连带上限", most=100),
            Decimals("高出最弱下级", most=100, note=_("封顶挂钩用")),
            Choice("下级权重", choices=turned(Link.Members.choices), width=16),
            Choice("否决上行", choices=VETOES, width=22), Decimals("每否决扣", most=100),
            Decimals("否决扣分上限", most=100),
        ), most=60),
        Sheet("等次", (
            Text("等次", required=True, longest=12, example=_("良好")),
            Decimals("起点分", required=True, most=110, example="90"),
            Decimals("系数", required=True, most=10, example="1.00"),
        ), most=20),
    )


def judge(tables: dict[str, Table]) -> None:
    """Add to each row what its cells alone don't show (逐行审查)."""
    for table in tables.values():
        for row in table.rows:
            row.judged_again()
    for row in tables["指标"].rows if "指标" in tables else ():
        row.faults += [*(_faults(row) if not row.faults else ()), *_charging(row)]
    _once(tables, "指标", ("编码",), _("编码“%s”写了两次"))
    _few(tables)
    _once(tables, "挂钩", ("条线", "单位类别"), _("这条线的这类单位写了两次"))
    _once(tables, "等次", ("等次",), _("等次“%s”写了两次"))
    _once(tables, "等次", ("起点分",), _("两个等次从同一分数起"))


def _once(tables: dict[str, Table], name: str, of: tuple[str, ...], said: str) -> None:
    """Add a fault to each row that says again what stands once in a version (重复)."""
    seen: set[tuple[Any, ...]] = set()
    for row in tables[name].rows if name in tables else ():
        key = tuple(row[column] for column in of)
        if row.faults:
            continue
        if key in seen:
            row.faults.append(said % key if "%s" in said else said)
        seen.add(key)


def _few(tables: dict[str, Table]) -> None:
    """Add a fault to each row beyond what one kind of unit may have (每类单位的项数): said in the preview already."""
    rows = [row for row in (tables["指标"].rows if "指标" in tables else ()) if not row.faults]
    asked = [[KINDS[word] for word in row["单位类别"]] for row in rows]
    count = dict.fromkeys((kind for kinds in asked for kind in kinds), 0)
    for row, kinds in zip(rows, asked, strict=True):
        if row["考核对象"] == Indicator.Target.POST:
            continue
        of = [kind for kind in count if fits(kinds, *_split(kind))]
        if full := next((kind for kind in of if count[kind] >= MOST), None):
            row.faults.append(_("%(kind)s已经有 %(most)d 项，这一项多出来了，请合并或减少") % {
                "kind": dict(ASSESSED)[full], "most": MOST})
            continue
        for kind in of:
            count[kind] += 1


def _split(kind: str) -> tuple[str, str]:
    one, _dot, line = kind.partition(".")
    return one, line


def _faults(row: Row) -> Any:
    if not CODE.fullmatch(row["编码"]):
        yield _("“编码”只用小写字母、数字和下划线，字母开头，不用 new")
    if wrong := [word for word in row["单位类别"] if word not in KINDS]:
        yield _("没有“%(wrong)s”这类单位，可选：%(known)s") % {
            "wrong": "、".join(wrong), "known": "、".join(map(str, KINDS))}
    source = sources.BY_SLUG[row["数据来源"]]
    if row["计分方法"] not in source.by:
        words = [str(label) for slug, label in Indicator.Method.choices if slug in source.by]
        yield _("“%(source)s”不能按“%(method)s”计分，可用：%(words)s") % {
            "source": source.word, "method": Indicator.Method(row["计分方法"]).label, "words": "、".join(words)}
    if row["考核对象"] == Indicator.Target.POST and row["计分方法"] not in sources.OF_POSTS:
        yield _("岗位只能按完成率计分：未办的事记在单位上")
    if row["计分方法"] in ("deduct", "add") and not row["每次分值"]:
        yield _("扣分、加分要写“每次分值”")
    if books.named(row["手册"], row["篇目"]) is None:
        yield _("《%(book)s》里没有“%(said)s”这一篇，可选：%(known)s") % {
            "book": books.BOOKS[row["手册"]], "said": row["篇目"],
            "known": "、".join(one.word for one in books.sections(row["手册"]))}
    if row["计分方法"] == "veto" and row["分值"]:
        yield _("一票否决不计分值，“分值”应为 0")
    if row["计分方法"] != "veto" and not row["分值"]:
        yield _("“分值”是 0：只有一票否决不计分值")


def _charging(row: Row) -> Any:
    """Say that a standard charges for what was raised (按反映多少扣分), whatever else a row still lacks."""
    if charged(row["指标"] or "", row["考核标准"] or "", row["计分方法"] or ""):
        yield _("标准按上访、诉求多少扣分，反映多少不能影响得分，请改为按期答复、解决属实等办理情况")


def content(tables: dict[str, Table]) -> dict[str, Any]:
    """Return the content of a draft from the right rows (草案内容)."""
    def rows(name: str) -> list[Row]:
        return [row for row in tables[name].rows if not row.faults] if name in tables else []

    return {"indicators": [_indicator(row) for row in rows("指标")], "links": [_link(row) for row in rows("挂钩")],
            "grades": [{"name": r["等次"], "least": r["起点分"], "coefficient": r["系数"] * 100} for r in rows("等次")]}


def _indicator(row: Row) -> dict[str, Any]:
    method, own = row["计分方法"], row["计分方法"] in ("deduct", "add")
    full = row["满分"] or row["分值"] if own else 10_000
    return {
        "code": row["编码"], "name": row["指标"], "standard": row["考核标准"] or "", "field": row["领域"],
        "line": row["条线"] or "", "kinds": [KINDS[word] for word in row["单位类别"]], "method": method,
        "side": row["结果或过程"], "weight": row["分值"], "full": full, "floor": row["扣到"] or 0,
        "cap": row["最高"] or full, "planned": row["计划值"], "late_share": (row["迟办折算"] or 0) * 100,
        "least": row["至少几份"] or 0, "period": row["期间"] or "", "lead": row["牵头部门"] or "",
        "evidence": row["佐证"] or "", "book": row["手册"], "section": _section(row),
        "target": row["考核对象"] or Indicator.Target.UNIT.value, "prefix_only": row["步骤"] == "1",
        "objector": row["谁可提异议"] or Indicator.Objector.HEAD.value,
        "tallies": sources.BY_SLUG[row["数据来源"]].by[method](row["每次分值"] or 0),
    }


def _section(row: Row) -> str:
    found = books.named(row["手册"], row["篇目"])
    return found.slug if found else ""


def _link(row: Row) -> dict[str, Any]:
    given = {"rate": (row["每失一分连带"], 100), "cap": (row["连带上限"], 1), "margin": (row["高出最弱下级"], 1),
             "share": (row["下级占比"], 100), "veto_deduction": (row["每否决扣"], 1),
             "veto_cap": (row["否决扣分上限"], 1)}
    return {"line": row["条线"] or "", "kind": row["单位类别"] or "", "mode": row["方式"],
            "members": row["下级权重"] or "equal", "veto_effect": row["否决上行"] or VetoEffect.ISOLATE.value,
            } | {name: value * times for name, (value, times) in given.items() if value is not None}


def written(indicators: Sequence[Indicator], links: Sequence[Link],
            grades: Sequence[Any]) -> dict[str, list[list[Any]]]:
    """Return a version as rows of the same sheets (导出), so that it can be changed in Excel and brought back."""
    heads = {sheet.name: [column.name for column in sheet.columns] for sheet in sheets()}
    names = dict(Field.objects.values_list("code", "name"))
    vetoes = {slug: word for word, slug in VETOES.items()}
    kinds = dict(ASSESSED)
    return {
        "指标": [heads["指标"], *([
            i.code, i.name, i.standard, names.get(i.field, ""), i.get_line_display() if i.line else "",
            "、".join(str(kinds.get(kind, kind)) for kind in i.kinds), i.get_method_display(), i.get_side_display(),
            weight(i.weight), _source(i), points(_each(i)) if _each(i) else "", points(i.floor) if i.floor else "",
            points(i.cap) if i.cap != i.full else "", i.planned if i.planned is not None else "",
            i.late_share // 100 or "", i.least or "", i.get_period_display() if i.period else "", i.lead, i.evidence,
            i.get_book_display(), i.place, i.get_objector_display(), i.get_target_display(),
            next(word for word, slug in STEPS.items() if bool(slug) is i.prefix_only),
            weight(i.full) if i.method in ("deduct", "add") and i.full != i.weight else ""] for i in indicators)],
        "挂钩": [heads["挂钩"], *([
            k.get_line_display() if k.line else "", str(kinds.get(k.kind, "")), k.get_mode_display(), k.share // 100,
            "" if k.rate is None else k.rate // 100, points(k.cap), points(k.margin), k.get_members_display(),
            vetoes[k.veto_effect], points(k.veto_deduction), points(k.veto_cap)] for k in links)],
        "等次": [heads["等次"], *([g.name, points(g.least), points(g.coefficient // 100)] for g in grades)],
    }


def _source(i: Indicator) -> str:
    found = sources.BY_SLUG.get(sources.source_of(i.tallies, i.method))
    return found.word if found else ""


def _each(i: Indicator) -> int:
    """Return what one occurrence is worth (每次分值)."""
    return int(i.tallies[0].get("points", 0)) if i.method in ("deduct", "add") and i.tallies else 0


__all__ = ["content", "judge", "sheets", "written"]
