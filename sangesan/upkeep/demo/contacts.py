"""Contact points of the demo (联系点): who keeps in touch with whom, and what they found month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random

from sangesan.execution.contacts import services
from sangesan.execution.contacts.models import Pair, Visit
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.services import complete
from sangesan.feedback.matters import services as matters
from sangesan.foundation.clock import LOCAL
from sangesan.method.contacts import month_of, next_month

from . import players
from .script import Step
from .units import OFFICES, TEAMS
from .work import workday

ALONE, IDLE = ("JQG",), ("GYK",)
"""A unit nobody keeps in touch with, and an office that does with nobody, so that the gap list shows something."""
CADRES = (("QSL-SJ", "ZC1"), ("QSL-KZ", "ZJ2"), ("QSL-FSJ", "WW1"), ("QSL-AQKZ", "ZC3"), ("QSL-SCKZ", "ZC4"),
          ("QSL-GHZX", "XMC"))
# what was found, where it went, which office sees to it
FOUND = (
    ("培训排在升井以后，占了休息时间，大家希望改到班前", "duty", "PXK"),
    ("更衣室烘干机坏了一台，零点班的工作服干不了", "duty", "HQK"),
    ("候车棚漏雨，早班等车没处站", "duty", "HQK"),
    ("新到的防尘口罩偏小，戴不严", "duty", "GYK"),
    ("澡堂热水供到凌晨一点，四点班升井晚的洗不上", "matter", ""),
    ("上个月工分只公布了总数，没有公布每天的", "matter", ""),
    ("班前会议室的投影看不清，讲案例大家看不见", "spot", ""),
    ("安全帽灯充电架编号掉了，交接班要找半天", "spot", ""),
)
PROBLEMS, MISSED = 22, 6
"""Of a hundred visits so many find something; of a hundred months so many are missed."""


@dataclass(frozen=True)
class Act:
    """What happens at a contact point (联系点的一幕)."""

    key: str
    caller: str
    post: str
    unit: str
    day: date
    found: int = -1


def chosen() -> list[tuple[str, str, str]]:
    """Return the pairs (结对): calling office, its post or '', unit."""
    offices = [code for code, *_ in OFFICES if code not in IDLE]
    teams = [code for code, *_ in TEAMS if code not in ALONE]
    rows = [(offices[n % len(offices)], "", team) for n, team in enumerate(teams)]
    return rows + [("", post, team) for post, team in CADRES]


def acts(seed: int, since: date, until: date, now: datetime) -> list[Step]:
    """Return all steps at contact points between two days (联系点的场次), up to a moment."""
    made = [Step(_at(since, 8), Act("contacts", "", "", "", since), "contacts")]
    month = month_of(since)
    while month <= until:
        for n, (caller, post, unit) in enumerate(chosen()):
            made += _month(seed, caller, post, unit, month + timedelta(days=_on(n) - 1), since)
        month = next_month(month)
    return [step for step in made if step.moment < now]


def _on(n: int) -> int:
    """Return the day of the month on which the n-th pair meets (定时)."""
    return 8 + n % 18


def _month(seed: int, caller: str, post: str, unit: str, fixed: date, since: date) -> list[Step]:
    """Return what happens in a month (一个月的场次): on the fixed day, or a day or two later when something came up."""
    key = f"contacts/{caller}{post}/{unit}/{fixed:%Y-%m}"
    random = Random(f"{seed}/{key}")  # noqa: S311 - a play, no secret
    day = workday(fixed + timedelta(days=random.choice((0, 0, 0, 1, 2))))
    if random.randrange(100) < MISSED or day <= since:
        return []
    found = random.randrange(len(FOUND)) if random.randrange(100) < PROBLEMS else -1
    act = Act(key, caller, post, unit, day, found)
    made = [Step(_at(day, 9 + random.randrange(8)), act, "contact")]
    if found >= 0 and FOUND[found][1] == "duty":
        made.append(Step(_at(day + timedelta(days=random.randrange(2, 7)), 16), act, "contact_done"))
    if found >= 0 and FOUND[found][1] == "matter":
        made.append(Step(_at(day + timedelta(days=1), 9), act, "contact_matter"))
        made.append(Step(_at(day + timedelta(days=2), 16), act, "contact_answer"))
    if found >= 0 and random.randrange(100) < 80:
        made.append(Step(_at(day + timedelta(days=random.randrange(8, 14)), 10), act, "contact_confirm"))
    return made


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LOCAL)


def pair(act: Act) -> None:
    """The Party work department pairs offices and cadres with units (结对), and the first days are set."""
    for n, (office, post, unit) in enumerate(chosen()):
        services.pair(scope=players.holder("DWB-GS"), unit=unit, office=office, post=post, on=_on(n))
    services.arrange_due(act.day)


def visit(act: Act) -> None:
    """Somebody goes there and writes it down (联系)."""
    text, road, lead = FOUND[act.found] if act.found >= 0 else ("", "none", "")
    random = Random(act.key)  # noqa: S311 - a play, no secret
    services.record_visit(
        scope=players.holder(act.post or f"{act.caller}-KZ"), pair=_pair(act).pk, day=act.day, outcome=road, text=text,
        form=random.choice(("site", "pre_shift", "talk", "dormitory")), heard=random.randrange(3, 15), lead=lead,
        due=act.day + timedelta(days=7) if lead else None, key=sha256(act.key.encode()).hexdigest())


def visit_done(act: Act) -> None:
    """The unit in charge has seen to it (落实)."""
    duty = Duty.objects.get(origin__subject=_visit(act).subject)
    complete(duty=duty, actor=players.holder(f"{duty.unit.code}-KZ").actor)


def visit_matter(act: Act) -> None:
    """What became a matter is graded and given to the unit it arose in (定级、派单)."""
    number = _matter(act)
    office = players.holder("XFB-FB")
    matters.grade(scope=office, number=number, urgency=1, importance=1)
    matters.dispatch(scope=office, number=number, lead=players.unit(act.unit))
    matters.sign_in(scope=players.holder(f"{act.unit}-CB"), number=number)


def visit_answer(act: Act) -> None:
    """The unit answers, its head approves (答复、审核)."""
    number, hand = _matter(act), players.holder(f"{act.unit}-CB")
    matters.first_answer(scope=hand, number=number, text="收到，正在核对。")
    matters.draft(scope=hand, number=number, text="已核对并改正，结果贴在公开栏，下月起按时公布。")
    matters.approve(scope=players.holder(f"{act.unit}-DZ"), number=number)


def visit_confirm(act: Act) -> None:
    """The unit confirms that it was told (反馈)."""
    services.confirm(scope=players.holder(f"{act.unit}-DZ"), visit=_visit(act).pk)


def _pair(act: Act) -> Pair:
    return Pair.objects.get(unit__code=act.unit, until=None, **(
        {"post__code": act.post} if act.post else {"post": None, "office__code": act.caller}))


def _matter(act: Act) -> str:
    """Return the number of the matter a visit became (转成的事项)."""
    return _visit(act).steps.get(link__startswith="matters/", withdrawn_at=None, step="report").link.partition("/")[2]


def _visit(act: Act) -> Visit:
    return Visit.objects.get(pair=_pair(act), day=act.day)


STEPS = {"contacts": pair, "contact": visit, "contact_done": visit_done, "contact_matter": visit_matter,
         "contact_answer": visit_answer, "contact_confirm": visit_confirm}
