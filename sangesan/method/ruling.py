"""What an assessment method must keep to (办法审查), before it may be decided: chapter V.2.

The number of matters raised never lowers a score, so nothing that is merely raised may be read.
Results weigh at least sixty in a hundred, process at most forty. Every indicator has its place in
one of the three books. At most forty indicators are active for a kind of unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .charging import charged
from .facts import KINDS
from .measures import ROLES
from .statement import fits
from .words import word

MOST = 40
"""At most so many indicators for one kind of unit (model.md)."""
STANDARD = 1_000
"""How many characters a standard has at most (考核标准字数): one item of an enterprise's own sheet says several."""
RESULTS_LEAST = 60
"""Results weigh at least so many in a hundred (chapter V.2)."""
ANSWERS_LEAST = 10
"""Satisfaction counts from so many answers on (chapter V.2)."""
RAISED = frozenset({
    "matter.received", "matter.graded", "matter.dispatched", "matter.merged", "matter.linked", "matter.withdrawn",
    "matter.declined", "matter.supervised", "matter.second_review", "identity.opened", "rise.detected", "rise.reviewed",
    "sealed.received", "sealed.taken_up",
})
"""Facts that say that something was raised, not how it was handled (反映本身)."""


@dataclass(frozen=True)
class Written:
    """An indicator as written down (指标), as far as the checks ask."""

    name: str
    weight: int
    method: str
    side: str
    kinds: tuple[str, ...]
    placed: bool
    on: bool
    least: int
    full: int
    floor: int
    cap: int
    planned: int | None
    tallies: Sequence[Mapping[str, Any]]
    target: str = "unit"
    standard: str = ""


def faults(indicators: Sequence[Written], grades: Sequence[tuple[int, int]] = (),
           line_weights: Mapping[str, int] | None = None, names: Mapping[str, str] | None = None) -> list[str]:
    """Return all that keeps a draft from being decided (不合要求之处), in plain Chinese.

    >>> faults([])
    ['没有一项指标']
    """
    if not indicators:
        return [word("没有一项指标")]
    if not any(i.weight for i in indicators):
        return [word("各项权重合计为零")]
    found = [f"“{i.name}”{fault}" for i in indicators for fault in _faults(i)]
    for kind in sorted({"", *(k for i in indicators for k in i.kinds)}):
        one, _dot, line = kind.partition(".")
        active = [i for i in indicators if i.target == "unit" and fits(i.kinds, one, line)]
        found += _of_kind((names or {}).get(kind, kind), active)
    if line_weights and not any(line_weights.values()):
        found.append(word("各条线权重合计为零"))
    if grades and min(least for least, _ in grades) > 0:
        found.append(word("等次没有从 0 分起，低分没有等次"))
    if any(one[1] < other[1] for one, other in _pairs(sorted(grades, reverse=True))):
        found.append(word("较高等次的系数低于较低等次"))
    return found


def _pairs(rows: Sequence[tuple[int, int]]) -> Iterable[tuple[tuple[int, int], tuple[int, int]]]:
    return zip(rows, rows[1:], strict=False)


def _faults(i: Written) -> list[str]:
    found, kinds = [], [str(t.get("kind", "")) for t in i.tallies]
    roles = [t.get("as") or ("good" if t.get("good") else "bad") for t in i.tallies]
    if not i.placed:
        found.append(word("没有写明在三册中的位置"))
    if not i.on:
        found.append(word("所属领域没有启用"))
    if not i.tallies:
        found.append(word("没有写明读取哪些台账"))
    found += [word("读取的“%(k)s”不是台账条目") % {"k": k} for k in sorted(set(kinds) - set(KINDS))]
    if RAISED & set(kinds):
        found.append(word("读取了反映事项本身，反映多少不能影响得分"))
    if charged(i.name, i.standard, i.method):
        found.append(word("的标准按上访、诉求多少扣分，反映多少不能影响得分，请改为按期答复、解决属实等办理情况"))
    if "matter.rated" in kinds and i.least < ANSWERS_LEAST:
        found.append(word("按满意度计分，至少要有 %(answers_least)s 份评价") % {"answers_least": ANSWERS_LEAST})
    if i.method not in ROLES or not set(roles) <= set(ROLES.get(i.method, ())):
        found.append(word("的计入方式与计分方法不符"))
    found += _bounds(i, roles)
    return found


def _bounds(i: Written, roles: Sequence[str]) -> list[str]:
    found = []
    if i.method in ("deduct", "add"):
        if not 0 < i.full or not i.floor <= i.full <= i.cap:
            found.append(word("的满分应大于零，且在下限与上限之间"))
        if any(t.get("points", 0) <= 0 for t in i.tallies):
            found.append(word("没有写明每次扣分或加分的分值"))
    if i.method == "steps" and sum(t.get("points", 0) for t in i.tallies if t.get("as") == "step") <= 0:
        found.append(word("各步分值合计为零"))
    if i.method in ("ratio", "lower") and not i.planned and "planned" not in roles:
        found.append(word("没有计划值或限值"))
    if i.method == "veto" and i.weight:
        found.append(word("是一票否决，不计分值，分值应为 0"))
    if i.method != "veto" and not i.weight:
        found.append(word("没有分值：只有一票否决不计分值"))
    return found


def _of_kind(kind: str, active: Sequence[Written]) -> list[str]:
    whom = word("“%(kind)s”类单位") % {"kind": kind} if kind else word("各类单位")
    total = sum(i.weight for i in active)
    if len(active) > MOST:
        return [word("%(whom)s有 %(count)s 项指标，最多 %(most)s 项")
                % {"whom": whom, "count": len(active), "most": MOST}]
    if not active or (not kind and not total):
        return []
    if not total:
        return [word("%(whom)s的指标权重合计为零") % {"whom": whom}]
    results = sum(i.weight for i in active if i.side == "result")
    if results * 100 < RESULTS_LEAST * total:
        return [word("%(whom)s的结果指标占 %(value)s%%，不得低于 %(results_least)s%%")
                % {"whom": whom, "value": results * 100 // total, "results_least": RESULTS_LEAST}]
    return []
