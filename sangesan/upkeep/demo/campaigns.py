"""Publicity, work items and analyses of the demo mine (宣传、工作项、月分析): from the notice to what was learned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from random import Random

from sangesan.execution.analysis import services as analysis
from sangesan.execution.analysis.models import Analysis, Discussion
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.execution.meetings.models import Meeting
from sangesan.execution.publicity import services as publicity
from sangesan.execution.publicity.models import Campaign, Handing
from sangesan.execution.work import services as work
from sangesan.execution.work.models import Step, WorkItem
from sangesan.foundation import clock
from sangesan.foundation.sheets.giving import workbook
from sangesan.organization.people.models import Person

from .assemblies import carry_out, hold
from .branch_life import committee_day
from .cast import holder, unit
from .units import TEAMS, party
from .weeks import branches
from .work import Act, at, workday

PLANS = (
    (4, "雨季三防人人知", "巷道积水、顶板淋水请马上报调度，电话 2345。排水沟每班清一次。井下有险情先撤人。"),
    (74, "冬季防冻保暖", "更衣室暖气十一月十五日开通。管路结冰请报后勤科，电话 2360。班车改点以候车棚通知为准。"),
)
PARTS = 5
POSTING = tuple(code for code, *_ in TEAMS if code not in ("TXB", "JQG"))
"""Units that post their month (队务公开); two forget it, so that the gap shows."""
WORK = ("候罐室热水和暖气", "九个候罐室和澡堂都有热水和暖气，职工升井十分钟内洗上澡",
        ("ZC1", "ZC2", "ZJ1", "JY1"))
STEPS = ("在班前会讲了两次，讲到每个班", "到现场看了三处，一处保温棉脱落当场补上",
         "换管子四十米，水温四十二度，连测三天",
         "对照台账看了一遍")
ANALYSED = (
    ("热水供应时间和升井时间对不上，先报修、后反映，中间没有人盯。",
     "热水延到凌晨两点；班长每天记一次水温；队里每月公开一次办理情况。"),
    ("培训排在升井以后，占了休息；通知到班组时已经定了时间。",
     "培训改到班前半小时，月初把日子贴出来，倒班的另补一次。"),
    ("工分只公布总数，职工算不清；班组核算员没有统一的格式。",
     "每天的工分贴到公开栏，劳资科给一张样表，月底由职工代表核对。"),
    ("零点班班车早走，换衣服赶不上；改点时没有问过夜班的人。",
     "请后勤科把零点班车推后二十分钟，先试两周，问过夜班再定。"),
    ("外委工人不清楚有事找谁，工资条由项目部代发，常常晚几天。",
     "进场时发一张反映渠道的卡片；劳资科每月核一次外委工资发放。"),
    ("劳保用品按人头配，新工人的号码凑不齐；领用要跑两处。",
     "供应科按号码备货，班组材料员代领，领不到的当天登记。"),
)
CAUSE_OF_ALL = "热水、班车、培训时间三件事各队都有人提，都卡在两个科室之间，没有一家牵头。"
ADVICE_TO_ALL = "后勤科牵头热水和班车，培训科牵头培训时间，月底前把办法贴到公开栏；下月例会逐件对。"
DECIDED = [("热水和班车由后勤科牵头，月底前把办法贴到公开栏", "HQK-KZ", 14, 13, "办法已贴到三个井口，写明牵头人和电话")]
STUDIED = ("各支部分析看过，三件跨单位的事定了牵头科室。", "分析只写事，不写人；各支部的建议都有回音。")
POINTS = (("澡堂热水延到凌晨两点", "duty", "HQK", ""), ("休班的培训能不能放到班前", "duty", "PXK", ""),
          ("食堂夜宵多点热汤面", "spot", "", "后勤科当场答应，从下周起每晚供应两种。"))


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield plans and their passing on, the work item, postings, analyses and a discussion (场次)."""
    for days, title, message in PLANS:
        day = since + timedelta(days=days)
        if day < until:
            yield Act(at(day, 8, 5), f"campaign {title}", partial(publish, title, message, day))
            for n in range(PARTS):
                yield Act(at(day, 16, 30 + n), f"pass {title} {n}", partial(pass_on, title, 1, n))
                yield Act(at(day + timedelta(days=1), 7, 30 + n), f"crews {title} {n}", partial(pass_on, title, 2, n))
    yield from _work(since, until)
    month = (since.replace(day=1) + timedelta(days=32)).replace(day=1)
    while month <= until:
        for n, code in enumerate(POSTING):
            day = workday(month + timedelta(days=4 + n % 5))
            yield Act(at(day, 9, n), f"posting {code}", partial(post_month, code, month))
        for n, code in enumerate(branches()):
            yield Act(at(committee_day(month, n), 16, n), f"analysis {code}", partial(
                analyse, code, month, month + timedelta(days=31) > until))
        yield Act(at(workday(month.replace(day=9)), 10), "analysis of the mine", partial(analyse_all, month))
        for text, owner, days, _after, said in DECIDED:
            yield Act(at(workday(month.replace(day=9) + timedelta(days=days - 1)), 16), "decision on the analysis",
                      partial(carry_out, owner, text, said))
        month = (month + timedelta(days=32)).replace(day=1)
    yield Act(at(workday(since + timedelta(days=45)), 14), "discussion", discuss)
    yield Act(at(workday(since + timedelta(days=52)), 14), "discussion closed", close)


