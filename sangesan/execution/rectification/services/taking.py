"""Findings from the system that holds them (外来问题): each becomes an order of ours, once, and follows its state.

What that system corrects is corrected here; where it closed a problem it is closed here, verified by the
source. A date already ordered is moved only by asking, as every date is (改期), and never by a machine.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.services import complete, reword, take_back
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method import masking
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import (
    SYSTEM,
    FindingCorrected,
    InspectionMade,
    RectificationReturned,
    RectificationVerified,
)
from sangesan.method.rectification import catch_up
from sangesan.organization.people.models import Person
from sangesan.organization.people.queries import known_names
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from ..models import Delivery, External, Finding, Inspection, Verdict
from ..queries.access import findings, in_turn, places, state_of, with_state
from ..words import SHIFTS
from .inspecting import BACK, HAZARD, RECTIFY, order
from .said import SOURCE, words

MOST, KEPT = 100, timedelta(days=7)
_NUMBER = re.compile(r"[\x21-\x7e]{1,80}")
STATES = ("open", "done", "closed")


@dataclass(frozen=True)
class Problem:
    """A problem as its system tells it (一条外来问题); `day` when it was found, `due` by when it is put right."""

    number: str
    kind: str
    unit: str
    day: date
    text: str
    measure: str = ""
    due: date | None = None
    place: str = ""
    shift: str = ""
    state: str = "open"


@transaction.atomic
def deliver(*, scope: Scope, source: str, key: str, problems: Sequence[Problem]) -> tuple[dict, bool]:
    """Take a machine's delivery (接收送达) once: what it is told, and whether it is new.

    The same key with the same body is told the same again; with another body it is refused. Of two at
    once by the same machine, the second waits and finds what the first left.
    """
    now = clock.now()
    Person.objects.select_for_update(no_key=True).filter(pk=scope.person).first()
    said = json.dumps([source, *map(asdict, problems)], default=str, sort_keys=True)
    mark = hashlib.sha256(f"{scope.person}/{key}".encode()).hexdigest()
    body = hashlib.sha256(said.encode()).hexdigest()
    before = Delivery.objects.filter(key=mark, at__gte=now - KEPT).first()
    if before is not None and before.body != body:
        raise Conflict(_("没有受理"), why=_("同一个提交口令送过别的内容"), next=_("请换一个口令"), code="key")
    if before is not None:
        return before.told, False
    told = take_findings(scope=scope, source=source, problems=problems)
    Delivery.objects.filter(at__lt=now - KEPT).delete()
    Delivery.objects.create(key=mark, body=body, told=told, at=now)
    return told, True


@transaction.atomic
def take_findings(
    *, scope: Scope, source: str, problems: Sequence[Problem], most: int = MOST
) -> dict[str, int]:
    """Take in problems by their own numbers (接收外来问题); all or nothing. The same again changes nothing.

    `past` were closed before they came here first: nothing is left to order.
    """
    if not scope.can(Action.CHECK_WORK):
        raise Forbidden(_("没有受理"), why=_("您的岗位不做督察"))
    if not SOURCE.fullmatch(source):
        raise _wrong(_("来源系统须是小写字母、数字和短横"), "source")
    if not 1 <= len(problems) <= most:
        raise _wrong(_("一次送 1 到 %d 条") % most, "items")
    codes = [p.unit for p in problems if p.unit.isprintable()]
    units = {unit.code: unit for unit in in_turn(places(scope).filter(code__in=codes))}
    names = masking.Names(known_names())
    told, seen = {"new": 0, "changed": 0, "same": 0, "past": 0}, set()
    for place, problem in enumerate(problems):
        try:
            _check(problem, units, seen)
            told[_take(scope, source, problem, units, names)] += 1
        except IntegrityError:
            raise Conflict(_("没有受理"), why=_("同样的问题正在受理"), next=_("请稍后再送一次"), code="busy") from None
        except UserError as fault:
            raise UserError(_("没有受理"), why=_("第 %(n)d 条：%(why)s") % {"n": place + 1, "why": fault.why},
                            next=fault.next or _("改好再送，有错的时候一条也不收"), status=fault.status,
                            code=f"items.{place}.{fault.code}") from fault
        seen.add(problem.number)
    return told


def _check(problem: Problem, units: dict[str, Unit], seen: set[str]) -> None:
    today = clock.today()
    if not _NUMBER.fullmatch(problem.number):
        raise _wrong(_("编号须是 1 到 80 个字母、数字或符号"), "id")
    if problem.number in seen:
        raise _wrong(_("编号和前面的重复"), "id")
    if problem.kind not in External.Kind.values:
        raise _wrong(_("类别只能是 hazard 或 violation"), "kind")
    if problem.state not in STATES:
        raise _wrong(_("状态只能是 open、done 或 closed"), "state")
    if problem.unit not in units:
        raise _wrong(_("没有这个单位，或它不在您的检查范围"), "unit")
    if not today - BACK <= problem.day <= today:
        raise _wrong(_("检查日期须在最近 31 天以内，不在今天之后"), "day")
    if problem.shift not in SHIFTS:
        raise _wrong(_("没有这个班次"), "shift")
    if problem.due is not None and not problem.day <= problem.due <= today + timedelta(days=366):
        raise _wrong(_("整改期限须在检查之后、一年以内"), "due")


def _take(scope: Scope, source: str, said: Problem, units: dict[str, Unit], names: masking.Names) -> str:
    """Take in one problem (接收一条); returns new, changed, same or past."""
    text = masking.mask(words(said.text, what=_("问题"), longest=500, needed=True, code="text"), names)[:500]
    measure = masking.mask(words(said.measure, what=_("整改要求"), longest=300, code="measure"), names)[:300]
    there = External.objects.filter(source=source, number=said.number).first()
    if there is None and said.state == "closed":
        return "past"
    if there is None:
        mark = hashlib.sha256(f"{source}/{said.number}".encode()).hexdigest()
        made = order(scope=scope, inspection=_inspection(scope, source, said, units[said.unit]), key=mark, text=text,
                     measure=measure, unit=units[said.unit], due=said.due,
                     kind=HAZARD if said.kind == External.Kind.HAZARD else RECTIFY)
        at = masking.mask(words(said.place, what=_("地点"), longest=60, code="place"), names)[:60]
        External.objects.create(finding=made, source=source, number=said.number, kind=said.kind, place=at)
        _follow(scope, made.pk, said.state)
        return "new"
    found = findings(scope).filter(pk=there.finding_id).first()
    if found is None or found.unit_id != units[said.unit].pk:
        raise _wrong(_("这个编号已经下达给别的单位"), "unit")
    if said.due is not None and said.due != clock.local(found.duty.due).date():
        raise Conflict(_("没有受理"), why=_("整改期限已经下达，改期要整改单位申请、另一个人同意"), code="due",
                       next=_("请在“督察整改”里改期，再按新的期限送"))
    corrected = _correct(scope, found, text, measure)
    return "changed" if _follow(scope, found.pk, said.state) or corrected else "same"


def _inspection(scope: Scope, source: str, said: Problem, unit: Unit) -> Inspection:
    """Return the inspection a problem was found in (检查): one for each source, unit, day and shift."""
    mark = hashlib.sha256(f"{source}/{unit.pk}/{said.day}/{said.shift}".encode()).hexdigest()
    made, new = Inspection.objects.get_or_create(key=mark, defaults={
        "form": Inspection.Form.SOURCE.value, "day": said.day, "shift": said.shift, "unit": unit,
        "entered_at": clock.now(), "post": scope.posts[0].code, "person": scope.person,
        "path": path_of(unit.pk, said.day)})
    if new:
        at = min(datetime.combine(said.day, time(12), clock.LOCAL), clock.now())
        record(InspectionMade(subject=made.subject, unit=made.path, occurred_at=at, form=made.form, quantity=1),
               actor=scope.actor)
    return made


def _correct(scope: Scope, found: Finding, text: str, measure: str) -> bool:
    """Say a problem in the corrected words of its system (更正)."""
    if (found.text, found.measure) == (text, measure):
        return False
    Finding.objects.filter(pk=found.pk).update(text=text, measure=measure)
    reword(duty=found.duty, title=text.replace("\n", " "), note=measure)
    record(FindingCorrected(subject=found.subject, unit=found.path, occurred_at=clock.now()), actor=scope.actor,
           words=f"{text}\n{measure}".strip())
    return True


def _follow(scope: Scope, pk: int, wanted: str) -> bool:
    """Bring a finding to the state its system tells (跟上状态); returns whether anything changed."""
    found = with_state(findings(scope)).get(pk=pk)
    steps = catch_up(state_of(found), wanted)
    if steps is None:
        raise Conflict(_("没有受理"), why=_("这个问题已经销号"), next=_("又出现的，请用新的编号送"), code="state")
    for step in steps:
        {"done": _done, "pass": _pass, "return": _return}[step](scope, found)
    return bool(steps)


def _done(scope: Scope, found: Finding) -> None:
    complete(duty=found.duty, actor=SYSTEM)


def _pass(scope: Scope, found: Finding) -> None:
    fact = record(RectificationVerified(subject=found.subject, unit=found.path, occurred_at=clock.now(), by="source"),
                  actor=scope.actor)
    Verdict.objects.create(finding=found, passed=True, at=clock.now(), person=scope.person, post=scope.posts[0].code,
                           fact=fact)


def _return(scope: Scope, found: Finding) -> None:
    fact = record(RectificationReturned(subject=found.subject, unit=found.path, occurred_at=clock.now()),
                  actor=scope.actor)
    take_back(duty=found.duty, actor=scope.actor, reason="not_verified", within=None, person=scope.person)
    Verdict.objects.create(finding=found, passed=False, at=clock.now(), person=scope.person, post=scope.posts[0].code,
                           words=_("安全系统里又改为未整改"), fact=fact)


def _wrong(why: str, code: str) -> UserError:
    return UserError(_("没有受理"), why=why, next=_("请对照接口说明 /api/v1/openapi.json 修改"), code=code, status=422)
