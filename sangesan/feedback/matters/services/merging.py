"""Joining duplicates (并案): two rows held in one order, and nothing promised is forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.deadlines import end_of_work
from sangesan.method.facts import MatterMerged
from sangesan.method.grading import lighter
from sangesan.method.lifecycle import OPEN, State
from sangesan.method.terms import OFFICE, TELLING
from sangesan.organization.documents.queries import documents_of
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Kind, Unit

from .. import queries
from ..models import Concern, Matter
from ..queries.ordering import TO_SPEAKER
from . import clocks, terms
from .grading import apply, graded, risen
from .linking import weigh
from .pausing import open_pause
from .recusing import shut
from .steps import claim, hold, take
from .supervising import drop_proposal
from .triage import about, follow


@transaction.atomic
def merge(*, scope: Scope, number: str, into: str) -> Matter:
    """Join a duplicate (并案) to another matter: its speakers get the other's answer.

    Whom the other is about is shut out from both, and so is whom the words alone name. The other bears the graver
    grade and the nearer dates of the two from then on. What a leader has in hand ends in no other.
    """
    into = into.strip().upper()
    _in_turn()
    hold(number, into)
    matter, step = take(scope, number, "merge")
    other = queries.matter_for(scope, into, hold=True)
    if other.pk == matter.pk or other.parent_id or other.sealed or State(other.state) not in OPEN:
        raise Conflict(_("没有并案"), why=_("%s 不能作为并入的事项") % other.number, next=_("请另选一件在办的事项"))
    if matter.supervisions.filter(state="open").exists() or matter.cases.filter(signed_at=None).exists():
        raise Conflict(_("没有并案"), why=_("这件正在督办，或者有领导包案"),
                       next=_("请把那一件并到这一件；那一件也有的，先办完其中一件"))
    if about(matter) - about(other):
        raise Conflict(_("没有并案"), why=_("这件反映了具体单位或岗位，%s 没有") % other.number,
                       next=_("请分开办理，免得被反映的人答复它"))
    if other.dispatched_at and _named_read(matter, other):
        raise Conflict(_("没有并案"), why=_("这件的话里提到的人看得到 %s") % other.number,
                       next=_("请单独派单；只是提到他的，派单时勾选“只是提到”"))
    if matter.grade and not other.grade:
        raise Conflict(_("没有并案"), why=_("这件是 %(grade)s 级，%(number)s 还没有定级")
                       % {"grade": matter.grade, "number": other.number}, next=_("请先给那一件定级"))
    if matter.dispatched_at and not other.dispatched_at:
        raise Conflict(_("没有并案"), why=_("这件已经派单，%s 还没有") % other.number,
                       next=_("请把那一件并到这一件，或者先派那一件"))
    claim(matter, step.target, scope=scope, action="merge", parent_id=other.pk)
    drop_proposal(matter, scope=scope)
    family = [matter, *matter.joined.all()]
    matter.joined.update(parent=other)
    if other.dispatched_at:
        for one in family:
            follow(one, other)
    _carry_law(matter, other, scope)
    _carry_notice(matter, other, scope)
    terms.meet(matter, "over", by=scope.person)
    _hand_answer(family, other, scope)
    named = Concern.objects.filter(matter__in=[matter, other], by_words=True).values("post", "person", "unit_id")
    shut(other, list(named), by_words=True)
    shut(other, other.concerns.filter(mentioned=False).values("post", "person", "unit_id"))
    _carry_grade(matter, other, scope)
    _carry_clocks(matter, other, scope)
    weigh(other, scope)
    record(MatterMerged(subject=matter.subject, unit=matter.path, occurred_at=clock.now(), into=other.subject),
           actor=scope.actor)
    return matter


def _in_turn() -> None:
    """Let whoever joins wait for whoever joins already (依次并案).

    What was joined to a matter goes along with it, so three who join three matters in a ring would wait in a circle.
    """
    rows = Unit.objects.select_for_update(no_key=True).filter(kind__in=(Kind.MINE, Kind.GROUP))
    list(rows.order_by("pk").values_list("pk")[:1])


def _named_read(matter: Matter, other: Matter) -> bool:
    """Return whether somebody named in the words of one reads the other (提到的人是否在看)."""
    day = clock.today()
    return any(queries.visible(scope_of(person, day)).filter(pk=other.pk).exists()
               for person in {row.person_id for row in queries.mentioned(matter)})


def _carry_grade(matter: Matter, other: Matter, scope: Scope) -> None:
    """Give the other the graver grade (从重定级) of the two."""
    if lighter(other.grade, matter.grade):
        was = other.grade
        apply(other, matter.grade, matter.urgency, matter.importance, scope=scope, action="regrade")
        risen(other, was, scope.person)
        graded(other, was, scope.actor, "merged")


def _carry_law(matter: Matter, other: Matter, scope: Scope) -> None:
    """Give the other the nearer statutory day (法定期限从先); no promise still owed is later than it.

    Where that day is over already it is owed now: nobody was late before it came.
    """
    if matter.history or matter.statutory_due >= other.statutory_due:
        return
    before, was, other.statutory_due = clocks.snapshot(other), other.statutory_due, matter.statutory_due
    its = terms.handling(other)
    if its is not None and other.statutory_due < its.due:
        terms.move(its, other.statutory_due, "merged", by=scope.person)
    moved = clocks.within_law(other, was) if other.answered_at is None else {}
    moved = {field: due and max(due, min(before[field], clock.now())) for field, due in moved.items()}
    claim(other, None, scope=scope, action="merged", statutory_due=other.statutory_due, **moved)
    clocks.keep(other, before, "merged", scope.person)


def _carry_notice(matter: Matter, other: Matter, scope: Scope) -> None:
    """Give the other the nearer day by which speakers are to be told (告知期限从先); one that is over is owed today.

    The other's notice stands for both then: what one word tells is late once, not twice. Where nobody could be told
    of the other, it takes over the notice of the one that is joined.
    """
    for row in list(matter.terms.filter(code__in=OFFICE, met=None, lifted=False)):
        its = terms.running(other, row.code)
        if row.code in TELLING and not other.terms.filter(code__in=TELLING, lifted=False).exists():
            terms.hand_on(row, other, by=scope.person)
        if its is not None and (due := max(row.due, clock.today())) < its.due:
            terms.move(its, due, "merged", by=scope.person)
            terms.lift(matter, [row.code], by=scope.person, reason="merged")


def _hand_answer(family: Iterable[Matter], other: Matter, scope: Scope) -> None:
    """Count what the other's speakers were told as told to these from today on (并入即告知).

    They read it by their receipts, a paper that was issued for them as well as a word. Where it is answered, their
    thirty days to ask for a review begin today (T7).
    """
    said = other.messages.filter(kind__in=TO_SPEAKER, submission=None)
    if said.exists() or documents_of(other.subject, to_speaker=True):
        for one in family:
            terms.meet(one, "told", by=scope.person)
    if other.state == State.ANSWERED:
        terms.begin(other, "answered", clock.today(), by=scope.person)


def _carry_clocks(matter: Matter, other: Matter, scope: Scope) -> None:
    """Give the other the nearer promises (承诺时限从先), as far as they run and are not yet kept.

    One that has run out is owed now: whoever has the other in hand was not the one who was late. Where the other is
    suspended, what is left of the nearer stands still with it.
    """
    if other.dispatched_at is None:
        return
    before, now, waited = clocks.snapshot(other), clock.now(), open_pause(other)
    if waited is not None and waited.dues:
        its = clocks.held(waited)
        mine = {field: clocks.stands_still(other, waited, due) for field in its
                if (due := getattr(matter, field)) and _owed(matter, field)}
        if nearer := {field: due for field, due in mine.items() if due < its[field]}:
            clocks.hold(waited, its | nearer, "merged", scope.person)
        return
    nearer = {field: min(its, max(mine, now)) for field in before
              if (mine := getattr(matter, field)) and (its := getattr(other, field)) and mine < its
              and _owed(matter, field) and _owed(other, field)}
    if (asked := clocks.asked_day(other, now)) is not None:
        last = end_of_work(asked)
        nearer |= {field: last for field, its in before.items()
                   if its and nearer.get(field, its) > last and _owed(other, field)}
    if nearer:
        claim(other, None, scope=scope, action="merged", **nearer)
        clocks.keep(other, before, "merged", scope.person)


def _owed(matter: Matter, field: str) -> bool:
    """Return whether the promise of a field is still to be kept (是否尚未兑现)."""
    return any(clocks.FIELDS[name] == field for name in clocks.owed(matter))