def publish(title: str, message: str, day: date) -> None:
    """The Party work department makes a plan and hands it down (定计划、下达)."""
    publicity.plan(scope=holder("DWB-GS"), title=title, message=message, starts=day, ends=day + timedelta(days=40),
                   units=[unit(row.code) for row in party() if row.kind == "branch"])


def pass_on(title: str, level: int, part: int) -> None:
    """Each unit of a level passes it on (传达), some at a time; here and there one does not."""
    campaign = Campaign.objects.get(title=title)
    rows = Handing.objects.filter(campaign=campaign, level=level, passed_at=None).select_related("unit").order_by("pk")
    for row in rows:
        lot = Random(f"{title} {row.unit.code}")  # noqa: S311 - a play, no secret
        if row.unit_id % PARTS == part and lot.randrange(100) >= (3 if level == 1 else 12):
            publicity.pass_on(scope=holder(f"{row.unit.code}-{'SJ' if level == 1 else 'BZ'}"), campaign=campaign.pk,
                              unit=row.unit_id)


def post_month(code: str, month: date) -> None:
    """A unit posts the month before (队务公开)."""
    people = Person.objects.filter(unit__code__regex=rf"^{code}(-|$)").order_by("pk").values_list("work_number", "name")
    lot = Random(f"{code} {month}")  # noqa: S311 - a play, no secret
    rows = [["工号", "姓名", "出勤（天）", "工分", "奖金（元）"]]
    rows += [[number, name, days := lot.randrange(40, 53) / 2, round(days * 10 + lot.randrange(12)),
              lot.randrange(900, 2600)] for number, name in people]
    publicity.post(scope=holder(f"{code}-DZ"), unit=code, month=month - timedelta(days=1),
                   workbook=workbook({publicity.SHEET.name: rows}))


def analyse(code: str, month: date, last: bool) -> None:
    """A branch finishes what its committee studied that day (写、研究、定稿); a few are still at the last month's."""
    scope, found = holder(f"DW-{code}-SJ"), Analysis.objects.filter(
        unit=unit(f"DW-{code}"), month=(month - timedelta(days=1)).replace(day=1)).first()
    if found is None or last and Random(f"{code} {month}").randrange(100) < 8:  # noqa: S311 - a play, no secret
        return
    causes, advice = ANALYSED[Random(f"{code} {month} said").randrange(len(ANALYSED))]  # noqa: S311 - a play
    analysis.write(scope=scope, analysis=found.pk, causes=causes, advice=advice)
    held = Meeting.objects.filter(unit=found.unit, series="committee", closed_at__isnull=False).latest("begins")
    analysis.finish(scope=scope, analysis=found.pk, meeting=held.subject)


