"""Counts of live matters (件数): what is open, what is late. History is counted from the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.method.lifecycle import OPEN, State

from ..models import Matter, Submission
from .access import reached, visible, without_conflict

PORTION = 500
SIGNED_IN = "correspondent"
"""The channel whose words come from somebody signed in (登录上报的渠道)."""


@dataclass(frozen=True)
class Figures:
    """Figures of a period (期间件数)."""

    received: int
    answered: int
    answered_in_time: int
    closed: int
    open: int
    late: int
    rated: int
    satisfied: int
    provisional: int


def figures(scope: Scope, since: date) -> Figures:
    """Return the counts of what the scope sees (件数), received since a day; open and late as of now."""
    now = clock.now()
    opened = [s.value for s in OPEN]
    recent = visible(scope).filter(received_day__gte=since).aggregate(
        received=Count("pk"), answered=Count("pk", filter=Q(answered_at__isnull=False)),
        closed=Count("pk", filter=Q(state=State.CLOSED.value)), heard=Count("pk", filter=~Q(rated__in=["", "unrated"])),
        satisfied=Count("pk", filter=Q(rated__in=["satisfied", "basic"])),
        in_time=Count("pk", filter=Q(answered_at__isnull=False, answered_late=False)),
    )
    live = reached(scope, Action.SEE).filter(state__in=opened)
    rows = without_conflict(Matter.objects.filter(pk__in=live.values("matter_id")), scope, "pk")
    standing = rows.aggregate(
        open=Count("pk"), provisional=Count("pk", filter=Q(provisional=True)),
        late=Count("pk", filter=Q(due_at__lt=now, answered_at=None, history=False)),
    )
    return Figures(recent["received"], recent["answered"], recent["in_time"], recent["closed"], standing["open"],
                   standing["late"], recent["heard"], recent["satisfied"], standing["provisional"])


def marks_of(subjects: Iterable[str]) -> dict[str, str]:
    """Return by whose mark matters were reported signed in (登录反映人的标记): two of one mark are one voice."""
    numbers, found = sorted({subject.partition("/")[2] for subject in subjects}), {}
    for start in range(0, len(numbers), PORTION):
        rows = Submission.objects.filter(matter__number__in=numbers[start : start + PORTION])
        rows = rows.exclude(receipt__owner="").values_list("matter__number", "receipt__owner")
        found |= {f"matters/{number}": owner for number, owner in rows}
    return found


def open_by_unit(scope: Scope) -> list[dict]:
    """Return how many matters each unit in charge has open and late (各单位未办结), most first."""
    now = clock.now()
    live = reached(scope, Action.SEE).filter(state__in=[s.value for s in OPEN])
    rows = without_conflict(Matter.objects.filter(pk__in=live.values("matter_id"), lead__isnull=False), scope, "pk")
    return list(
        rows.values("lead_id", "lead__name").annotate(
            open=Count("pk"), late=Count("pk", filter=Q(due_at__lt=now, answered_at=None, history=False)))
        .order_by("-open", "lead__name")
    )
