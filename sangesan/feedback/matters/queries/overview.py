"""What those in charge look at first (概况): open by grade, what asks for attention, units in their order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.method.lifecycle import OPEN

from ..models import Matter, Reach
from .access import reached, without_conflict
from .clocking import runs_out
from .owing import missed, runs_out_within, with_owed
from .tasks import led

_OPEN = [s.value for s in OPEN]


@dataclass(frozen=True)
class Open:
    """What is open now (未办结): in all and by grade; how many missed something they owe, or will within a day."""

    total: int
    a: int
    b: int
    c: int
    late: int
    soon: int


def _live(scope: Scope) -> QuerySet[Matter]:
    reach = reached(scope, Action.SEE).filter(state__in=_OPEN)
    return without_conflict(Matter.objects.filter(pk__in=reach.values("matter_id")), scope, "pk")


def open_now(scope: Scope) -> Open:
    """Count what is open within reach (未办结件数)."""
    now = clock.now()
    return Open(**_live(scope).aggregate(
        total=Count("pk"), a=Count("pk", filter=Q(grade="A")), b=Count("pk", filter=Q(grade="B")),
        c=Count("pk", filter=Q(grade="C")), late=Count("pk", filter=missed(now)),
        soon=Count("pk", filter=runs_out_within(now, timedelta(days=1))),
    ))


def asking(scope: Scope, limit: int = 5) -> list[Matter]:
    """Return what asks for attention (需要过问): unconfirmed and open A first, then what missed something it owes.

    Each with what it owes first (`owed`: its name and until when), None before anything runs.
    """
    rows = _live(scope).select_related("unit", "lead")
    urgent = rows.filter(grade="A", answered_at=None).order_by("-provisional", runs_out(), "pk")
    urgent = list(urgent[:limit])
    late = rows.filter(missed(clock.now())).exclude(pk__in=[m.pk for m in urgent]).order_by(runs_out(), "pk")
    return with_owed([*urgent, *late[: limit - len(urgent)]])


def own_cases(scope: Scope) -> list[Matter]:
    """Return a leader's own cases (我的包案), the nearest day first: what is past its day stands before all."""
    return list(led(scope).order_by("case_until", "pk")) if scope.can(Action.CLOSE_A) else []


def open_of(scope: Scope, units: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return for each unit how many open matters it and those below it answer for, and how many are A."""
    rows = Reach.objects.filter(unit__in=list(units), leads=True, sealed=False, state__in=_OPEN)
    rows = without_conflict(rows, scope, "matter_id").values("unit")
    counted = rows.annotate(n=Count("pk"), a=Count("pk", filter=Q(grade="A"))).order_by()
    return {row["unit"]: (row["n"], row["a"]) for row in counted}


def first_answer_spans(scope: Scope, since: date) -> list[tuple[datetime, timedelta]]:
    """Return when first answers were given and how long after dispatch (首次答复用时), since a day."""
    reach = reached(scope, Action.SEE).filter(day__gte=since - timedelta(days=60))
    start = datetime.combine(since, datetime.min.time(), tzinfo=clock.LOCAL)
    rows = without_conflict(Matter.objects.filter(pk__in=reach.values("matter_id")), scope, "pk")
    rows = rows.filter(first_answered_at__gte=start, dispatched_at__isnull=False, history=False)
    return [(answered, answered - sent) for answered, sent in rows.values_list("first_answered_at", "dispatched_at")]
