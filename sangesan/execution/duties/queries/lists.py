"""The list behind a number (应办清单): filtered by unit, month, routine and state, through the permission query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.duty_status import EXPECTED, Status

from .. import kinds
from ..models import Duty
from ..words import chip
from .access import visible
from .standing import with_status

SIZE, PAGES, MOST = 50, 200, 5_000
APART = "-"
"""What comes from no routine (不属制度的), where a routine may be asked for."""
STATES = {"expected": EXPECTED, "done": (Status.ON_TIME, Status.LATE),
          "running": (Status.OPEN, Status.NOT_DUE)} | {s.value: (s,) for s in Status}
"""What may be asked for (可选状态): a state, or one of the sums of the table."""


@dataclass(frozen=True)
class Line:
    """A row of the list (一行)."""

    duty: Duty
    kind: kinds.Kind
    chip: dict[str, str]
    url: str


def listed(scope: Scope, *, page: int = 1, **chosen: Any) -> tuple[list[Line], bool]:
    """Return a page of the duties that a filter chooses (应办清单), and whether there are more."""
    start = (min(max(page, 1), PAGES) - 1) * SIZE
    found = list(_chosen(scope, **chosen)[start:start + SIZE + 1])
    return [_line(duty) for duty in found[:SIZE]], len(found) > SIZE


def exported(scope: Scope, **chosen: Any) -> list[Line]:
    """Return all that a filter chooses (应办清单全部), so many at most."""
    return [_line(duty) for duty in _chosen(scope, **chosen)[:MOST]]


def _chosen(
    scope: Scope, *, since: date, until: date, unit: str = "", routine: str = "", state: str = ""
) -> QuerySet[Duty]:
    """Return the duties of some nominal days in the order of the list (筛选结果)."""
    near = datetime.combine(since - timedelta(days=20), time(0), clock.LOCAL)
    far = datetime.combine(until + timedelta(days=430), time(0), clock.LOCAL)
    rows = visible(scope).filter(nominal__gte=since, nominal__lt=until, due__gte=near, due__lt=far)
    if unit:
        rows = rows.filter(Q(path__startswith=f"{unit}/") | Q(path__contains=f"/{unit}/"))
    if routine == APART:
        rows = rows.exclude(Q(origin__subject__startswith="routines/") & ~Q(origin__subject__endswith="/check"))
    elif routine:
        rows = rows.filter(origin__subject=f"routines/{routine}")
    rows = with_status(rows)
    rows = rows.filter(standing__in=[s.value for s in STATES[state]]) if state in STATES else rows.exclude(
        standing=Status.CANCELLED.value)
    return rows.order_by("due", "pk")


def _line(duty: Duty) -> Line:
    kind = kinds.of(duty.origin.kind)
    return Line(duty, kind, chip(Status(duty.standing)), f"/w/duties/{duty.pk}/")
