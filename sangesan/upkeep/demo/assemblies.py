"""Weekly meetings of the demo mine (示范矿的例会): two every week; what they decide is carried out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.execution.meetings import services
from sangesan.execution.meetings.models import Meeting
from sangesan.execution.meetings.services.preparing import Decision
from sangesan.foundation import clock
from sangesan.method import meetings as rule
from sangesan.method.authority import Scope
from sangesan.organization.people.models import Post

from .cast import holder, unit
from .work import Act, at, mondays, workday

# what was decided, who does it, days to do it in, days after which it was done (0: not yet), what was said of it
DECISIONS = {
    "departments": (
        ("奖金先公示后发放，劳资科每月抽查三个班", "LZK-KZ", 14, 11, "抽查三个班，两个班已公示三天，一个班当场补公示"),
        ("欠薪当天核实，两日内答复", "LZK-KZ", 7, 2, "核实两家外委，两日内都已答复"),
        ("零点班车推迟20分钟试行两周，下周例会报结果", "HQK-KZ", 7, 6, "试行一周，零点班乘车多了四成，建议固定下来"),
        ("接待日结果十日内贴到公开栏", "XFB-KZ", 10, 8, "已贴，职工当天能看到"),
        ("各井口公开栏换成带灯的，先换本部井", "BGS-KZ", 21, 25, "灯箱到货晚，本部井已装好"),
        ("浴室热水一天三次记水温，贴在门口", "HQK-KZ", 7, 4, "三个浴室都挂了记录牌"),
        ("工会和团委合办一次新工人座谈，意见逐条答复", "GHB-KZ", 14, 12, "来了二十六名新工人，十一条意见都已交办"),
        ("纪委对队务公开不及时的两个队发提醒", "JWB-KZ", 7, 5, "已发，两队三天内补齐"),
    ),
    "secretaries": (
        ("把三条公开答复念到每个班前会", "DW-ZC1-SJ", 7, 5, "五个班都念了，职工又提了两个问题"),
        ("上月队务公开十号前上墙", "DW-ZJ2-SJ", 10, 12, "零点班的考勤核对晚了两天"),
        ("信息员空缺的班组月底前推选补上", "DW-ZC2-SJ", 21, 18, "两个班组已推选，名单已公布"),
        ("上门看望两名住院职工，带去大病救助的办法", "DW-JY1-SJ", 7, 3, "都已看望，帮着填了申请"),
        ("培训改到班前，升井后不再占休息", "DW-ZC1-SJ", 14, 13, "从下周起改，已在班前会说明"),
        ("外委队伍的意见箱每周开一次，开箱有工会在场", "QSL-GHZX", 7, 6, "两周各开一次，共七张"),
    ),
}
CONCLUSIONS = (
    "上周各支部报来的事项都有人接，超时限的三件已说明原因。", "班前会先念答复再布置任务，不另占时间。",
    "雨季三防的宣讲材料由宣传口统一供稿，各队不用自己写。", "职工反映集中的热水、班车两件事由后勤科牵头。",
    "队务公开以班组为单位贴，奖金分配要有职工代表签字。", "走访和谈心只记事情和帮助，不记评价。",
)
SERIES = (("departments", 0, 15, "党委工作部会议室"), ("secretaries", 4, 14, "办公楼三楼会议室"))
AWAY = ("下井带班", "外出学习", "倒班休息", "参加集团会议")


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield the meetings and what became of their decisions (会议与决定)."""
    for week, monday in enumerate(mondays(since, until)):
        for series, weekday, hour, place in SERIES:
            day = workday(monday + timedelta(days=weekday))
            chosen = [DECISIONS[series][(week * 2 + n) % len(DECISIONS[series])] for n in (0, 1)]
            yield Act(at(day, hour + 1, 5), f"meeting {series}", partial(hold, "DWB-GS", "DW", series, place, chosen,
                                                                         week))
            for text, owner, _days, after, said in chosen:
                yield Act(at(workday(day + timedelta(days=after)), 16, 20), f"decision {series} {owner} {text[:6]}",
                          partial(carry_out, owner, text, said))


def hold(by: str, of: str, series: str, place: str, chosen: list, turn: int, said: tuple[str, ...] = ()) -> Meeting:
    """Hold a meeting (开会): an hour ago until just now; a hall counts those expected, a room excuses some."""
    scope, begins = holder(by), clock.now() - timedelta(minutes=55)
    made = _called(scope, unit(of), series, begins, place)
    today = clock.local(begins).date()
    away = [one.pk for n, one in enumerate(made.attendees.all()) if (n * 7 + turn) % 23 == 0]
    services.prepare(
        scope=scope, meeting=made.pk, begins=begins, ended=clock.now() - timedelta(minutes=8), place=place,
        roster={pk: ("excused", AWAY[(turn + n) % 4]) for n, pk in enumerate(away)} if len(away) * 2 < len(
            made.attendees.all()) else {},
        conclusions=said or [CONCLUSIONS[(turn + n) % len(CONCLUSIONS)] for n in range(2)],
        expected=18 + turn % 17 if rule.of(series).counted else 0,
        decisions=[Decision(text, Post.objects.get(code=owner).pk, today + timedelta(days=days))
                   for text, owner, days, _after, _said in chosen])
    return services.close(scope=scope, meeting=made.pk)


def _called(scope: Scope, of: int, series: str, begins: datetime, place: str) -> Meeting:
    """Open the meeting that falls due by routine (例会), or call an extra one."""
    due = Duty.objects.filter(
        origin__subject=f"routines/{rule.of(series).routine}", unit=of, opens__lte=begins, closes__gte=clock.now(),
    ).exclude(settled()).order_by("due").first()
    if due is not None:
        return services.open_for(scope=scope, duty=due.pk)
    return services.call(scope=scope, unit=of, series=series, begins=begins, place=place)


def carry_out(owner: str, text: str, said: str) -> None:
    """Carry a decision out (落实): the oldest of these words that waits."""
    duty = Duty.objects.filter(origin__kind="decision", origin__title=text, post__code=owner).exclude(
        settled()).order_by("pk").first()
    if duty is not None:
        duties.complete(duty=duty, actor=holder(owner).actor, person=holder(owner).person, words=said)
