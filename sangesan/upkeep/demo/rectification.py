"""Inspections of the demo (督察整改): who looks where, what is wrong, and how it is put right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random

from sangesan.execution.rectification import services
from sangesan.execution.rectification.models import Checklist, Finding, Inspection
from sangesan.foundation.clock import LOCAL
from sangesan.foundation.sheets.giving import workbook

from . import players
from .script import Step
from .units import TEAMS

LISTS = (
    ("一通三防检查表", 30, ("风筒吊挂平直 | 不漏风、不落地", "瓦斯探头位置 | 距顶 300 毫米内", "防尘喷雾齐全 | 能雾化",
                     "隔爆水袋水量够 | 不少于设计", "局部通风机专人看管 | 有牌板")),
    ("机电运输检查表", 45, ("皮带综合保护试验 | 班班有记录", "防爆面完好 | 无失爆", "绞车闸间隙合格 | 不大于 2 毫米",
                     "电缆吊挂整齐 | 不挤压")),
    ("班组建设检查表", 60, ("班前会按时开 | 有记录", "工分每日公布 | 在公开栏", "交接班说清隐患 | 当面交接")),
)
WALKERS = ("AJC-KZ", "AJC-KZ", "TFK-KZ", "JDK-KZ", "DWB-GS", "QSL-AQKZ", "QSL-SJ", "SCK-KZ")
TEAM_CODES = tuple(code for code, _, kind, *_ in TEAMS if kind in ("team", "contractor"))
PLACES = ("3208 面", "南翼轨道巷", "井底车场", "候罐室", "二部皮带", "工区值班室", "材料道", "掘进迎头")
FACES, ROADS, BELTS = ("3208 面", "掘进迎头"), ("南翼轨道巷", "材料道"), ("二部皮带", "皮带机头")
FOUND = (
    ("风筒接头漏风两处", "重新接好，挂牌", ("掘进迎头", "南翼轨道巷")), ("机尾护罩缺一块", "补齐护罩", BELTS),
    ("防尘喷雾堵了三个头", "疏通并试喷", (*FACES, *BELTS)),
    ("工分公开栏停在上周", "补公布到昨天", ("工区值班室",)), ("电缆落地十几米", "重新吊挂", ROADS),
    ("灭火器过期两具", "更换", ("井底车场", *BELTS)),
    ("交接班记录没写未处理的隐患", "当面交接并补记", ("工区值班室",)), ("座椅松动", "紧固或更换", ("候罐室",)),
    ("风门连锁失灵", "修好前设专人", ROADS),
    ("注浆管路没有标识", "补挂标识", ROADS),
)
"""What was found, how it is put right, and where such a thing can be."""
DONE = ("已经改好，现场看过", "更换了，旧的已回收", "当班改完", "")
ADAY, COUNTED = 2, 35
"""Inspections a day; for how many days back counts of hazards are taken in."""


@dataclass(frozen=True)
class Act:
    """What happens around an inspection (督察的一幕)."""

    key: str
    post: str = ""
    unit: str = ""
    day: date = date.min
    found: int = -1
    place: str = ""
    team: int = 0


def acts(seed: int, since: date, until: date, now: datetime) -> list[Step]:
    """Return all steps of inspections between two days (督察的场次), up to a moment."""
    made = [Step(_at(since, 8), Act("checklists"), "checklists")]
    for n in range((until - since).days + 1):
        day = since + timedelta(days=n)
        if day.weekday() < 6:
            for number in range(ADAY):
                made += _inspection(seed, day, number)
        if day.weekday() == 0 and n >= 7 and (until - day).days < COUNTED:
            made.append(Step(_at(day, 9), Act(f"figures/{day}", day=day), "figures"))
    return [step for step in made if step.moment < now]


def _inspection(seed: int, day: date, number: int) -> list[Step]:
    random = Random(f"{seed}/inspection/{day}/{number}")  # noqa: S311 - a play, no secret
    who, team = random.choice(WALKERS), random.choice(TEAM_CODES)
    found = random.randrange(len(FOUND)) if random.randrange(100) < 55 else -1
    place = random.choice(FOUND[found][2] if found >= 0 else PLACES)
    act = Act(f"inspection/{day}/{number}", who, team, day, found, place, random.randrange(len(LISTS) * 2))
    at = _at(day, 9 + random.randrange(7))
    made = [Step(at, act, "inspection")]
    if act.found < 0:
        return made
    days = random.choice((1, 1, 2, 2, 3, 3, 5))
    made.append(Step(at + timedelta(days=days), act, "rectified"))
    if random.randrange(100) < 12:
        made.append(Step(at + timedelta(days=days, hours=4), act, "sent_back"))
        made.append(Step(at + timedelta(days=days + 1), act, "rectified"))
    looks = 2 if random.randrange(100) < 90 else 9
    made.append(Step(at + timedelta(days=days + looks), act, "verified"))
    return made


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LOCAL)


def checklists(act: Act) -> None:
    """The safety office keeps three checklists (检查表)."""
    for title, every, lines in LISTS:
        services.keep(scope=players.holder("AJC-KZ"), title=title, kind="team", every=every,
                      lines="\n".join(lines))


def inspection(act: Act) -> None:
    """Somebody walks round or inspects (走动、督察), and writes down what is wrong."""
    scope = players.holder(act.post)
    chosen = Checklist.objects.filter(title=LISTS[act.team][0]).first() if act.team < len(LISTS) else None
    fits = chosen is not None and act.unit != "WW1"
    made = services.inspect(
        scope=scope, key=_key(act.key), form="check" if fits else "walk", day=act.day, unit=act.unit, place=act.place,
        shift=("检修班", "四点班", "零点班")[act.team % 3], checklist=chosen.pk if fits else 0)
    if act.found >= 0:
        text, measure, _places = FOUND[act.found]
        services.find(scope=scope, inspection=made.pk, key=_key(act.key), text=f"{act.place}{text}", measure=measure)


def rectified(act: Act) -> None:
    """The unit has put it right (整改完成)."""
    services.done(scope=players.holder(f"{act.unit}-DZ"), finding=_finding(act).pk, text=DONE[act.team % len(DONE)])


def sent_back(act: Act) -> None:
    """The finder looks and sends it back (退回)."""
    services.verify(scope=players.holder(act.post), finding=_finding(act).pk, passed=False, text="还有一处没改到位")


def verified(act: Act) -> None:
    """The finder looks and finds it right (销号)."""
    services.verify(scope=players.holder(act.post), finding=_finding(act).pk, passed=True)


def figures(act: Act) -> None:
    """The safety office takes in last week's counts (导入隐患三违) from its own system."""
    random = Random(act.key)  # noqa: S311 - a play, no secret
    rows: list[list] = [["日期", "单位编码", "查出隐患", "整改隐患", "三违"]]
    for n in range(7, 0, -1):
        for code in TEAM_CODES:
            hazards = random.randrange(6)
            rows.append([f"{act.day - timedelta(days=n):%F}", code, hazards, random.randrange(hazards + 1),
                         int(random.randrange(10) == 0)])
    services.take_figures(scope=players.holder("AJC-KZ"), workbook=workbook({"隐患三违": rows}), source="safety")


def _key(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _finding(act: Act) -> Finding:
    at = Inspection.objects.filter(day=act.day, unit__code=act.unit, place=act.place)
    return Finding.objects.get(inspection__in=at, text=f"{act.place}{FOUND[act.found][0]}")


STEPS = {"checklists": checklists, "inspection": inspection, "rectified": rectified, "sent_back": sent_back,
         "verified": verified, "figures": figures}
