"""The rules in words (办法用语): how an indicator counts, how units are linked, what lines weigh."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.method.linkage import VetoEffect
from sangesan.method.rounding import points
from sangesan.method.weights import written
from sangesan.organization.units.models import Kind, Line

from ..models import Indicator, Link
from .frozen import indicator as frozen


def said(row: Indicator) -> str:
    """Return how an indicator counts (计分说明), so that whoever is judged by it can reckon it."""
    parts = [*_SAID[row.method](row)]
    if row.late_share:
        parts.append(_("迟办得 %s%%") % written(row.late_share))
    if row.least:
        parts.append(_("不足 %d 份不计") % row.least)
    if row.method in ("deduct", "add") and row.full != row.weight:
        parts.append(_("%(full)s 分折成 %(worth)s 分") % {"full": written(row.full), "worth": row.worth})
    return "，".join(parts)


def _changing(row: Indicator) -> list[str]:
    """Say from where points are taken and given (扣分加分): `full` or nought, and the bounds."""
    each = next((t.get("points", 0) for t in row.tallies), 0)
    begins = frozen(row).base
    found = [_("从 %s 分起") % written(begins)]
    if row.method == "deduct":
        found += [_("每次扣 %s 分") % written(each), _("扣到 %s 分为止") % written(max(0, row.floor))]
        return found + ([_("最高 %s 分") % written(row.cap)] if row.cap > row.full else [])
    found += [_("每次加 %s 分") % written(each), _("最高 %s 分") % written(row.cap)]
    return found + ([_("没有加分不失分")] if begins else [])


def _planned(row: Indicator) -> str:
    """Say the planned value or limit (计划值、限值), which is that of a month where every period counts."""
    if row.planned is None:
        return ""
    return str(row.planned) if row.period else _("每月 %d") % row.planned


def _attained(row: Indicator) -> list[str]:
    goal = _planned(row)
    found = [_("办成数 ÷ 计划数"), *([_("计划 %s") % goal] if goal else [])]
    return found + ([_("最高 %s%%") % written(row.cap)] if row.cap != row.full else [])


def _kept_below(row: Indicator) -> list[str]:
    goal = _planned(row)
    return [_("不超过限值得满分，超一成扣一成，超一倍得零分"), *([_("限值 %s") % goal] if goal else [])]


def _steps(row: Indicator) -> list[str]:
    return [_("每件按办完的步骤得分，各件平均"), *([_("只计连续办完的步骤")] if row.prefix_only else [])]


_SAID = {
    "completeness": lambda row: [_("办好的 ÷ 应办的")], "ratio": _attained, "lower": _kept_below,
    "deduct": _changing, "add": _changing, "steps": _steps,
    "days": lambda row: [_("各日结果的平均，没有结果的日子不计")],
    "veto": lambda row: [_("发生即否决，结果记零分，落到责任岗位，不牵连职工奖金池")],
}


def linked(link: Link) -> str:
    """Return how a kind of unit is linked, in words (挂钩说明)."""
    whom = str(dict(Kind.choices).get(link.kind, "")) or _("其他各级")
    line = f"{link.get_line_display()}：" if link.line else ""
    if link.mode == Link.Mode.PASS_THROUGH:
        how = _("下级每失一分连带 %(rate)s，至多 %(cap)s 分") % {
            "rate": percent(link.share if link.rate is None else link.rate), "cap": points(link.cap)}
    else:
        how = _("下级占 %s") % percent(link.share)
    if link.mode == Link.Mode.CEILING:
        how += _("，不高出最弱下级 %s 分") % points(link.margin)
    return f"{line}{whom} · {link.get_mode_display()}，{how}，{link.get_members_display()}；{vetoed(link)}"


def vetoed(link: Link) -> str:
    """Return what a vetoed unit does to the one above, in words (否决上行)."""
    if link.veto_effect == VetoEffect.DEDUCTION:
        return _("下级被否决，每个另扣 %(each)s 分，至多 %(most)s 分") % {
            "each": points(link.veto_deduction), "most": points(link.veto_cap)}
    return _("被否决的下级按零分计入") if link.veto_effect == VetoEffect.SCORE else _("被否决的下级不计入")


def weighed(weights: dict[str, int]) -> str:
    """Return what each line weighs, in words (条线权重)."""
    return "、".join(f"{word} {written(weights[slug])}" for slug, word in Line.choices if slug in weights)


def percent(basis: int) -> str:
    """Return basis points as a percentage (百分数)."""
    return points(basis).removesuffix(".00") + "%"
