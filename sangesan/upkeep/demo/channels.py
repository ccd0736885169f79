"""Channels of the demo mine (示范矿的渠道): boxes opened by two, reception days planned, announced, held, published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from sangesan.feedback.intake.models import Box, Reception
from sangesan.feedback.intake.services import booking, boxes, reception
from sangesan.foundation import clock

from .cast import holder, unit
from .stories import RECEPTION, Story, reception_day
from .units import MINE
from .work import Act, at

OFFICER, SECOND = "XFB-FB", "XFB-FB2"
BOXES = (("BB-ZT", "本部井澡堂门口"), ("DJ-JK", "东井井口候罐室"), ("ST-01", "职工食堂进门右手"))
LEADERS = ("QSL-SJ", "QSL-KZ", "QSL-FSJ", "QSL-AQKZ")
PLACE = "信访接待室（办公楼一楼 106）"
BOOKED = (("工伤材料办到哪一步", "09:20"), ("班车改点", "10:00"))
AHEAD = timedelta(days=28)
"""A day is announced when the one before is over: there is always one to come."""
OUTCOMES = ("promised", "promised", "spot", "explained")
RESULTS = ("已交责任单位，时限内给本人答复。", "当场说明规定并给了办理电话。", "当场答应，三天内办好。")


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield what the petition office does of itself (设箱、排接待日、公布)."""
    yield Act(at(since, 0), "channels", partial(begin, since))
    day = reception_day(since)
    while day <= until + AHEAD:
        if day - AHEAD > since:
            yield Act(at(day - AHEAD, 9), f"announce {day}", partial(announce, day))
            yield Act(at(day - timedelta(days=3), 20), f"book {day}", partial(book, day))
        yield Act(at(day + timedelta(days=5), 10), f"results {day}", partial(results, day))
        day = reception_day(day + timedelta(days=20))


def begin(since: date) -> None:
    """Hang the boxes and plan the leaders' turns (设箱、排班)."""
    hung()
    reception.plan(scope=holder(OFFICER), first=since.replace(day=1), months=8, on=RECEPTION, leaders=LEADERS,
                   place=PLACE, along="信访办、劳资科、后勤科")


def hung() -> list[Box]:
    """Return the boxes (意见箱), hung now where nobody has: a short play begins with slips of earlier days."""
    if not Box.objects.exists():
        for code, place in BOXES:
            boxes.hang(scope=holder(OFFICER), code=code, place=place, unit=unit(MINE))
    return list(Box.objects.order_by("pk"))


def found(day: date) -> Reception | None:
    """Return the reception day of a day (当天接待), or None."""
    return Reception.objects.filter(day=day).first()


def announce(day: date) -> None:
    """Announce a reception day (提前公布)."""
    if (row := found(day)) is not None:
        reception.announce(scope=holder(OFFICER), reception=row.pk)


def book(day: date) -> None:
    """Two people book from home, without a name (预约)."""
    row = found(day)
    for topic, moment in BOOKED if row is not None and row.announced else ():
        booking.book(key=f"demo-booking-{day}-{moment}".ljust(32, "0"), reception=row.pk, topic=topic,
                       at=clock.local(at(day, *map(int, moment.split(":")))).time())


def results(day: date) -> None:
    """Write what came of it, and publish without names (公布接待结果)."""
    row = found(day)
    if row is None or row.announced is None:
        return
    for n, visitor in enumerate(row.visitors.filter(result="").order_by("pk")):
        reception.settle(scope=holder(OFFICER), reception=row.pk, visitor=visitor.pk, result=RESULTS[n % len(RESULTS)])
    reception.publish(scope=holder(OFFICER), reception=row.pk)


def hear(story: Story, said: dict) -> bool:
    """Take down what a visitor says (接待登记); False on a day without reception."""
    row = found(clock.today())
    if row is None or row.announced is None:
        return False
    outcome = story.chance("outcome").choice(OUTCOMES)
    promised = clock.today() + timedelta(days=10) if outcome == "promised" else None
    reception.receive(scope=holder(OFFICER), reception=row.pk, outcome=outcome, promised=promised, **said)
    return True


def open_box(story: Story, said: dict) -> None:
    """Two persons open a box, count alike and enter the slip (两人开箱)."""
    box = story.chance("box").choice(hung())
    opening = boxes.open_box(scope=holder(OFFICER), box=box.code, slips=1)
    boxes.confirm(scope=holder(SECOND), opening=opening.pk, slips=1)
    boxes.enter(scope=holder(SECOND), opening=opening.pk, number=1, **said)
