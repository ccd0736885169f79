"""When the next word of progress is owed (进展), as the grading table of a matter asks for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.method.deadlines import Calendar, Days
from sangesan.method.grading import progress_due
from sangesan.method.lifecycle import State
from sangesan.method.progress import first_spoken_day, progress_since
from sangesan.organization.calendar.queries import calendar

from ..models import ClockChange, Matter, Message, Pause, Rating, Regrading

OWING = (State.HANDLING.value, State.REVIEW.value)
AGAIN = ("reopened", "redo")
"""What opens a matter again (重新办理的时限变动)."""
LATER = {
    "said": (Message.objects.filter(kind__in=("note", "plan")), "at"),
    "opened": (ClockChange.objects.filter(clock="due", reason__in=AGAIN, by__gt=0), "at"),
    "resumed": (Pause.objects.all(), "resumed_at"),
    "graver": (Regrading.objects.filter(outcome="done", grade__lt=F("before")), "at"),
}
"""After what a unit has its whole step anew (重新起算进展的情形), besides signing in, and when that was.

A word of progress, the opening again by staff, the end of a suspension, a graver grade. What a speaker opened again
stands with the rating, by its day.
"""
SPOKEN = Rating.objects.filter(reopens=True)


def with_since(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Add what `since_of` asks for (进展起算的依据), in the same question."""
    return rows.annotate(spoken_on=_latest(SPOKEN, "day"),
                         **{name: _latest(found, moment) for name, (found, moment) in LATER.items()})


def since_of(matter: Matter) -> datetime:
    """Return since when the next word counts (进展起算), of a signed matter that was read `with_since`."""
    return progress_since(matter.signed_in_at, *(getattr(matter, name) for name in LATER), spoken_on=matter.spoken_on)


def counted_since(matters: Iterable[int]) -> dict[int, datetime]:
    """Return by id since when the next word counts (进展起算) for signed matters; one question for all of them."""
    rows = with_since(Matter.objects.filter(pk__in=matters).exclude(signed_in_at=None)).only("signed_in_at")
    return {row.pk: since_of(row) for row in rows}


def silent(since: datetime) -> Q:
    """Return the condition that nothing lets the step begin at that midnight or later (此后无进展起算)."""
    mine = {"matter": OuterRef("pk")}
    quiet = Q(signed_in_at__lt=since) & ~Exists(SPOKEN.filter(**mine, day__gte=first_spoken_day(since)))
    for found, moment in LATER.values():
        quiet &= ~Exists(found.filter(**mine, **{f"{moment}__gte": since}))
    return quiet


def progress_owed(matter: Matter, since: datetime | None, days: Calendar | None = None) -> datetime | None:
    """Return until when progress is owed (进展时限), counted since a moment; None when none is."""
    if matter.state not in OWING or not matter.grade or matter.history or since is None:
        return None
    return progress_due(tables.of(matter.table).levels[matter.grade].progress, since, days or Days())


def progress_of(matter: Matter) -> datetime | None:
    """Return until when one matter's progress is owed (一件的进展时限)."""
    today = clock.today()
    since = counted_since([matter.pk]).get(matter.pk)
    return progress_owed(matter, since, calendar(today, today + timedelta(days=10)))


def _latest(found: QuerySet, moment: str) -> Subquery:
    mine = found.filter(matter=OuterRef("pk")).order_by().values("matter")
    return Subquery(mine.annotate(latest=Max(moment)).values("latest"))
