"""Triage (来件分办): grade, say whom it is about, dispatch, decline, hand over."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.audit.services import note as audit
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterDeclined, MatterDispatched
from sangesan.method.supervision import weighed
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import holders
from sangesan.organization.units.models import Coverage
from sangesan.organization.units.queries import lineage, on, path_of

from ..models import Assignment, Concern, Matter
from ..queries.designations import LEADING
from ..signals import accused
from ..words import ACCUSATION
from . import clocks, terms
from .accepting import accept
from .describing import describe
from .grading import chosen, graded
from .linking import repeats
from .recusing import heed, heed_again, require_independent, shut, take_away
from .steps import claim, in_hand, place, reasoned, say, take, unit_open, words
from .supervising import drop_proposal
from .wages import require_labour

UNMARKED = ("typed_wrong", "not_about")
"""Why a tick is taken back (撤销原因): the wrong unit or person, or the words turned out to be about others."""
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
def concern(*, scope: Scope, number: str, posts: Iterable[str] = (), units: Iterable[int] = (),
            people: Iterable[int] = ()) -> Matter:
    """Say whom a matter is about (涉及对象); they stop seeing it, and all that was joined to it, at once.

    A unit stands for the posts of its heads and of those of the branches that cover it; a post's present holders stay
    excluded afterwards. Of the mine's leaders the holder alone is shut out, not who is under the post: that is the
    whole mine. `people` are shut out themselves.
    Where nobody unconcerned has it in hand, it comes back to triage for a ruling.
    """
    matter, _step = take(scope, number, "concern")
    day, asked = clock.today(), [unit_open(u) for u in units]
    if any(unit.kind in LEADING for unit in asked):
        raise UserError(_("没有标明"), why=_("标明全矿，就没有单位能办这件事了"),
                        next=_("反映矿领导的，请勾选人；反映某个单位的，请写那个单位"), code="unit")
    units = [unit.pk for unit in asked]
    found = {p.pk: p for p in Post.objects.filter(code__in=list(posts)).select_related("unit")}
    led = [*units, *on(Coverage.objects.filter(unit__in=units), day).values_list("branch", flat=True)]
    found |= {p.pk: p for p in Post.objects.filter(unit__in=led, head=True, until=None).select_related("unit")}
    meant = {*people, *(person for pk in found for person in holders(pk, day))}
    near = [p.code for p in found.values() if p.unit.kind not in LEADING]
    rows = [{"unit_id": u} for u in units] + [{"post": code} for code in near]
    shut(matter, rows + [{"person": person} for person in sorted(meant)])
    claim(matter, None, scope=scope, action="concern")
    take_away(matter, scope)
    return matter


@transaction.atomic
def unmark(*, scope: Scope, number: str, why: str) -> Matter:
    """Take back what was said of whom a matter is about (撤销标明), for it was said in error; on record.

    Whom its words name, or the speaker by a tick, stays shut out as before. What was taken out of their hands is
    handed over anew by a ruling.
    """
    matter, _step = take(scope, number, "unmark")
    if why not in UNMARKED:
        raise UserError(_("没有撤销"), why=_("没有选择原因"), next=_("请选择原因"))
    said = Concern.objects.filter(matter__in=[matter, *matter.joined.all()], mentioned=False)
    said.filter(by_words=True).update(mentioned=True)
    wrong = said.filter(by_words=False)
    people, posts = set(wrong.values_list("person", flat=True)) - {0}, set(wrong.values_list("post", flat=True)) - {""}
    wrong.delete()
    heed_again(matter, people, posts)
    claim(matter, None, scope=scope, action="unmark")
    audit("matter.unmarked", scope=scope, subject=matter.subject, detail={"reason": why})
    return matter


@transaction.atomic
def dispatch(*, scope: Scope, number: str, lead: int, supporting: Iterable[int] = (), remark: str = "",
             only_mentioned: bool = False) -> Matter:
    """Dispatch a matter (派单) to the unit in charge and those who help; the promised clocks start."""
    matter, step = take(scope, number, "dispatch")
    start(matter, step, scope=scope, lead=lead, supporting=supporting, only_mentioned=only_mentioned)
    if remark:
        say(matter, "remark", reasoned(remark), scope=scope)
    return matter


@transaction.atomic
def judge(*, scope: Scope, number: str, urgency: int, importance: int, category: str = "", lead: int | None = None,
          supporting: Iterable[int] = (), remark: str = "", only_mentioned: bool = False) -> Matter:
    """Grade and dispatch in one go (定级并派单); without a unit in charge it is graded only."""
    if category:
        describe(scope=scope, number=number, category=category)
    matter = grade(scope=scope, number=number, urgency=urgency, importance=importance)
    if not lead:
        return matter
    return dispatch(scope=scope, number=number, lead=lead, supporting=supporting, remark=remark,
                    only_mentioned=only_mentioned)


def start(matter: Matter, step, *, scope: Scope, lead: int, supporting: Iterable[int] = (),
          only_mentioned: bool = False, **changes) -> None:
    """Hand a matter to a unit (交办): reach, assignments, clocks from now, the fact.

    Whom its words name is shut out, unless triage says that they are only mentioned in it. Whoever had it before
    signed for themselves and planned with their own people: both are owed anew, the speaker's first answer is not.
    """
    now, day = clock.now(), clock.today()
    helping = {u: unit_open(u) for u in supporting if u != lead}
    unit, helpers = unit_open(lead), sorted(helping)
    heed(matter, only_mentioned=only_mentioned, units=[lead, *helpers])
    require_independent(matter, [lead, *helpers])
    require_labour(matter, [lead, *helpers])
    before, path = clocks.snapshot(matter), lineage(lead, day)
    changes |= accept(matter, scope.person)
    running = clocks.run(matter, now)
    claim(matter, step.target, scope=scope, action=step.action, lead_id=unit.pk, lead_path=path_of(lead, day),
          dispatched_at=now, signed_in_at=None, planned_at=None, **running, **changes)
    matter.assignments.filter(until=None).update(until=now)
    Assignment.objects.bulk_create([
        Assignment(matter=matter, unit_id=u, leads=u == lead, since=now, by=scope.person) for u in (lead, *helpers)
    ])
    arose = lineage(matter.unit_id, day)
    place(matter, [(arose, False), (path, True), *((lineage(u, day), False) for u in helpers)],
          in_hand([unit, *helping.values()], day))
    for one in matter.joined.all():
        follow(one, matter)
    clocks.keep(matter, before, "dispatched", scope.person)
    record(MatterDispatched(subject=matter.subject, unit=matter.path, occurred_at=now, grade=matter.grade,
                            due_day=f"{clock.local(matter.due_at).date():%F}" if matter.due_at else ""),
           actor=scope.actor)


def follow(joined: Matter, other: Matter) -> None:
    """Let whoever handles a matter read what was joined to it (并案同阅); whom it is about stays shut out.

    A line that only sent the other on does not.
    """
    hands = [row.unit for row in other.assignments.filter(until=None).select_related("unit")]
    place(joined, [(list(other.reaches.values_list("unit_id", flat=True)), False)], in_hand(hands, clock.today()))


def about(matter: Matter) -> set[tuple[str, int]]:
    """Return whom somebody said that a matter is about (涉及对象), not whom the words alone name."""
    return set(matter.concerns.filter(mentioned=False).values_list("post", "person"))


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
    drop_proposal(matter, scope=scope)
    say(matter, "told", _("您反映的内容属于检举控告，已转交纪检监察部门，由他们办理和答复。"), scope=scope)
    terms.meet(matter, "over", by=scope.person)
    audit("matter.accused", scope=scope, subject=matter.subject)
    accused.send(Matter, matters=family)
    return matter
