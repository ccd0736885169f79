"""Reads of push (推送查询): what is on, what went wrong and what next; of content there is nothing to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.quiet import batches
from sangesan.method.turns import Turn
from sangesan.organization.people.addresses import SHAPES
from sangesan.organization.people.models import Person

from ..models import Choice, Delivery, Work
from ..outlets import present
from ..transports import SHELF, Transport
from ..words import trouble
from . import resting

State = Delivery.State
LOST = (State.REFUSED, State.GIVEN_UP)
WRONG = (*LOST, State.UNSURE)


@dataclass(frozen=True)
class Road:
    """One channel as the administrator sees it (渠道状况)."""

    name: str
    word: str
    group: bool
    on: bool
    delivered: int = 0
    waiting: int = 0
    wrong: int = 0
    unsure: int = 0
    why: str = ""
    next: str = ""


def shelf_for(scope: Scope, name: str) -> Transport:
    """Return a channel for whoever may set push up (推送渠道), else NotFound."""
    if not scope.can(Action.HEALTH) or name not in SHELF:
        raise NotFound()
    return SHELF[name]


def roads(scope: Scope) -> list[Road]:
    """Return every channel with what it did in a day (渠道一览), for the system administrator."""
    if not scope.can(Action.HEALTH):
        raise NotFound()
    return _roads()


def _roads() -> list[Road]:
    on, recent = present().channels, Delivery.objects.filter(changed_at__gte=clock.ago(hours=24))
    counts: dict[tuple[str, str], int] = {
        (row["channel"], row["state"]): row["n"]
        for row in recent.values("channel", "state").annotate(n=Count("pk"))}
    faults = {}
    last = recent.exclude(fault="").filter(state__in=(State.WAITING, *WRONG))
    for row in Delivery.objects.filter(pk__in=last.values("channel").annotate(last=Max("pk")).values("last")):
        faults[row.channel] = trouble(row.fault, row.number, unsure=row.state == State.UNSURE)
    return [Road(
        name, str(each.WORD), not each.ADDRESS, name in on, counts.get((name, State.DELIVERED), 0),
        counts.get((name, State.WAITING), 0) + counts.get((name, State.SENDING), 0),
        sum(counts.get((name, state), 0) for state in LOST), counts.get((name, State.UNSURE), 0),
        *faults.get(name, ("", "")),
    ) for name, each in SHELF.items()]


def health() -> tuple:
    """Return what the check-up says of push (推送状况): well or not, what and why, what next."""
    now = present()
    if now.broken:
        return False, _("推送设置读不出，推送已停"), _("请在推送设置里重新填写各渠道")
    if not now.channels:
        return True, _("没有启用")
    bad = [road for road in _roads() if road.on and road.why]
    if not bad:
        return True, _("已启用：%(names)s") % {"names": "、".join(str(SHELF[name].WORD) for name in now.channels)}
    said = [_("%(word)s：%(why)s，%(waiting)s 条待发，%(wrong)s 条没有送到，%(unsure)s 条不知是否送到") % {
        "word": road.word, "why": road.why, "waiting": road.waiting, "wrong": road.wrong,
        "unsure": road.unsure} for road in bad]
    return False, "；".join(said), "；".join(dict.fromkeys(road.next for road in bad))


@dataclass(frozen=True)
class Mine:
    """How one person is told (我的提醒方式): addresses, choice, and what last went wrong."""

    person: Person
    channel: str | None
    choices: list[tuple[str, str]]
    why: str
    next: str
    unsure: bool
    work: Work
    unit_turn: Turn | None
    shifts: list[str]
    today: list[datetime]

    @property
    def initial(self) -> dict[str, str]:
        """What stands in the form (现有内容)."""
        kinds = {kind: getattr(self.person, kind) for kind in SHAPES}
        channel = "auto" if self.channel is None else self.channel
        return kinds | {"channel": channel, "shift": self.work.shift, "sleeps": self.work.sleeps}


def own(scope: Scope) -> Mine:
    """Return one's own way of being told (我的提醒方式)."""
    person: Any = Person.objects.filter(pk=scope.person).first()
    if person is None:
        raise NotFound()
    on = present().channels
    chosen = Choice.objects.filter(person=person).values_list("channel", flat=True).first()
    last = Delivery.objects.filter(person=person).order_by("-pk").first()
    unsure = last is not None and last.state == State.UNSURE
    why, next_ = ("", "")
    if last and last.fault and last.state in WRONG:
        why, next_ = trouble(last.fault, last.number, unsure=unsure)
    ways = [(name, str(SHELF[name].WORD)) for name in on if SHELF[name].ADDRESS]
    work, day = Work.objects.filter(person=person).first() or Work(), clock.today()
    known = resting.choices(day)
    if work.shift not in (Work.UNIT, Work.NONE, *known):
        known.append(work.shift)
    return Mine(person, chosen, ways, why, next_, unsure, work, resting.at_work([person.pk], day)[person.pk].get(day),
                known, batches(day, resting.house(), resting.quiets([person.pk], day)[person.pk]))
