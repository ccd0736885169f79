"""The shipped library (自带制度): what every mine needs, as data. Frequencies follow domain.md 4.1 and 5.

They come as drafts: the enterprise looks through them, changes what differs, and puts them in force
by its own decision. Visits to contact points are not here: they follow from the pairs. Words are data,
as titles of the enterprise's own routines would be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

MONTHLY, QUARTERLY = "FREQ=MONTHLY;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1"
GRASS = ("team", "enterprise", "contractor")
SECRETARY = "secretary"


@dataclass(frozen=True)
class Shipped:
    """One routine of the library (一项自带制度)."""

    code: str
    kind: str
    title: str
    rule: str
    line: str
    unit_kinds: tuple[str, ...]
    purpose: str = ""
    steps: tuple[str, ...] = ()
    policy: str = "next"
    window: str = "day"
    at: time = time(18)
    grace: int = 1
    lead: int = 0
    offset: int = 0
    role: str = ""
    checks: str = ""
    evidence: str = ""
    attendance: int = 0
    basis: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """The fields of its first version (首版内容)."""
        names = ("title", "purpose", "basis", "rule", "policy", "window", "at", "offset", "grace", "lead", "line",
                 "role", "checks", "evidence", "attendance")
        return {name: getattr(self, name) for name in names} | {
            "unit_kinds": list(self.unit_kinds), "units": [], "steps": list(self.steps), "shift": ""}


def monthly(code: str, kind: str, title: str, line: str, kinds: tuple[str, ...], purpose: str, **more: Any) -> Shipped:
    """Return a routine that is done once a month, any day (每月任选一天)."""
    return Shipped(code, kind, title, MONTHLY, line, kinds, purpose, policy="previous", window="month", grace=2, **more)


def quarterly(code: str, kind: str, title: str, line: str, kinds: tuple[str, ...], purpose: str, **more: Any
              ) -> Shipped:
    """Return a routine that is done once a quarter, any day (每季度任选一天)."""
    return Shipped(code, kind, title, QUARTERLY, line, kinds, purpose, policy="previous", window="quarter", grace=3,
                   **more)


PARTY, WORK, UNION, YOUTH = "party", "administration", "union", "youth"
COMMITTEE, BRANCH = ("committee",), ("branch",)
RULES = "中国共产党支部工作条例（试行）"
IN_TIME = "在上班时间内安排，按班次分别组织"
MEETS = ("通知时间、地点和议题", "先对上次决定，再议本次议题", "每项决定写明谁办、何时办完", "会后整理结论")
LIBRARY: tuple[Shipped, ...] = (
    Shipped("ZGLH-B", "meeting", "政工部门负责人例会", "FREQ=WEEKLY;BYDAY=MO", PARTY, COMMITTEE,
            "对上周决定，排本周工作，协调难点", MEETS, lead=3, evidence="会议结论", attendance=80),
    Shipped("ZGLH-Z", "meeting", "党支部书记例会", "FREQ=WEEKLY;BYDAY=FR", PARTY, COMMITTEE,
            "支部一周工作碰头，通报来件和整改", MEETS, lead=3, evidence="会议结论", attendance=80),
    Shipped("ZJH", "weekly_plan", "周作业计划", "FREQ=WEEKLY;BYDAY=MO", PARTY, BRANCH,
            "系统按制度、决定和结转事项起草，书记看过即定", ("看系统起草的计划", "改一改，确认"), at=time(12), lead=3,
            checks="above"),
    Shipped("RSZ", "daily_report", "每日述职", "FREQ=DAILY", PARTY, BRANCH,
            "由当天台账起草，可加一句话；没有报的不扣分", ("看系统起草的内容", "可加一句话，报上级"), policy="skip",
            at=time(20), grace=0),
    Shipped("YFX", "analysis", "职工思想状况月分析", "FREQ=MONTHLY;BYMONTHDAY=5", PARTY, BRANCH,
            "有情况、有分析、有结论、有建议；只写事，不写人", ("看系统起草的情况", "写原因和建议", "支委会研究"),
            grace=2, lead=5, checks="above", evidence="分析报告"),
    quarterly("JZT", "discussion", "季度座谈交流", PARTY, BRANCH, "请各类职工代表来谈，每条意见都有答复",
              steps=("定参加人：一线、女工、青年、外委都有", "记意见", "逐条答复"), evidence="座谈记录"),
    Shipped("XX-D", "study", "党团活动日", "FREQ=WEEKLY;BYDAY=MO", PARTY, BRANCH, IN_TIME,
            ("备好材料", "组织学习", "报到会人数"), lead=1, grace=2),
    Shipped("XX-Y", "study", "业务技能学习", "FREQ=WEEKLY;BYDAY=TH", WORK, ("team",), IN_TIME,
            ("备好材料", "组织学习", "报到会人数"), lead=1, grace=2),
    Shipped("XX-A", "study", "安全活动日", "FREQ=WEEKLY;BYDAY=FR", WORK, ("team",), IN_TIME,
            ("讲近期事故和隐患", "议本班怎么防", "报到会人数"), lead=1, grace=2),
    Shipped("BQH", "pre_shift", "班前会", "FREQ=DAILY", WORK, ("crew",), "一页纸：三条给职工的答复，一条通知",
            ("念三条答复", "念一条通知", "问有没有难处"), policy="as_is", at=time(23, 59), grace=0, role="crew_leader"),
    Shipped("JFR", "reception", "信访接待日", "FREQ=MONTHLY;BYMONTHDAY=16", WORK, ("mine",),
            "矿领导当面听，当场能答的当场答", ("提前公布时间和接待人", "接待", "公布结果"), lead=10, grace=2),
    Shipped("ZDGL", "walk_round", "走动式管理", "FREQ=WEEKLY;BYDAY=MO", WORK, ("office", "specialty"),
            "到现场看、问、改；谁检查谁验收", ("带清单到现场", "有问题发整改通知", "到期验收"), policy="previous",
            window="week", grace=1, evidence="走动记录"),
    Shipped("DWGK", "openness", "队务公开", "FREQ=MONTHLY;BYMONTHDAY=10", WORK, GRASS,
            "出勤、工分、奖金分配向全队公布，先公示后发放", ("核对出勤和工分", "公布分配", "听意见并答复"), grace=2,
            lead=9, evidence="公开栏照片或公示表"),
    quarterly("DY-DH", "branch", "党员大会", PARTY, BRANCH, "每季度至少一次", basis=RULES, attendance=50,
              steps=MEETS),
    monthly("DY-ZW", "branch", "支部委员会会议", PARTY, BRANCH, "每月至少一次", basis=RULES, attendance=60,
            steps=MEETS),
    monthly("DY-XZ", "branch", "党小组会", PARTY, BRANCH, "每月至少一次，各党小组分别开", basis=RULES,
            steps=("定议题，提前告知", "开会，记结论", "没到会的补上")),
    quarterly("DY-DK", "branch", "党课", PARTY, BRANCH, "联系实际讲，书记每年至少讲一次", basis=RULES,
              steps=("定题目和主讲人", "讲课，留出提问时间")),
    Shipped("DY-ZT", "branch", "主题党日", "FREQ=MONTHLY;BYDAY=2FR", PARTY, BRANCH, "每月相对固定一天",
            ("定主题", "开展活动"), lead=4, grace=3, basis=RULES),
    Shipped("DY-ZZ", "branch", "组织生活会", "FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1", PARTY, BRANCH, "每年至少一次",
            ("会前学习谈心", "查问题、提意见", "定整改"), policy="previous", window="quarter", grace=5, basis=RULES),
    Shipped("DY-PY", "branch", "民主评议党员", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", PARTY, BRANCH, "每年一次",
            ("个人自评", "党员互评、民主测评", "组织评定，反馈本人"), policy="previous", window="month", grace=5,
            basis=RULES),
    Shipped("DY-TX", "branch", "谈心谈话", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", PARTY, BRANCH,
            "支委之间、支委和党员之间、党员之间每年至少一次；只记谈过，不记看法",
            ("约时间", "谈，商定要帮的事", "登记日期和要帮的事"),
            policy="previous", window="year", grace=5, basis=RULES),
    monthly("GH-WY", "union", "工会委员会会议", UNION, BRANCH, "研究劳动保护、帮扶和民主管理", steps=MEETS),
    monthly("GH-QJ", "union", "群众安全监督活动", UNION, BRANCH, "群监员查隐患、促整改", evidence="隐患整改单",
            steps=("群监员到现场查", "问题交责任单位", "到期复查")),
    monthly("GH-GK", "union", "监督队务公开", UNION, BRANCH, "核对工分和奖金是否公布、有无异议",
            steps=("看公开栏", "抽问三名职工", "有异议的督促当月答复")),
    quarterly("GH-BF", "union", "困难职工帮扶走访", UNION, BRANCH, "只记帮了什么，名单不上墙",
              steps=("同本人约时间", "上门，商定要帮的事", "按期兑现，登记帮了什么")),
    quarterly("LJ-JY", "integrity", "廉洁警示教育", PARTY, BRANCH, "用身边的事讲规矩",
              steps=("选身边的例子", "讲规矩，回答提问")),
    quarterly("LJ-GK", "integrity", "二次分配公开检查", PARTY, BRANCH, "抽查奖金二次分配是否先公示后发放",
              steps=("随机抽两个班", "对公示表和发放表", "不一致的当场纠正")),
    Shipped("LJ-FX", "integrity", "廉洁风险自查", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1", PARTY, BRANCH,
            "对照岗位风险清单自查",
            ("对照清单逐条查", "有风险的写防控办法", "报纪委备查"), policy="previous", window="month", grace=5),
    monthly("TW-HD", "youth", "团支部活动", YOUTH, BRANCH, "青年人自己定题目", steps=("团员提题目", "开展活动")),
)
KINDS = {
    "meeting": ("开例会", "users"), "weekly_plan": ("定周计划", "list"), "daily_report": ("报每日述职", "edit"),
    "analysis": ("写月分析", "chart"), "discussion": ("开座谈会", "chat"),
    "study": ("组织学习", "cap"), "pre_shift": ("开班前会", "helmet"), "reception": ("接待来访", "hand"),
    "walk_round": ("到现场走动", "pin"), "openness": ("公开队务", "board"), "branch": ("过组织生活", "flag"),
    "union": ("办工会工作", "users"), "integrity": ("抓廉洁工作", "shield"), "youth": ("办团支部活动", "star"),
}
"""Kinds of shipped routines (自带制度的类别): word and icon, until a room of its own hangs its page."""
