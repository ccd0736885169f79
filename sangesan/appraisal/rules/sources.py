"""Sources (数据来源): what an indicator may read, in the words of a workbook, and what of it counts.

A source gives the tallies of the methods it knows; what was raised is never counted, only what became of it
(`method/ruling.py`). `manual` reads nothing: an assessor enters the
exceptions, a second person checks them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

Tallies = list[dict[str, Any]]

STEP = 20
"""What each of the five steps weighs (每步分值)."""
LATE = {"kind": "matter.overdue", "where": {"clock": "due"}}
SOLVED: Tallies = [
    {"kind": "matter.closed", "good": True},
    {"kind": "matter.reopened", "where": {"reason": ["dissatisfied", "not_solved", "false_closing"]}},
]
ANSWERED: Tallies = [
    {"kind": "matter.answered", "good": True, "where": {"in_time": 1}},
    {"kind": "matter.answered", "where": {"in_time": 0}, "unless": LATE, "round": "matter.reopened"}, LATE,
]
RATED: Tallies = [
    {"kind": "matter.rated", "good": True, "where": {"rating": ["satisfied", "basic"]}},
    {"kind": "matter.rated", "where": {"rating": "dissatisfied"}},
]

LIFE = (("assembly", _("党员大会"), "DY-DH"), ("committee", _("支部委员会"), "DY-ZW"),
        ("group", _("党小组会"), "DY-XZ"), ("lecture", _("党课"), "DY-DK"), ("party_day", _("主题党日"), "DY-ZT"))
"""Each meeting of organisation life by its routine (组织生活各项): its item is charged for it alone."""


@dataclass(frozen=True)
class Source:
    """A source (数据来源): its word and, by method, how it makes tallies from the points of one."""

    slug: str
    word: str
    by: dict[str, Callable[[int], Tallies]]


def _duty(slug: str, word: str, *reasons: str, routine: str = "") -> Source:
    """Count the duties of some kinds, or those of one routine (制度) in whatever version it was then."""
    where: dict[str, Any] = {"reason": list(reasons)} | ({"rule": {"version_of": routine}} if routine else {})

    def counted(points: int) -> Tallies:
        roles = {"fell_due": "due", "done": "good", "late": "late", "missed": "missed", "exempted": "exempt",
                 "cancelled": "exempt"}
        return [{"kind": f"duty.{kind}", "as": role, "where": where} for kind, role in roles.items()]

    def taken(points: int) -> Tallies:
        return [{"kind": "duty.missed", "as": "bad", "points": points, "where": where}]

    return Source(slug, word, {"completeness": counted, "deduct": taken, "ratio": _sum(where, "duty.done", "duty.late"),
                               "lower": _sum(where, "duty.late", "duty.missed")})


def _sum(where: dict[str, Any], *kinds: str) -> Callable[[int], Tallies]:
    """Count facts up (累计), against a planned value or a limit."""
    return lambda points: [{"kind": kind, "as": "actual", "where": where} for kind in kinds]


def _visited(points: int) -> Tallies:
    """Return the five steps of a contact visit (五步), alike; one that found nothing is complete with two."""
    later = ("registered", "reported", "settled", "fed_back")
    return [{"kind": "visit.made", "as": "complete", "step": 1, "where": {"found": 0}},
            {"kind": "visit.made", "as": "step", "step": 1, "points": STEP},
            *({"kind": f"visit.{name}", "as": "step", "step": n, "points": STEP} for n, name in enumerate(later, 2))]


def _put_right(points: int) -> Tallies:
    """Return hazards put right against those found (隐患整改率), from the system that holds them."""
    return [{"kind": "figure.recorded", "as": role, "where": {"figure": figure}}
            for role, figure in (("actual", "hazards_closed"), ("planned", "hazards_found"))]


def _by_hand(role: str) -> Callable[[int], Tallies]:
    def nothing(points: int) -> Tallies:
        return [{"kind": "assessment.checked", "as": role, "points": points or 1, "where": {"how": "manual"}}]
    return nothing


def _off(kind: str, where: dict[str, Any]) -> Callable[[int], Tallies]:
    return lambda points: [{"kind": kind, "as": "bad", "points": points, "where": where}]


SOURCES: tuple[Source, ...] = (
    Source("answered", _("事项按期答复"), {"completeness": lambda points: ANSWERED,
                                  "deduct": _off("matter.overdue", {"clock": "due"}),
                                  "lower": _sum({"clock": "due"}, "matter.overdue")}),
    Source("solved", _("事项解决属实"), {"completeness": lambda points: SOLVED,
                                "deduct": _off("matter.reopened", {"reason": ["false_closing"]}),
                                "lower": _sum({"reason": ["false_closing"]}, "matter.reopened")}),
    Source("rated", _("群众满意"), {"completeness": lambda points: RATED}),
    _duty("meeting", _("例会"), "meeting"), _duty("decision", _("会议决定"), "decision"),
    _duty("contact", _("联系点"), "contact", "contact_problem"), Source("visit", _("联系五步"), {"steps": _visited}),
    _duty("rectification", _("整改"), "rectify"),
    _duty("hazard", _("隐患整改"), "hazard"),
    _duty("put_in_order", _("整改和隐患整改"), "rectify", "hazard"), _duty("branch", _("组织生活"), "branch"),
    *(_duty(slug, word, "branch", routine=code) for slug, word, code in LIFE),
    _duty("openness", _("队务公开"), "openness"),
    _duty("plan", _("周作业计划"), "weekly_plan"), _duty("analysis", _("月分析"), "analysis"),
    _duty("discussion", _("座谈交流"), "discussion"), _duty("study", _("学习日"), "study"),
    _duty("reception", _("接待日"), "reception"), _duty("walk_round", _("走动检查"), "walk_round"),
    _duty("union", _("工会工作"), "union"), _duty("integrity", _("廉洁工作"), "integrity"),
    _duty("youth", _("团支部活动"), "youth"),
    Source("put_right", _("外来数据：隐患整改率"), {"ratio": _put_right}),
    Source("violations", _("外来数据：三违"), {"lower": _sum({"figure": "violations"}, "figure.recorded")}),
    Source("days", _("每日结果"), {"days": lambda points: [{"kind": "day.assessed", "as": "day"}]}),
    Source("manual", _("考核员登记"), {method: _by_hand(role) for method, role in
                               (("deduct", "bad"), ("add", "good"), ("veto", "veto"))}),
)
OF_POSTS = ("ratio",)
"""How a post's own work may be counted (岗位计分方法): what was not done was recorded by nobody's post."""
BY_SLUG = {source.slug: source for source in SOURCES}


def source_of(tallies: Tallies, method: str) -> str:
    """Return which source an indicator's tallies come from (所用来源), '' for one written otherwise."""
    plain = [{k: v for k, v in t.items() if k != "points"} for t in tallies]
    for source in SOURCES:
        make = source.by.get(method)
        if make and [{k: v for k, v in t.items() if k != "points"} for t in make(1)] == plain:
            return source.slug
    return ""
