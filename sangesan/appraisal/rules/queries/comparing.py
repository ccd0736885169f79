"""What a version changes in another (版本比较), in the words of the pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms.models import model_to_dict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.method.pairing import Named, pairs
from sangesan.method.rounding import points
from sangesan.method.weights import written

from ..kinds import ASSESSED
from ..models import Field, Indicator, PayRule, RuleSet
from .said import linked, percent, weighed

DROPPED = ("id", "rule_set", "position")
WORDS = {"name": lazy("名称"), "standard": lazy("考核标准"), "weight": lazy("分值"), "method": lazy("计分方法"),
         "side": lazy("结果或过程"), "kinds": lazy("单位类别"), "line": lazy("条线"), "late_share": lazy("迟办折算"),
         "full": lazy("满分"), "floor": lazy("扣到"), "cap": lazy("最高"), "planned": lazy("计划值"),
         "lead": lazy("牵头部门"),
         "book": lazy("手册"), "section": lazy("篇目"), "evidence": lazy("佐证"), "field": lazy("领域"),
         "least": lazy("至少几份"), "period": lazy("期间"), "objector": lazy("谁可提异议"),
         "target": lazy("考核对象"), "prefix_only": lazy("只计连续步骤"), "rewards": lazy("没有加分不失分")}
"""What each column of an indicator is called (各栏名称); a code is none of it, for it names no more than a row."""
HUNDREDTHS = {"weight", "full", "floor", "cap", "late_share"}
"""What is kept in hundredths: points, and a share as a percentage (百分之一为单位)."""


def changes(before: RuleSet, after: RuleSet) -> list[dict[str, Any]]:
    """Return what a version changes in another (与施行版比较), item by item, each known by what it is."""
    old, new = (list(row.indicators.all()) for row in (before, after))
    known = pairs([_named(i) for i in old], [_named(i) for i in new])
    fields = dict(Field.objects.values_list("code", "name"))
    found = []
    for place, row in enumerate(new):
        if place not in known:
            found.append({"name": row.name, "word": _("新增"), "parts": []})
        elif parts := _parts(old[known[place]], row, fields):
            found.append({"name": row.name, "word": _("修改"), "parts": parts})
    gone = [row for place, row in enumerate(old) if place not in known.values()]
    return found + [{"name": row.name, "word": _("取消"), "parts": []} for row in gone]


def settled(before: RuleSet, after: RuleSet) -> list[dict[str, Any]]:
    """Return what a version changes in the terms of another (条款比较): its name, links, lines, grades, pay."""
    old, new = (_terms(row) for row in (before, after))
    names = [*old, *(name for name in new if name not in old)]
    return [{"name": name, "word": _("修改") if old.get(name) and new.get(name) else _("新增") if new.get(name)
             else _("取消"), "parts": [{"word": _("条款"), "was": old.get(name) or "--", "now": new.get(name) or "--"}]}
            for name in names if old.get(name) != new.get(name)]


def _terms(row: RuleSet) -> dict[str, str]:
    """Return the terms of a version in words (各项条款), by what they are called."""
    links = {_("逐级挂钩 · %s") % linked(k).partition(" · ")[0]: linked(k).partition(" · ")[2] for k in row.links.all()}
    pay = PayRule.objects.filter(rule_set=row).first()
    return {_("办法名称"): row.name, **links, _("条线权重"): weighed(row.line_weights) or _("各条线一样重"),
            _("等次与系数"): "、".join(_("%(name)s %(least)s 分起 %(coefficient)s") % {
                "name": g.name, "least": points(g.least), "coefficient": points(g.coefficient // 100)}
                for g in row.grades.all()),
            _("兑现"): _("%(mode)s，奖金池系数不低于 %(floor)s，每人每期最多扣 %(most)s，留 %(reserve)s 补差") % {
                "mode": pay.get_mode_display(), "floor": points(pay.floor // 100), "most": percent(pay.deducted_most),
                "reserve": percent(pay.reserve)} if pay else "",
            _("个人得分中单位占"): percent(row.person_share), _("本级得分最高"): points(row.own_cap)}


def columns(row: Any) -> dict[str, Any]:
    """Return what a row of a version says, by column (各栏)."""
    return {name: value for name, value in model_to_dict(row).items() if name not in DROPPED}


def _named(row: Indicator) -> Named:
    return Named(row.code, row.name, row.standard, tuple(row.kinds))


def _parts(a: Indicator, b: Indicator, fields: dict[str, str]) -> list[dict[str, Any]]:
    now = columns(b)
    return [{"word": WORDS.get(name, _("读取规则")), "was": _said(a, name, was, fields),
             "now": _said(b, name, now[name], fields)}
            for name, was in columns(a).items() if name != "code" and was != now[name]]


def _said(row: Indicator, name: str, value: Any, fields: dict[str, str]) -> str:
    if name == "tallies":
        return ""
    if name in _NAMED:
        return _NAMED[name](row, fields)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name in HUNDREDTHS:
        return str(written(value)) if value >= 0 else points(value)
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else value if value not in (None, "") else "--") or "--"


def kinds_of(row: Indicator) -> str:
    """Return the kinds of units an indicator is about, in words (单位类别)."""
    names = dict(ASSESSED)
    return "、".join(str(names.get(kind, kind)) for kind in row.kinds) or _("各类单位")


_NAMED: dict[str, Callable[[Indicator, dict[str, str]], str]] = {
    "section": lambda row, _fields: row.place or "--",
    "field": lambda row, fields: fields.get(row.field, row.field) or "--",
    "kinds": lambda row, _fields: kinds_of(row),
}
