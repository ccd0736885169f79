"""Weeks of the demo mine (示范矿的周计划与述职): planned on Monday, checked on Friday, reports when there is need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from sangesan.execution.plans import queries, services
from sangesan.execution.plans.models import Report
from sangesan.foundation import clock

from .cast import holder, unit
from .units import party
from .work import Act, at, mondays, workday

REPORTING = 4
"""The first branches plan from the beginning and report their day, when there is need (先行的支部)."""
ALL = timedelta(days=42)
"""So long before the end all branches plan their week (全面推行)."""
LINES = (
    "到零点班听一次班前会", "核对上月队务公开，缺的补上", "看望住院的职工", "同新分来的工人座谈一次",
    "帮困难职工填大病救助申请",
    "把公开答复念到班前会", "检查更衣室烘干机修好没有", "给外委队伍讲一次维权办法", "和信息员碰头，问清三件事的进展",
)
UNDONE = ("等供应科到货", "那天临时停产检修", "人员倒班凑不齐，改到下周")
SENTENCES = (
    ("", False), ("零点班两名信息员连着上夜班，想请劳资科帮着调一下班次。", True),
    ("热水的事已和后勤科碰头，明天安装。", False), ("外委队伍工资表还没交来，请上级催一下项目部。", True),
    ("新工人师带徒名单已定，十二对。", False),
)
ANSWERS = {"零点": "已同劳资科说好，下周一起调班。", "外委": "已约项目经理明天上午带工资表来。"}


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield plans, checks and reports (计划、对账、述职)."""
    for week, monday in enumerate(mondays(since, until)):
        for n, code in enumerate(branches()):
            if n >= REPORTING and monday < begun(until):
                continue
            yield Act(at(workday(monday), 8, 10 + n), f"plan {code}", partial(plan, code, monday, week + n))
            yield Act(at(workday(monday + timedelta(days=4)), 17, 10 + n), f"plan check {code}",
                      partial(check, code, monday, week + n))
            if n >= REPORTING:
                continue
            day = workday(monday + timedelta(days=(week + n) % 5))
            yield Act(at(day, 18, 20 + n), f"report {code}", partial(report, code, week * 3 + n))
            yield Act(at(day, 19, 20 + n), f"report answer {code}", partial(answer, code))


def begun(until: date) -> date:
    """Return the Monday from which on all branches plan (全面推行之日)."""
    return until - ALL - timedelta(days=(until - ALL).weekday())


def branches() -> tuple[str, ...]:
    """Return the codes of the Party branches without their prefix (各党支部)."""
    return tuple(row.code.removeprefix("DW-") for row in party() if row.kind == "branch")


def plan(code: str, monday: date, turn: int) -> None:
    """Confirm the week's plan (确认周计划) with two lines of one's own."""
    scope = holder(f"DW-{code}-SJ")
    made = services.draft(scope=scope, unit=unit(f"DW-{code}"), line="party", week=monday)
    for n in (0, 1):
        services.add(scope=scope, plan=made.pk, text=LINES[(turn * 2 + n) % len(LINES)],
                     due=monday + timedelta(days=4))
    services.confirm(scope=scope, plan=made.pk)


def check(code: str, monday: date, turn: int) -> None:
    """Check the week (对账): one line in nine is not done."""
    scope = holder(f"DW-{code}-SJ")
    made = queries.plans(scope).get(unit=unit(f"DW-{code}"), week=monday)
    done, undone = {}, {}
    for n, one in enumerate(queries.lines_of(made)):
        if not one.settled and not one.line.struck:
            late = (turn + n) % 9 == 0 or one.line.source == "decision" or one.where
            (undone if late else done)[one.line.pk] = UNDONE[turn % len(UNDONE)] if late else ""
    services.check(scope=scope, plan=made.pk, done=done, undone=undone)


def report(code: str, turn: int) -> None:
    """Tell the day (述职), when there is something to tell."""
    sentence, needs = SENTENCES[turn % len(SENTENCES)]
    services.report(scope=holder(f"DW-{code}-SJ"), post=f"DW-{code}-SJ", sentence=sentence, needs=needs)


def answer(code: str) -> None:
    """Answer what the day's report asks for (上级答复)."""
    found = Report.objects.filter(post=f"DW-{code}-SJ", day=clock.today(), needs=True, answer="").first()
    if found is not None:
        services.answer(scope=holder(found.to), report=found.pk, text=ANSWERS[found.sentence[:2]])
