"""Points of a discussion (座谈意见): each goes on its way and comes back with an answer."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.execution.duties.services import assign
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record, reverse
from sangesan.method import analysis as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import SYSTEM, Actor, PointAnswered, PointPassed
from sangesan.organization.units.models import Line, Unit

from .. import roads
from ..models import Discussion, Point
from ..queries.access import own_discussion
from .talking import opened
from .words import checked, refused

POINT, DAYS = "discussion_point", 15
END_OF_DAY = time(18)


@transaction.atomic
def add_point(*, scope: Scope, discussion: int, text: str, road: str, lead: str = "", due: date | None = None,
              answer: str = "") -> Point:
    """Write a point down and send it on its way (记一条意见): a matter, a unit's duty, or answered on the spot."""
    found = opened(scope, discussion)
    text = checked(text, _("意见"), rule.LONGEST_POINT)
    if road not in rule.ROADS:
        raise refused(_("没有这样的去处"), _("请从列表里选"), "road")
    place = found.points.count() + 1
    if place > rule.MOST_POINTS:
        raise refused(_("一次座谈最多 %d 条") % rule.MOST_POINTS, _("请合并相近的意见"))
    point = Point.objects.create(discussion=found, place=place, text=text, road=road)
    point.discussion = found
    if road == "spot":
        said = checked(answer, _("答复"), rule.LONGEST_ANSWER)
        _passed(point, scope.actor)
        _answered(point, said, scope.actor)
        return point
    if road == "duty":
        point.duty = _assigned(point, scope, lead, due)
        point.link = point.duty.subject
    else:
        point.link = roads.of(road)(scope, point)
    point.save(update_fields=["link", "duty"])
    _passed(point, scope.actor)
    return point


def _assigned(point: Point, scope: Scope, lead: str, due: date | None) -> Duty:
    unit = Unit.objects.filter(code=lead[:32], closed=None, line=Line.ADMINISTRATION.value).first()
    if unit is None:
        raise refused(_("没有选交哪个单位办"), _("请从列表里选"), "lead")
    day = due or clock.today() + timedelta(days=DAYS)
    return assign(kind=POINT, subject=point.discussion.subject, code=f"{point.discussion_id}.{point.place}",
                  title=point.text.replace("\n", " ")[:120], unit=unit, line=unit.line, actor=scope.actor,
                  due=datetime.combine(day, END_OF_DAY, clock.LOCAL), note=point.text)


@transaction.atomic
def answer(*, scope: Scope, discussion: int, point: int, text: str) -> Point:
    """Write the answer of a point whose matter was answered (写上答复), in the words the people there get."""
    found = own_discussion(scope, discussion)
    row = Point.objects.filter(discussion=found, place=point).select_related("discussion").first()
    if row is None or row.road != "matter" or row.answered_at is None or row.answer:
        raise Conflict(_("没有保存"), why=_("这一条还没有办结，或者已经写过答复"))
    row.answer = checked(text, _("答复"), rule.LONGEST_ANSWER)
    row.save(update_fields=["answer"])
    return row


def answered(*, subject: str) -> int:
    """Note that what a point became has been answered (事项已答复)."""
    made = 0
    for point in Point.objects.filter(link=subject, answered_at=None).select_related("discussion"):
        _answered(point, "", SYSTEM)
        made += 1
    return made


def followed(sender: object, *, duty: Duty, **_said: object) -> None:
    """Follow the duty a point became (随交办事项变动): its word is the answer; taken back it opens again."""
    if duty.origin.kind != POINT:
        return
    point = Point.objects.filter(duty=duty).select_related("discussion").first()
    if point is None:
        return
    last = settlement_of(duty)
    if last is not None and point.answered_at is None:
        _answered(point, last.words or _("已办结"), SYSTEM)
    elif last is None and point.answered_at is not None:
        reverse(point.fact, reason="mistake", actor=SYSTEM)
        Point.objects.filter(pk=point.pk).update(answer="", answered_at=None, fact=0)


def _passed(point: Point, actor: Actor) -> None:
    record(PointPassed(point=point.place, link=point.link, occurred_at=clock.now(), **_of(point.discussion)),
           actor=actor)


def _answered(point: Point, said: str, actor: Actor) -> None:
    fact = record(PointAnswered(point=point.place, occurred_at=clock.now(), **_of(point.discussion)), actor=actor,
                  words=said)
    Point.objects.filter(pk=point.pk).update(answer=said[:rule.LONGEST_ANSWER], answered_at=clock.now(), fact=fact)


def _of(discussion: Discussion) -> dict[str, str]:
    return {"subject": discussion.subject, "unit": discussion.path, "line": discussion.line}
