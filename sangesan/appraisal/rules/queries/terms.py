"""What the editors of a draft's terms show (办法条款编辑页)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation.errors import Conflict, NotFound
from sangesan.method.authority import Scope
from sangesan.method.rounding import points
from sangesan.method.weights import written

from ..models import Indicator, Link, PayRule, RuleSet
from .pages import Version, edits, state_of, version_for

ANY = "any"
"""How an address names all lines, or all other kinds of units (不限)."""


def draft_for(scope: Scope, code: str, version: int) -> Version:
    """Return a draft one may edit (可改的草案), else NotFound; what is decided or in force is read-only."""
    found = version_for(scope, code, version)
    if not edits(scope):
        raise NotFound(_("没有找到这一版办法"))
    if found.state != "draft":
        raise read_only(_("这一版不能改"))
    return found


def draft_row(rule_set: int, what: str) -> RuleSet:
    """Return a draft that is to be written anew (待改写的草案); `what` was not done where it is none any more."""
    row = RuleSet.objects.filter(pk=rule_set).first()
    if row is None:
        raise Conflict(what, why=_("这份草案已经不在了，别人可能刚改写过"), next=_("请刷新页面看最新草案"))
    if state_of(row) != "draft":
        raise read_only(what)
    return row


def read_only(what: str) -> Conflict:
    """Return why a version that is decided or in force stays as it is (只读), and where to draft the next."""
    return Conflict(what, why=_("它已经决定或施行，施行的办法只读"),
                    next=_("要改，请到“考核办法”页的“起草新版”点“照最近一版改”，改好后提交职代会"))


def indicator_for(scope: Scope, code: str, version: int, indicator: str) -> Indicator:
    """Return an indicator of a draft (某项指标), else NotFound."""
    row = draft_for(scope, code, version).row.indicators.filter(code=indicator).first()
    if row is None:
        raise NotFound(_("没有找到这项指标"))
    return row


def link_for_edit(scope: Scope, code: str, version: int, line: str, kind: str) -> tuple[Version, Link]:
    """Return a link rule of a draft (某条挂钩办法), else NotFound."""
    found = draft_for(scope, code, version)
    row = found.row.links.filter(line="" if line == ANY else line, kind="" if kind == ANY else kind).first()
    if row is None:
        raise NotFound(_("没有找到这条挂钩办法"))
    return found, row


def grades_shown(row: RuleSet) -> list[dict[str, str]]:
    """Return the grades as their form shows them (现有等次)."""
    return [{"name": g.name, "least": points(g.least), "coefficient": points(g.coefficient // 100)}
            for g in row.grades.all()]


def weights_shown(row: RuleSet) -> dict[str, int | str]:
    """Return the weights of lines as their form shows them (现有条线权重)."""
    return {slug: written(weight) for slug, weight in row.line_weights.items()}


def pay_shown(row: RuleSet) -> dict[str, Any]:
    """Return the pay rule as its form shows it (现有兑现办法)."""
    found = PayRule.objects.filter(rule_set=row).first() or PayRule(rule_set=row)
    shares = {name: getattr(found, name) // 100 for name in ("floor", "deducted_most", "reserve")}
    return shares | {"mode": found.mode, "person_share": row.person_share // 100, "own_cap": row.own_cap // 100}