def analyse_all(month: date) -> None:
    """The committee studies what its branches wrote (党委分析研究), with its own causes and advice."""
    scope, found = holder("QSL-SJ"), Analysis.objects.filter(
        unit=unit("DW"), month=(month - timedelta(days=1)).replace(day=1)).first()
    if found is None:
        return
    analysis.write(scope=scope, analysis=found.pk, causes=CAUSE_OF_ALL, advice=ADVICE_TO_ALL)
    held = hold("QSL-SJ", "DW", "analysis", "办公楼三楼会议室", DECIDED, month.month, STUDIED)
    analysis.finish(scope=scope, analysis=found.pk, meeting=held.subject)


def discuss() -> None:
    """The committee invites people of all groups (季度座谈), and each point goes its way."""
    scope, key = holder("QSL-SJ"), sha256(b"demo discussion").hexdigest()
    made = analysis.hold(scope=scope, unit=unit("DW"), day=clock.today(), key=key[:32], place="职工之家",
                         heard={"front": 11, "women": 4, "youth": 6, "contractor": 5, "retirees": 3})
    for text, road, lead, said in POINTS:
        analysis.add_point(scope=scope, discussion=made.pk, text=text, road=road, lead=lead, answer=said)


def close() -> None:
    """Close the discussion once each point has its answer (座谈办结)."""
    from sangesan.execution.duties.services import complete

    for found in Discussion.objects.filter(closed_at=None):
        for point in found.points.filter(duty__isnull=False, answered_at=None).select_related("duty__unit"):
            head = holder(f"{point.duty.unit.code}-KZ")
            complete(duty=point.duty, actor=head.actor, person=head.person, words="已办，下周起照此执行。")
        analysis.close(scope=holder("QSL-SJ"), discussion=found.pk)


def _work(since: date, until: date) -> Iterator[Act]:
    title, aim, codes = WORK
    first = since + timedelta(days=20)
    yield Act(at(first, 9), "work begin", partial(begin, title, aim, codes, first))
    for n, stage in enumerate(("guide", "supervise", "execute")):
        yield Act(at(first + timedelta(days=6 + 9 * n), 15), f"work {stage}", partial(go_on, title, stage, STEPS[n]))
    yield Act(at(first + timedelta(days=36), 10), "work end", partial(end, title))
    late = until - timedelta(days=9)
    if late > first + timedelta(days=40):
        yield Act(at(late, 9), "work begin 2", partial(begin, "班车改点后的候车安排", "零点班下班候车不超过二十分钟",
                                                       ("ZC1", "ZJ2", "JY1"), late))
        yield Act(at(late + timedelta(days=6), 15), "work guide 2", partial(go_on, "班车改点后的候车安排", "guide",
                                                                            "在三个班的班前会讲了新时刻"))


def begin(title: str, aim: str, codes: tuple[str, ...], day: date) -> None:
    """Begin a work item (立项)."""
    work.begin(scope=holder("DWB-GS"), title=title, aim=aim, units=[unit(code) for code in codes],
               due=day + timedelta(days=40))


def go_on(title: str, stage: str, words: str) -> None:
    """Each owner takes the step of a stage, unless a visit has settled it; then the stage is left (办步骤、过环节)."""
    from .routines import answering

    item = WorkItem.objects.get(title=title)
    done = Duty.objects.filter(settled()).values("pk")
    steps = Step.objects.filter(item=item, stage=stage).exclude(duty__in=done)
    for step in steps.select_related("duty__unit", "duty__origin").order_by("pk"):
        work.take(scope=answering(step.duty), item=item.pk, duty=step.duty_id, words=words)
    work.leave(scope=holder("DWB-GS"), item=item.pk, stage=stage)


def end(title: str) -> None:
    """Say what was learned, and end it (收获、办结)."""
    work.end(scope=holder("DWB-GS"), item=WorkItem.objects.get(title=title).pk,
             learned="先把水温记在墙上，职工和管水的人看同一张表，比打电话催管用。")

