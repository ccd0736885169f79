"""Inspecting (检查、走动): somebody other than the doer looks; what is wrong becomes an order to put it right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.queries import mine, settled
from sangesan.execution.duties.services import assign, complete
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import FindingMade, InspectionMade, RectificationOrdered
from sangesan.organization.units.models import Line, Unit
from sangesan.organization.units.queries import path_of

from ..models import Checklist, Finding, Inspection, Item, Photo
from ..queries.access import inspection_for, places
from ..words import FORMS, SHIFTS
from .photos import developed, kept
from .said import digest, new, refused, words

RECTIFY, HAZARD, BACK, DAYS = "rectify", "hazard", timedelta(days=31), 3
KINDS = (RECTIFY, HAZARD)
"""Kinds of what is ordered (整改类别): hazards of the safety system count by themselves."""


@transaction.atomic
def inspect(*, scope: Scope, key: str, form: str, day: date, unit: str, shift: str = "", place: str = "",
            checklist: int = 0, seen: str = "") -> Inspection:
    """Record an inspection or a walk-round (登记检查) and return it; nothing found is a whole record."""
    mark, today = digest(scope, key, "inspection"), clock.today()
    before = Inspection.objects.filter(key=mark).first()
    if before is not None:
        return before
    found = _unit(scope, unit)
    if any(post.head and post.unit == found.pk for post in scope.posts):
        raise refused(_("这是您自己负责的单位"), _("督察由别人来做；自己发现的问题直接安排整改"), "unit")
    if day > today:
        raise refused(_("检查日期在今天之后"), _("请核对日期"), "day")
    if today - day > BACK or (day.year < today.year and today.timetuple().tm_yday > 5):
        raise refused(_("检查日期太早，补登不超过 31 天，也不补登去年的"), _("请核对日期"), "day")
    if form not in FORMS or shift not in SHIFTS:
        raise refused(_("没有这样的选项"), _("请从列表里选择"), "form")
    chosen = Checklist.objects.filter(pk=min(checklist, 2**62), until=None).first() if checklist else None
    if checklist and (chosen is None or chosen.kind != found.kind):
        raise refused(_("这张检查表不是给这个单位用的"), _("请另选一张，或不选"), "checklist")
    made = Inspection(
        form=form, day=day, shift=shift, unit=found, place=words(place, what=_("地点"), longest=60, code="place"),
        checklist=chosen, seen=words(seen, what=_("看到的情况"), longest=500, code="seen"), entered_at=clock.now(),
        post=_post(scope), person=scope.person, path=path_of(found.pk, day), key=mark)
    if not new(made):
        return Inspection.objects.get(key=mark)
    at = clock.now() if day == today else datetime.combine(day, time(12), clock.LOCAL)
    record(InspectionMade(subject=made.subject, unit=made.path, occurred_at=at, form=form,
                          checklist=chosen.pk if chosen else 0,
                          quantity=chosen.items.count() if chosen else 1), actor=scope.actor, words=made.seen)
    _answer_routine(scope, at)
    return made


def _answer_routine(scope: Scope, at: datetime) -> None:
    """Settle the walk-round that is due of this person (办结走动), so that nobody enters it twice."""
    rows = mine(scope).filter(origin__kind="walk_round", opens__lte=at, closes__gte=clock.now()).exclude(settled())
    duty = rows.select_related("origin").order_by("due").first()
    if duty is not None:
        complete(duty=duty, actor=scope.actor, at=at, person=scope.person)


@transaction.atomic
def find(*, scope: Scope, inspection: int, key: str, text: str, unit: str = "", due: date | None = None,
         item: int = 0, measure: str = "", photos: Sequence[bytes] = ()) -> Finding:
    """Write down a problem and order its rectification (登记问题、下达整改); it is a duty of the unit's head."""
    at = inspection_for(scope, inspection)
    if at.person != scope.person:
        raise Forbidden(_("没有登记"), why=_("问题由检查的人登记"))
    mark = digest(scope, key, "finding", at.pk)
    before = Finding.objects.filter(key=mark).first()
    if before is not None:
        return before
    chosen = at.checklist.items.filter(number=item).first() if item and at.checklist else None
    if item and chosen is None:
        raise refused(_("检查表里没有这一项"), _("请从列表里选择"), "item")
    home = _unit(scope, unit) if unit else at.unit
    return order(scope=scope, inspection=at, key=mark, text=text, unit=home, due=due, item=chosen, measure=measure,
                 photos=photos)


@transaction.atomic
def order(*, scope: Scope, inspection: Inspection, key: str, text: str, unit: Unit, due: date | None = None,
          item: Item | None = None, measure: str = "", photos: Sequence[bytes] = (), kind: str = RECTIFY) -> Finding:
    """Keep a problem and order its rectification (下达整改): a duty of the unit's head; `key` tells it apart."""
    today, pictures = clock.today(), developed(photos)
    day = due or today + timedelta(days=DAYS)
    made = Finding(
        inspection=inspection, item=item, unit=unit, path=path_of(unit.pk, today), entered_at=clock.now(), key=key,
        text=words(text, what=_("问题"), longest=500, needed=True, code="text"),
        measure=words(measure, what=_("整改要求"), longest=300, code="measure"))
    if not new(made):
        return Finding.objects.get(key=key)
    made.duty = assign(
        kind=kind, subject=made.subject, code="1", title=made.text.replace("\n", " ")[:120], unit=unit,
        line=Line.ADMINISTRATION.value, due=datetime.combine(day, time(18), clock.LOCAL), actor=scope.actor,
        note=made.measure)
    made.save(update_fields=["duty"])
    record(FindingMade(subject=made.subject, unit=made.path, occurred_at=clock.now(), inspection=inspection.pk),
           actor=scope.actor, words=f"{made.text}\n{kept(made, Photo.Of.FOUND.value, pictures)}".strip())
    record(RectificationOrdered(subject=made.subject, unit=made.path, occurred_at=clock.now(),
                                due_day=day.isoformat()), actor=scope.actor, words=made.measure)
    return made


def _unit(scope: Scope, code: str) -> Unit:
    found = places(scope).filter(code=code).first() if code.isprintable() else None
    if found is None:
        raise refused(_("没有这个单位，或它不在您的检查范围"), _("请从列表里选择"), "unit")
    return found


def _post(scope: Scope) -> str:
    return scope.posts[0].code if scope.posts else ""
