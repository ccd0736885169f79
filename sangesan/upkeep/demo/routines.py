"""Routines of the demo mine (示范矿的制度): in force by the committee's decision, then done, late or left undone.

What has a room of its own (meetings, plans, study days) is played there; here is what is only
reported as done. Now and then something is late, and here and there it stays undone, so that the
lists of a secretary and of a leader have something to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from random import Random

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import responsible, settled
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.execution.routines import services
from sangesan.execution.routines.models import Version
from sangesan.execution.routines.queries.checking import CHECK
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.organization.people.queries import scope_of

from .cast import DAY, holder
from .weeks import begun
from .work import Act, at

IN_FORCE = ("ZGLH-B", "ZGLH-Z", "YFX", "DWGK", "DY-ZW", "DY-DH", "DY-XZ", "DY-ZT", "XX-Y", "XX-A", "ZDGL", "GH-GK",
            "GH-BF", "LJ-GK", "TW-HD")
FOR_ALL = ("ZJH",)
"""Tried by some branches first, then in force for all (先行后推开的制度)."""
REPORTED = ("ZDGL", "GH-GK", "GH-BF", "LJ-GK", "TW-HD", "XX-Y", "XX-A")
"""Routines that are simply reported as done (只报办结的制度)."""
NEVER, LATE = 2, 6
"""Of a hundred duties so many stay undone, and up to here so many are done late."""
SAID = {
    "ZDGL": ("到零点班跟了一班，问了三件事", "看了两个头面，灯带坏三处，当场交办", "和班组碰头，材料当天补齐", ""),
    "GH-GK": ("核对工分和奖金，都已公布，没有异议", "核对了两个班，一处加错，当场更正", ""),
    "GH-BF": ("走访四户，帮着填了大病救助", "走访三户，米面油已送到", ""),
    "LJ-GK": ("抽查两个班，先公示后发放", "抽查三个班，一个班公示晚了一天，已提醒", ""),
    "TW-HD": ("青年安全监督岗上岗一次，查出隐患五条", "新工人座谈，来了十八人", "师徒结对比武", ""),
}


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield the decision, and each evening what was done that day (施行、每日办结)."""
    yield Act(at(since, 7, 30), "routines", partial(decide, IN_FORCE, since))
    later = max(since, begun(until))
    yield Act(at(later, 7, 40), "routines for all", partial(decide, FOR_ALL, later))
    for n in range((until - since).days + 1):
        day = since + timedelta(days=n)
        yield Act(at(day, 17, 40), f"routines {day}", partial(evening, day))


def decide(codes: tuple[str, ...], since: date) -> None:
    """Put the routines in force (施行制度), and make what falls due."""
    actor = holder("DWB-GS").actor
    services.install(actor=actor)
    decided = f"党委会 {since - timedelta(days=4):%Y-%m-%d} 第 3 项"
    for version in Version.objects.filter(routine__code__in=codes).select_related("routine").order_by("pk"):
        services.put_in_force(version=version, since=since, decided_by=decided, actor=actor)
    services.make(since)


def evening(day: date) -> None:
    """Report what was done that day (每日办结)."""
    subjects = [f"routines/{code}" for code in REPORTED]
    now = clock.now()
    open_now = Duty.objects.filter(origin__subject__in=subjects, opens__lte=now, closes__gte=now).exclude(settled())
    for duty in open_now.select_related("origin", "unit").order_by("due", "pk"):
        code = duty.origin.subject.removeprefix("routines/")
        if comes(duty, code, day) and settlement_of(duty) is None:
            said = SAID.get(code, ("",))
            who = answering(duty)
            duties.complete(duty=duty, actor=who.actor, person=who.person,
                            words=said[(duty.unit_id + duty.nominal.toordinal()) % len(said)])
    looked_at(day)


def looked_at(day: date) -> None:
    """Let superiors look at what those below did (检查落实), on the last day they have for it."""
    start, end = (at(day, *hour) for hour in ((0, 0), (23, 59)))
    due = Duty.objects.filter(origin__kind=CHECK, due__gte=start, due__lte=end).exclude(settled())
    for duty in due.select_related("origin").order_by("due", "pk"):
        services.check(scope=answering(duty), duty=duty.pk)


def comes(duty: Duty, code: str, day: date) -> bool:
    """Return whether a duty is done on a day (当天办结): most at some day of their time, some late, few never."""
    lot = Random(f"{code} {duty.unit.code} {duty.nominal}")  # noqa: S311 - a play, no secret
    share, due = lot.randrange(100), clock.local(duty.due).date()
    if share < NEVER:
        return False
    if share < LATE:
        return day > due
    first = clock.local(duty.opens).date()
    return day >= min(due, max(first, due - timedelta(days=lot.randrange(3))))


def answering(duty: Duty) -> Scope:
    """Return the scope of whoever answers for a duty (责任人)."""
    key = duty.unit_id, duty.line, duty.post_id
    if key not in _answering:
        _answering[key] = scope_of(responsible(duty), DAY)
    return _answering[key]


_answering: dict[tuple, Scope] = {}
