"""What waits for whom (待办): one bounded query for each kind of duty, never one per row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.method.authority import Action, Role, Scope
from sangesan.method.deadlines import end_of_work
from sangesan.method.lifecycle import OPEN, State
from sangesan.method.lifecycle.guards import RATING_DAYS
from sangesan.method.terms import REVIEWS

from ..models import (
    Answer,
    Assignment,
    Case,
    Extension,
    Matter,
    Message,
    Pause,
    Reach,
    Regrading,
    Review,
    Supervision,
    Term,
)
from ..models.supervising import OF_OFFICE
from .access import over, reached, without_conflict
from .alongside import HANDLING_KINDS
from .beside import FIRST
from .clocking import runs_out
from .owing import owing

MOST = 50
S = State
NEXT, SOONEST = "next", "soonest"
"""The clock of what is handled (下一时限): what is owed first, a first word before the answer itself, and by its name.

What others do with it waits until the same moment, by the name of what they do.
"""


_LATER = tuple(OPEN - {S.RECEIVED})
_AWAITED = Supervision.objects.filter(matter=OuterRef("pk"), state="open", result_at=None)


def _asked(rows: QuerySet, by: str) -> Callable[[Scope], Q]:
    """Return the condition "another asked for it" (他人申请的): nobody decides what they asked for themselves."""
    return lambda scope: Q(Exists(
        rows.filter(matter=OuterRef("pk"), outcome="waiting").exclude(**{by: scope.person})))


def _proposed(scope: Scope) -> Q:
    """Return the condition that a supervision waits for this person (待确认督办), as `own_office` says of one."""
    rows = Supervision.objects.filter(matter=OuterRef("pk"), state="proposed")
    offices = {post.unit for post in scope.posts if post.role is Role.TRIAGE}
    return ~Q(lead__in=offices) & Q(Exists(rows.exclude(OF_OFFICE))) if offices else Q(Exists(rows))


_DUTIES = (
    # name, permission, over the unit in charge, states, further condition, which clock
    (lazy("确认 A 级"), Action.CONFIRM_A, False, (S.GRADED, S.DISPATCHED, S.HANDLING), Q(provisional=True), None),
    (lazy("定级"), Action.TRIAGE, False, (S.RECEIVED,), Q(), SOONEST),
    (lazy("派单"), Action.TRIAGE, False, (S.GRADED,), Q(), SOONEST),
    (lazy("裁定退回"), Action.TRIAGE, False, (S.RETURNED,), Q(), SOONEST),
    (lazy("签收"), Action.HANDLE, True, (S.DISPATCHED,), Q(), SOONEST),
    (lazy("办理"), Action.HANDLE, True, (S.HANDLING,), Q(), NEXT),
    (lazy("审核答复"), Action.APPROVE, True, (S.REVIEW,), Q(), SOONEST),
    (lazy("批准延期"), Action.APPROVE, True, (S.HANDLING, S.REVIEW),
     _asked(Extension.objects.all(), "asked_by"), SOONEST),
    (lazy("批准挂起"), Action.APPROVE, True, (S.HANDLING,), _asked(Pause.objects.all(), "asked_by"), SOONEST),
    (lazy("确认督办"), Action.SUPERVISE, False, _LATER, _proposed, None),
    (lazy("回告督办结果"), Action.HANDLE, True, _LATER, Q(Exists(_AWAITED.exclude(OF_OFFICE))), None),
    (lazy("回告督办结果"), Action.TRIAGE, False, _LATER, Q(Exists(_AWAITED.filter(OF_OFFICE))), None),
    (lazy("同意降级"), Action.SUPERVISE, False, (S.GRADED, S.DISPATCHED, S.HANDLING),
     _asked(Regrading.objects.all(), "proposed_by"), None),
    (lazy("回访"), Action.CALL_BACK, False, (S.ANSWERED,), Q(rated="", called_back_at=None), "call_back_by"),
    (lazy("办结"), Action.CLOSE, False, (S.ANSWERED,),
     Q(~Q(rated=""), ~Q(grade="A")) | Q(Q(called_back_at__isnull=False), ~Q(grade="A")), None),
    (lazy("办结"), Action.CLOSE_A, False, (S.ANSWERED,), Q(called_back_at__isnull=False, grade="A"), None),
)
_REVIEWS = (S.SECOND_REVIEW, S.THIRD_REVIEW)
_STATES = {state.value for row in _DUTIES for state in row[3]} | {state.value for state in _REVIEWS}
_CALL_BACK_BY = ExpressionWrapper(F("answered_at") + timedelta(days=RATING_DAYS), DateTimeField())
"""Until when somebody calls back (回访期限): B and C close by themselves then, an A does not."""


@dataclass(frozen=True)
class Task:
    """A duty of mine (待办): what to do, with which matter, until when."""

    name: str
    matter: Matter
    until: datetime | None

    @property
    def subject(self) -> str:
        return self.matter.subject

    @property
    def at_once(self) -> bool:
        """Whether it is A and no promise runs yet (马上办): it waits for whoever confirms or dispatches it."""
        matter = self.matter
        return matter.grade == "A" and matter.state == S.GRADED or self.until is None and matter.provisional


def _under(scope: Scope, action: Action, states, *, leads: bool = False) -> QuerySet[Matter]:
    """Return ordinary matters in some states which the scope sees and over which it has an action."""
    reach = reached(scope, action).filter(state__in=[s.value for s in states])
    if leads:
        reach = reach.filter(leads=True)
    rows = Matter.objects.filter(pk__in=reach.values("matter_id")).select_related("unit", "lead")
    rows = rows.annotate(call_back_by=_CALL_BACK_BY)
    if action != Action.SEE:
        rows = rows.filter(Exists(reached(scope, Action.SEE).filter(matter=OuterRef("pk"))))
    return without_conflict(rows, scope, "pk")


def todo(scope: Scope) -> list[Task]:
    """Return what waits for this scope (我的待办), what is at once before all, then the nearest deadline."""
    found = sorted(_tasks(scope), key=lambda t: (not t.at_once, t.until is None, t.until.timestamp() if t.until else 0,
                                                 t.matter.grade or "D", t.matter.received_day))
    return found[: 2 * MOST]


def duties_waiting(scope: Scope, most: int = 100) -> int:
    """Count what waits for this scope (待办件数), each kind of duty up to `most`."""
    return sum(rows.order_by()[:most].count() for _name, rows, _clock in _duties(scope))


def _tasks(scope: Scope) -> Iterator[Task]:
    waiting = [(name, matter, field) for name, rows, field in _duties(scope)
               for matter in rows.order_by(_first(field), "pk")[:MOST]]
    owed = owing({matter.pk: matter for _name, matter, field in waiting if field in (NEXT, SOONEST)}.values())
    for name, matter, field in waiting:
        if field in (NEXT, SOONEST):
            first, until = owed.get(matter.pk, (name, matter.due_at))
            yield Task(first if field == NEXT else name, matter, until)
        else:
            yield Task(name, matter, _moment(getattr(matter, field)) if field else None)


def _first(field: str | None) -> OrderBy | Least | str:
    """Return by what a kind of duty is ordered (待办先后): of more than a list holds the nearest stand in it."""
    return runs_out() if field in (NEXT, SOONEST) else F(field).asc(nulls_last=True) if field else "received_day"


def _moment(until: datetime | date | None) -> datetime | None:
    """Return the end of a day (期限时刻), or a moment as it is."""
    return until if until is None or isinstance(until, datetime) else end_of_work(until)


def _duties(scope: Scope) -> Iterator[tuple[str, QuerySet[Matter], str | None]]:
    """Yield for each kind of duty its name, what waits, and which clock runs."""
    lying = _lying(scope)
    for name, action, leads, states, condition, clock_name in _DUTIES:
        if not scope.can(action) or lying.isdisjoint(states):
            continue
        rows = _under(scope, action, states, leads=leads).filter(
            condition(scope) if callable(condition) else condition)
        if states == (S.REVIEW,):
            rows = rows.exclude(Exists(Answer.objects.filter(
                matter=OuterRef("pk"), outcome="waiting", author=scope.person)))
        if action in (Action.CLOSE, Action.CLOSE_A):
            rows = rows.exclude(Exists(Message.objects.filter(
                matter=OuterRef("pk"), kind="closing", person=scope.person, at__gte=OuterRef("answered_at"))))
        if action in (Action.CALL_BACK, Action.CLOSE, Action.CLOSE_A):
            rows = rows.exclude(Exists(Answer.objects.filter(matter=OuterRef("pk"), author=scope.person)))
        yield str(name), rows, clock_name
    if scope.can(Action.CLOSE_A) and S.ANSWERED in lying:
        forgotten = _under(scope, Action.CLOSE_A, (S.ANSWERED,)).filter(grade="A", called_back_at=None)
        yield str(lazy("过问回访")), forgotten.filter(call_back_by__lt=clock.now()), "call_back_by"
    if scope.can(Action.CLOSE_A):
        yield str(lazy("包案")), led(scope), "case_until"
    if scope.can(Action.REVIEW) and not lying.isdisjoint(_REVIEWS):
        asked = Review.objects.filter(matter=OuterRef("pk"), outcome="waiting", passed_on=None,
                                      unit__in=scope.units_for(Action.REVIEW))
        rows = _apart(_under(scope, Action.SEE, _REVIEWS).filter(Exists(asked), ~_beyond()), scope.person)
        yield str(lazy("复查")), rows.annotate(review_due=_review_due()), "review_due"
    if scope.can(Action.TRIAGE) and not lying.isdisjoint(_REVIEWS):
        passed = Review.objects.filter(matter=OuterRef("pk"), outcome="waiting", passed_on__isnull=False)
        upward = _under(scope, Action.TRIAGE, _REVIEWS).filter(_beyond(), ~Exists(passed))
        yield str(lazy("转送上级单位")), _apart(upward, scope.person).annotate(review_due=_review_due()), "review_due"
        yield str(lazy("登记上级结论")), _apart(_under(scope, Action.TRIAGE, _REVIEWS).filter(Exists(passed)),
                                          scope.person), None
    if scope.can(Action.INSPECT):
        reach = reached(scope, Action.INSPECT, Reach.SEALED).filter(state=S.RECEIVED.value)
        rows = without_conflict(Matter.objects.filter(pk__in=reach.values("matter_id")), scope, "pk")
        yield str(lazy("受理")), rows.select_related("unit", "lead"), None
    if scope.can(Action.HEAR_UNION):
        for name, state in ((lazy("定级"), S.RECEIVED), (lazy("派单"), S.GRADED)):
            yield str(name), _held(scope, state), SOONEST


def _beyond() -> Q:
    """Return the condition that the re-review asked for is the unit above's alone, as `beside.beyond` says of one."""
    last = Review.objects.filter(matter=OuterRef("matter"), decided_at__isnull=False).order_by("-decided_at")
    asked = Review.objects.filter(matter=OuterRef("pk"), outcome="waiting", round=3).exclude(matter__version=FIRST)
    asked = asked.annotate(last=Subquery(last.values("unit")[:1]), upper_before=Subquery(last.values("passed_on")[:1]))
    return Q(Exists(asked.filter(Q(unit=F("last")) | Q(upper_before__isnull=False))))


