"""Study days of the demo (学习日): six teams, two days a week, one bank of questions, some grades gained."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sangesan.execution.study import services
from sangesan.execution.study.models import Session
from sangesan.foundation.clock import LOCAL
from sangesan.foundation.sheets.giving import workbook

from . import players
from .script import Step

SHIFTS = {"零点班": (time(0, 30), 12), "检修班": (time(8, 30), 12), "四点班": (time(16, 30), 19)}
"""When each shift studies, and at which hour its heads are counted (各班学习时间)."""
TEAMS = ("ZC1", "ZJ2", "ZC2", "ZC3", "TF1", "JY1")
THEMES = {
    3: ("skill", ("液压支架操作要点", "皮带机检修流程", "局部通风机切换", "防爆电气完好标准", "综掘机截割顺序")),
    4: ("safety", ("顶板事故案例", "一氧化碳报警怎么撤", "雨季三防", "手指口述做给大家看", "自救器三十秒佩戴")),
}
QUESTIONS = (
    ("瓦斯超限首先做什么", "停止作业、撤出人员", "继续作业", "等通知", "", "A", "先撤人，再汇报"),
    ("自救器应当", "随身携带", "放在机头", "会检查会佩戴", "", "AC", ""),
    ("发现顶板来压", "躲一躲再干", "立即停止作业撤人", "拍照上报再走", "", "B", "有权停止作业撤人"),
    ("下井前", "吃好睡好", "不喝酒", "检查矿灯和自救器", "带火种", "ABC", ""),
    ("风筒落地", "影响风量", "没关系", "", "", "A", ""),
    ("交接班要说清", "未处理的隐患", "设备状况", "", "", "AB", ""),
)
GAINED_ON = 25
"""On which day of a month it is written down what was gained in it (登记日)."""
GAINS = (("ZC1", "senior", 4), ("ZJ2", "technician", 1), ("JY1", "certificate", 6), ("TF1", "middle", 5),
         ("JD1", "certificate", 3), ("ZC3", "senior", 2))


@dataclass(frozen=True)
class Act:
    """A study day (学习的一幕)."""

    key: str
    unit: str = ""
    day: date = date.min
    shift: str = ""


def acts(seed: int, since: date, until: date, now: datetime) -> list[Step]:
    """Return all steps of study between two days (学习的场次), up to a moment."""
    made = [Step(_at(since, 8), Act("study", day=since), "bank")]
    for n in range((until - since).days + 1):
        day = since + timedelta(days=n)
        if day.weekday() in THEMES:
            for unit in TEAMS:
                for shift, (_begins, counted) in SHIFTS.items():
                    act = Act(f"study/{unit}/{day}/{shift}", unit, day, shift)
                    made += [Step(_at(day, 7), act, "study_planned"), Step(_at(day, counted), act, "study_held")]
        if day.day == GAINED_ON or day == until:
            made.append(Step(_at(day, 9), Act("gains", day=day), "gains"))
    return [step for step in made if step.moment < now]


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LOCAL)


def bank(act: Act) -> None:
    """The training leader takes in a bank of questions (题库)."""
    rows = [["题目", "A", "B", "C", "D", "答案", "解析"], *map(list, QUESTIONS)]
    services.keep(scope=players.holder("DWB-GS"), title="安全应知应会", workbook=workbook({"题库": rows}),
                  open=True)


def study_planned(act: Act) -> None:
    """The team's chief plans it (安排) for each shift in its own hours."""
    of, themes = THEMES[act.day.weekday()]
    theme = Random(act.key.rpartition("/")[0]).choice(themes)  # noqa: S311 - a play, no secret
    services.plan(scope=players.holder(f"{act.unit}-DZ"), unit=act.unit, of=of, day=act.day, theme=theme,
                  at=SHIFTS[act.shift][0], shift=act.shift, place="队部学习室",
                  text=f"{theme}：结合本队情况讲，再问有没有难处。")


def study_held(act: Act) -> None:
    """The host counts heads (登记人数); now and then it was called off."""
    random = Random(f"{act.key}/heads")  # noqa: S311 - a play, no secret
    session = Session.objects.filter(unit__code=act.unit, day=act.day, shift=act.shift).first()
    if session is not None and random.randrange(100) < 97:
        services.hold(scope=players.holder(f"{act.unit}-DZ"), session=session.pk, heads=random.randrange(8, 20))


def gains(act: Act) -> None:
    """The Party work department writes down what was gained (取得), as counts: never so few that no page tells them."""
    chance = Random(f"gains/{act.day}")  # noqa: S311 - a play, no secret
    for unit, what, most in GAINS:
        services.gain(scope=players.holder("DWB-GS"), unit=unit, day=act.day, what=what,
                      count=chance.randint((most + 1) // 2, most))


STEPS = {"bank": bank, "study_planned": study_planned, "study_held": study_held, "gains": gains}
