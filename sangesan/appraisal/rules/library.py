"""The library to start from (自带指标库): indicators by field, an enterprise takes them, leaves them, writes its own.

The first nine are those of a Party branch and weigh a hundred. Points are hundredths of the indicator's
own; an indicator that deducts is worth its weight, so the sheet reads as cadres are used to it.
"""

from __future__ import annotations

from typing import Any

from sangesan.method.weights import ONE

from .sources import BY_SLUG

GRASS_ROOTS = ["team", "enterprise", "contractor", "office"]


def _one(code: str, name: str, weight: int, source: str, method: str, standard: str, where: tuple[str, str, str],
         *, points: int = 0, side: str = "result", kinds: tuple[str, ...] = ("branch.party",),
         **more: Any) -> dict[str, Any]:
    field, book, section = where
    worth = weight * ONE
    own = {"full": worth, "cap": worth} if method in ("deduct", "add") else {}
    return {"code": code, "name": name, "weight": worth, "method": method, "standard": standard, "field": field,
            "book": book, "section": section, "side": side, "kinds": list(kinds),
            "tallies": BY_SLUG[source].by[method](points)} | own | more


BRANCH = [
    _one("answers", "按期答复", 20, "answered", "deduct", "承办事项到期未答复，每件扣 1 分，扣完为止。",
         ("harmony", "branch", "answers"), points=100, lead="信访办"),
    _one("solved", "解决属实", 15, "solved", "deduct", "虚假办结被查实，每件扣 5 分。",
         ("harmony", "branch", "answers"), points=500, lead="信访办", evidence="回访记录"),
    _one("rectified", "整改复查", 15, "rectification", "completeness", "督察发现的问题按期整改并经复查；迟办得一半。",
         ("safety", "branch", "rectification"), late_share=5_000, lead="纪委"),
    _one("decisions", "例会决定落实", 10, "decision", "completeness", "政工例会决定按期落实；迟办得一半。",
         ("harmony", "branch", "meetings"), late_share=5_000, lead="党委工作部"),
    _one("contact", "联系点闭环", 10, "contact", "completeness", "联系点有联系、有登记、有上报、有落实、有反馈。",
         ("harmony", "branch", "contact"), side="process", late_share=5_000, lead="党委工作部"),
    _one("organisation_life", "三会一课", 10, "branch", "deduct",
         "应开未开每次扣 1 分；不实每次扣 2 分，由考核员登记。", ("building", "branch", "organisation_life"),
         points=100, side="process", lead="党委组织科", evidence="会议记录"),
    _one("openness", "队务公开", 10, "openness", "completeness", "考勤、工分、奖金分配按月公开。",
         ("openness", "union", "openness"), side="process", late_share=5_000, lead="工会"),
    _one("hazards", "隐患按期整改", 10, "hazard", "completeness", "本单位隐患按期整改销号；迟办得一半。",
         ("safety", "branch", "rectification"), late_share=5_000, lead="安监处"),
    _one("leak", "泄密、报复", 0, "manual", "veto", "泄露反映人信息、打击报复的，否决责任岗位，不牵连职工奖金池。",
         ("order", "integrity", "discipline"), lead="纪委", evidence="核查结论"),
]
"""Indicators of a branch (支部指标), a hundred points."""

UNITS = [
    _one("unit_answers", "事项按期答复", 30, "answered", "completeness",
         "本单位承办事项按期答复的比例；一次迟到只计一次。",
         ("harmony", "branch", "answers"), kinds=tuple(GRASS_ROOTS), lead="信访办"),
    _one("unit_solved", "事项解决属实", 30, "solved", "completeness", "办结与重新办理的事项中，真正办结的比例。",
         ("harmony", "branch", "answers"), kinds=tuple(GRASS_ROOTS), lead="信访办"),
    _one("unit_hazards", "问题和隐患整改", 20, "put_in_order", "completeness",
         "督察发现的问题、安全系统转来的隐患按期整改；迟办得一半。",
         ("safety", "branch", "rectification"), kinds=tuple(GRASS_ROOTS), late_share=5_000, lead="安监处"),
    _one("unit_study", "学习日", 10, "study", "completeness", "党团活动日、业务学习日、安全活动日按期举办。",
         ("safety", "union", "study"), kinds=tuple(GRASS_ROOTS), side="process", late_share=5_000, lead="培训科"),
    _one("unit_openness", "班组与队务公开", 10, "openness", "completeness", "奖金先公示后发放，按月公开。",
         ("openness", "union", "openness"), kinds=tuple(GRASS_ROOTS), side="process", late_share=5_000, lead="工会"),
]
"""Indicators of teams and offices (区队科室指标), a hundred points."""

MORE = [
    _one("satisfied", "群众满意", 10, "rated", "completeness", "对答复满意和基本满意的比例；满十份评价才计。",
         ("harmony", "branch", "answers"), least=10, kinds=tuple(GRASS_ROOTS), lead="工会"),
    _one("union_work", "工会基础工作", 20, "union", "completeness", "女职工、劳动保护、劳动竞赛等按制度开展。",
         ("openness", "union", "work"), side="process", kinds=("branch.union",), late_share=5_000, lead="工会"),
    _one("integrity", "廉洁效能", 20, "integrity", "completeness", "廉洁风险点检查、廉洁教育按期完成。",
         ("integrity", "integrity", "education"), side="process", late_share=5_000, lead="纪委"),
    _one("youth", "团青工作", 10, "youth", "completeness", "团支部活动按期开展。",
         ("building", "branch", "youth"), side="process", kinds=("branch.youth",), late_share=5_000, lead="团委"),
    _one("order", "治安稳定", 10, "manual", "deduct", "治安案件经查属单位责任的，每起扣 2 分，由考核员登记。",
         ("order", "branch", "order"), points=200, lead="保卫科", evidence="处理决定"),
    _one("pioneer", "创先争优", 10, "manual", "add", "获上级表彰、经验被推广的加分，由考核员登记；没有加分不失分。",
         ("building", "branch", "pioneer"), points=100, cap=2_000, lead="党委工作部", evidence="表彰文件"),
    _one("family", "计划生育", 5, "manual", "deduct", "按属地要求完成宣传服务，缺项每次扣 1 分。",
         ("family", "union", "family"), kinds=("branch.union",), points=100, side="process", lead="工会"),
]
"""More to choose from (备选指标)."""

GRADES = [
    {"name": "优秀", "least": 9_500, "coefficient": 11_000}, {"name": "良好", "least": 9_000, "coefficient": 10_000},
    {"name": "合格", "least": 8_000, "coefficient": 9_500}, {"name": "基本合格", "least": 6_000, "coefficient": 8_500},
    {"name": "不合格", "least": 0, "coefficient": 7_000},
]
LINKS = [
    {"kind": "", "mode": "blend", "share": 3_000, "members": "equal", "veto_effect": "isolate"},
    {"kind": "team", "mode": "pass_through", "rate": 2_000, "cap": 500, "members": "equal", "veto_effect": "deduction",
     "veto_deduction": 500, "veto_cap": 1_000},
    {"kind": "mine", "mode": "ceiling", "share": 3_000, "margin": 1_500, "members": "heads",
     "veto_effect": "isolate"},
]
START: dict[str, Any] = {
    "name": "基层党支部和区队考核办法", "indicators": [*BRANCH, *UNITS], "links": LINKS, "grades": GRADES,
    "pay": {"mode": "coefficient", "floor": 8_500, "deducted_most": 3_000, "reserve": 200},
    "contacts": {"kind": "duty.fell_due", "where": {"reason": ["contact"]}},
}
"""The draft to start from (起步草案)."""