def _review_due() -> Coalesce:
    """Return until when a review is owed (复查期限), while it is heard the day on which the hearing ends."""
    due = Term.objects.filter(matter=OuterRef("pk"), code__in=REVIEWS, met=None, lifted=False, paused=None)
    heard = Review.objects.filter(matter=OuterRef("pk"), outcome="waiting", hearing_since__isnull=False)
    return Coalesce(Subquery(due.values("due")[:1]), Subquery(heard.values("hearing_until")[:1]))


def _apart(rows: QuerySet[Matter], person: int) -> QuerySet[Matter]:
    """Leave out what somebody handled, judged or reviewed (未参与的事项), as `queries.reviews.involved` says of one."""
    mine = (Answer.objects.filter(Q(author=person) | Q(judge=person)), Assignment.objects.filter(handler=person),
            Message.objects.filter(kind__in=HANDLING_KINDS, person=person), Review.objects.filter(decided_by=person))
    for part in mine:
        rows = rows.exclude(Exists(part.filter(matter=OuterRef("pk"))))
    return rows


def _lying(scope: Scope) -> set[State]:
    """Return the states in which anything lies before a scope (有件的状态): what lies in none need not be asked for.

    One walk along an index, in place of a query for each duty: most desks are empty of most kinds.
    """
    actions = {row[1] for row in _DUTIES} | {Action.SEE}
    rows = Reach.objects.filter(over(scope, *actions), sealed=Reach.ORDINARY, state__in=_STATES)
    return {State(state) for state in rows.order_by().values_list("state", flat=True).distinct()}


