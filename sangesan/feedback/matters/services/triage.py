"""Triage (来件分办): grade, say whom it is about, dispatch, join duplicates, decline, hand over."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.audit.services import note as audit
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterDeclined, MatterDispatched, MatterMerged, MatterReturned
from sangesan.method.grading import lighter
from sangesan.method.lifecycle import OPEN, State, find
from sangesan.method.supervision import weighed
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import holders
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import lineage, path_of, subtree

from .. import queries
from ..models import Assignment, Concern, Matter
from ..queries.access import situation
from ..signals import accused
from ..words import ACCUSATION, CATEGORIES, KINDS
from . import clocks, terms
from .accepting import accept
from .grading import chosen, graded
from .linking import repeats
from .steps import arisen, claim, place, reasoned, say, take, words
from .wages import require_labour

DECLINE_REASONS = ("elsewhere", "not_ours", "concluded", "unclear")


@transaction.atomic
def grade(*, scope: Scope, number: str, urgency: int, importance: int, raised: str = "") -> Matter:
    """Grade a matter (定级) by urgency × importance; `raised` may make it graver, never lighter."""
    matter, step = take(scope, number, "grade")
    importance = weighed(importance, repeats(matter))
    new = chosen(urgency, importance, raised, danger=matter.danger)
    claim(matter, step.target, scope=scope, action="grade", grade=new, urgency=urgency, importance=importance,
          table=tables.in_force().version)
    graded(matter, "", scope.actor)
    return matter


@transaction.atomic
def describe(*, scope: Scope, number: str, title: str = "", category: str = "", kind: str = "",
             unit: int | None = None, place_name: str = "", affected: int = 0) -> Matter:
    """Correct the registration (更正登记): title, category, kind, place; the words stay as spoken."""
    matter, _step = take(scope, number, "describe")
    changes = {
        "title": words(title, what=_("标题"), longest=80, needed=False) or matter.title,
        "category": category if category in CATEGORIES else matter.category,
        "kind": kind if kind in KINDS and kind != ACCUSATION else matter.kind,
        "place": words(place_name, what=_("地点"), longest=80, needed=False) or matter.place,
        "affected": min(max(affected, 0), 100_000) or matter.affected,
    }
    if unit and unit != matter.unit_id:
        changes |= {"unit_id": _unit(unit).pk, "unit_path": path_of(unit, clock.today())}
    claim(matter, None, scope=scope, action="describe", **changes)
    if "unit_id" in changes:
        place(matter, [(arisen(matter), False)])
    return matter


@transaction.atomic
def concern(*, scope: Scope, number: str, posts: Iterable[str] = (), units: Iterable[int] = ()) -> Matter:
    """Say whom a matter is about (涉及对象); they stop seeing it, and all that was joined to it, at once.

    A unit stands for the posts of its heads; a post's present holders stay excluded afterwards.
    Where nobody unconcerned has it in hand, it comes back to triage for a ruling.
    """
    matter, _step = take(scope, number, "concern")
    day, units = clock.today(), [_unit(u).pk for u in units]
    found = {p.pk: p for p in Post.objects.filter(code__in=list(posts))}
    found |= {p.pk: p for p in Post.objects.filter(unit__in=units, head=True, until=None)}
    people = {person for pk in found for person in holders(pk, day)}
    rows = [{"unit_id": u} for u in units] + [{"post": p.code} for p in found.values()]
    _shut(matter, rows + [{"person": person} for person in sorted(people)])
    claim(matter, None, scope=scope, action="concern")
    _take_away(matter, scope)
    return matter


def _shut(matter: Matter, rows: Iterable[dict]) -> None:
    """Write whom a matter, and all that was joined to it, is about (登记涉及对象)."""
    family, rows = [matter, *matter.joined.all()], list(rows)
    Concern.objects.bulk_create([Concern(matter=m, **row) for m in family for row in rows], ignore_conflicts=True)
    for one in family:
        one.__dict__.pop("_concerns", None)
        one.__dict__.pop("_reaches", None)


def _take_away(matter: Matter, scope: Scope) -> None:
    """Take a matter back (回避收回) from units that it turned out to be about."""
    step = find("recuse", situation(matter))
    if step is None or independent(matter, in_hand(matter)):
        return
    claim(matter, step.target, scope=scope, action="recuse")
    record(MatterReturned(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), quantity=matter.returns,
                          reason="recused"), actor=scope.actor)


@transaction.atomic
def dispatch(*, scope: Scope, number: str, lead: int, supporting: Iterable[int] = (), remark: str = "") -> Matter:
    """Dispatch a matter (派单) to the unit in charge and those who help; the promised clocks start."""
    matter, step = take(scope, number, "dispatch")
    start(matter, step, scope=scope, lead=lead, supporting=supporting)
    if remark:
        say(matter, "remark", reasoned(remark), scope=scope)
    return matter


@transaction.atomic
def judge(*, scope: Scope, number: str, urgency: int, importance: int, category: str = "", lead: int | None = None,
          supporting: Iterable[int] = (), remark: str = "") -> Matter:
    """Grade and dispatch in one go (定级并派单); without a unit in charge it is graded only."""
    if category:
        describe(scope=scope, number=number, category=category)
    matter = grade(scope=scope, number=number, urgency=urgency, importance=importance)
    return dispatch(scope=scope, number=number, lead=lead, supporting=supporting, remark=remark) if lead else matter


def start(matter: Matter, step, *, scope: Scope, lead: int, supporting: Iterable[int] = (), **changes) -> None:
    """Hand a matter to a unit (交办): reach, assignments, clocks from now, the fact."""
    now, day = clock.now(), clock.today()
    helpers = sorted({_unit(u).pk for u in supporting} - {lead})
    unit = _unit(lead)
    require_independent(matter, [lead, *helpers])
    require_labour(matter, [lead, *helpers])
    before, path = clocks.snapshot(matter), lineage(lead, day)
    changes |= accept(matter, scope.person)
    running = clocks.run(matter, now)
    claim(matter, step.target, scope=scope, action=step.action, lead_id=unit.pk, lead_path=path_of(lead, day),
          dispatched_at=now, signed_in_at=None, **running, **changes)
    matter.assignments.filter(until=None).update(until=now)
    Assignment.objects.bulk_create([
        Assignment(matter=matter, unit_id=u, leads=u == lead, since=now, by=scope.person) for u in (lead, *helpers)
    ])
    arose = lineage(matter.unit_id, day)
    place(matter, [(arose, False), (path, True), *((lineage(u, day), False) for u in helpers)])
    for one in matter.joined.all():
        follow(one, matter)
    clocks.keep(matter, before, "dispatched", scope.person)
    record(MatterDispatched(subject=matter.subject, unit=matter.path, occurred_at=now, grade=matter.grade,
                            due_day=f"{clock.local(matter.due_at).date():%F}" if matter.due_at else ""),
           actor=scope.actor)


def in_hand(matter: Matter) -> list[int]:
    """Return the units that have a matter in hand (在办单位), in the lead or in support."""
    return list(matter.assignments.filter(until=None).values_list("unit_id", flat=True))


def independent(matter: Matter, units: Iterable[int]) -> bool:
    """Return whether one of the units is none of those a matter is about (有无无关单位)."""
    about = set(matter.concerns.filter(unit__isnull=False).values_list("unit_id", flat=True))
    codes = list(matter.concerns.exclude(post="").values_list("post", flat=True))
    about |= set(Post.objects.filter(code__in=codes, head=True).values_list("unit_id", flat=True))
    shut = {below for unit in about for below in subtree(unit, clock.today())}
    return not about or any(unit not in shut for unit in units)


def require_independent(matter: Matter, units: Iterable[int]) -> None:
    """Refuse to route a matter to those it is about, alone (回避)."""
    if not independent(matter, units):
        raise UserError(_("没有派单"), why=_("事项反映的就是这个单位或它的负责人，不能只交给它办理"),
                        next=_("请派给上一级或无关单位，或加一个无关的协办单位"), code="conflict_of_interest")


def _unit(pk: int) -> Unit:
    found = Unit.objects.filter(pk=pk, closed=None).first()
    if found is None:
        raise UserError(_("没有办成"), why=_("没有这个单位，或它已撤销"), next=_("请从列表里重新选择"), code="unit")
    return found


@transaction.atomic
def merge(*, scope: Scope, number: str, into: str) -> Matter:
    """Join a duplicate (并案) to another matter: its speakers get the other's answer.

    Whom the other is about is shut out from both.
    """
    matter, step = take(scope, number, "merge")
    other = queries.matter_for(scope, into.strip().upper())
    if other.pk == matter.pk or other.parent_id or other.sealed or State(other.state) not in OPEN:
        raise Conflict(_("没有并案"), why=_("%s 不能作为并入的事项") % other.number, next=_("请另选一件在办的事项"))
    if about(matter) - about(other):
        raise Conflict(_("没有并案"), why=_("这件反映了具体单位或岗位，%s 没有") % other.number,
                       next=_("请分开办理，免得被反映的人答复它"))
    if matter.grade and (not other.grade or lighter(other.grade, matter.grade)):
        raise Conflict(_("没有并案"), why=_("这件是 %(grade)s 级，%(number)s 的等级更低或还没有定级")
                       % {"grade": matter.grade, "number": other.number}, next=_("请先把那一件定到同样的等级"))
    claim(matter, step.target, scope=scope, action="merge", parent_id=other.pk)
    matter.joined.update(parent=other)
    if other.dispatched_at:
        follow(matter, other)
    terms.meet(matter, "over", by=scope.person)
    _shut(other, other.concerns.values("post", "person", "unit_id"))
    record(MatterMerged(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), into=other.subject),
           actor=scope.actor)
    return matter


def follow(joined: Matter, other: Matter) -> None:
    """Let whoever handles a matter read what was joined to it (并案同阅); whom it is about stays shut out."""
    place(joined, [(list(other.reaches.values_list("unit_id", flat=True)), False)])


def about(matter: Matter) -> set[tuple[str, int]]:
    """Return whom a matter is about (涉及对象)."""
    return set(matter.concerns.values_list("post", "person"))


@transaction.atomic
def decline(*, scope: Scope, number: str, reason: str, told: str) -> Matter:
    """Decline a matter (不予受理) and tell the speaker where to go; a word is owed."""
    matter, step = take(scope, number, "decline")
    told = words(told, what=_("告知去向"), longest=400)
    if reason not in DECLINE_REASONS:
        raise UserError(_("没有办成"), why=_("没有选择不予受理的原因"), next=_("请选择原因"))
    claim(matter, step.target, scope=scope, action="decline", told=told)
    say(matter, "told", told, scope=scope)
    terms.meet(matter, "over", by=scope.person)
    record(MatterDeclined(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason=reason),
           actor=scope.actor)
    return matter


@transaction.atomic
def accuse(*, scope: Scope, number: str) -> Matter:
    """Hand an accusation over (转纪检): with all that was joined to it, it goes into the sealed room.

    Until that room is founded it waits here, for the inspectors' eyes only.
    """
    matter, step = take(scope, number, "accuse")
    family = [*matter.joined.all(), matter]
    for one in family:
        Matter.objects.filter(pk=one.pk).update(kind=ACCUSATION)
        one.kind = ACCUSATION
        place(one, [(lineage(one.unit_id, clock.today()), False)])
    claim(matter, step.target, scope=scope, action="accuse", kind=ACCUSATION, grade="", table="",
          provisional=False, danger=False)
    say(matter, "told", _("您反映的内容属于检举控告，已转交纪检监察部门，由他们办理和答复。"), scope=scope)
    terms.meet(matter, "over", by=scope.person)
    audit("matter.accused", scope=scope, subject=matter.subject)
    accused.send(Matter, matters=family)
    return matter