def led(scope: Scope) -> QuerySet[Matter]:
    """Return the cases a leader has taken on (我的包案), in whatever state: from the few cases to what is seen.

    Each with the last day it was given (`case_until`).
    """
    own = Case.objects.filter(leader__in=scope.post_codes, signed_at=None)
    seen = reached(scope, Action.SEE).filter(matter=OuterRef("pk"))
    rows = Matter.objects.filter(Exists(seen), pk__in=own.values("matter_id")).select_related("unit", "lead")
    until = Subquery(own.filter(matter=OuterRef("pk")).values("until")[:1])
    return without_conflict(rows.annotate(call_back_by=_CALL_BACK_BY, case_until=until), scope, "pk")


def _held(scope: Scope, *states: State) -> QuerySet[Matter]:
    """Return what the union line reads first (工会先阅)."""
    reach = reached(scope, Action.HEAR_UNION, Reach.HELD).filter(state__in=[s.value for s in states])
    rows = Matter.objects.filter(pk__in=reach.values("matter_id")).select_related("unit", "lead")
    return without_conflict(rows, scope, "pk")


def _to_triage(scope: Scope) -> QuerySet[Matter]:
    rows = _under(scope, Action.TRIAGE, (S.RECEIVED, S.GRADED, S.RETURNED))
    if not scope.can(Action.HEAR_UNION):
        return rows
    held = _held(scope, S.RECEIVED, S.GRADED)
    return held | rows if scope.can(Action.TRIAGE) else held


def triage_queue(scope: Scope) -> list[Matter]:
    """Return what waits for triage (来件分办): provisional A first, then by day."""
    return list(_to_triage(scope).order_by("-provisional", "-danger", "received_day", "pk")[: 2 * MOST])


def triage_waiting(scope: Scope, most: int = 100) -> int:
    """Count what waits for triage (来件件数), up to `most`."""
    return _to_triage(scope)[:most].count()
