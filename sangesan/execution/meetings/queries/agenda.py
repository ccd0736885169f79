"""The agenda (议程), filled by itself: what was decided before and how it stands, what is late, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.duties.queries import with_status
from sangesan.execution.duties.queries.standing import settlements
from sangesan.execution.duties.words import chip
from sangesan.foundation import clock
from sangesan.method.duty_status import Status
from sangesan.method.meetings import seat

from ..models import Meeting

SHOWN = 12
BACK, RECENT = timedelta(days=92), timedelta(days=31)
"""How far back an agenda looks for what can still be done; what lapsed it tells once, since the meeting before."""
AHEAD = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A duty on the agenda (议程一行): how it stood when it was looked at, and what was said of it."""

    duty: Duty
    status: Status
    words: str

    @property
    def chip(self) -> dict[str, str]:
        return chip(self.status)

    @property
    def owner(self) -> str:
        """Who answers for it (承办岗位或单位)."""
        post, name = self.duty.post, self.duty.unit.name
        return seat(name, post.title) if post else name


@dataclass(frozen=True)
class Agenda:
    """The agenda (议程): counts beside the first lines of each part."""

    decisions: list[Line]
    late: list[Line]
    late_count: int
    due: list[Line]
    due_count: int

    @property
    def done(self) -> int:
        return sum(line.status in (Status.ON_TIME, Status.LATE) for line in self.decisions)


def earlier(meeting: Meeting) -> QuerySet[Meeting]:
    """Return the meetings of the series before this one (此前各次), the latest first."""
    rows = Meeting.objects.filter(unit=meeting.unit_id, series=meeting.series, closed_at__isnull=False,
                                  annulled_at=None, begins__lt=meeting.begins)
    return rows.exclude(pk=meeting.pk).order_by("-begins")


def agenda_of(meeting: Meeting) -> Agenda:
    """Return what a meeting has to look at (议程) as it stands now."""
    now = clock.now()
    before = list(earlier(meeting).values_list("pk", "closed_at")[:60])
    since = before[0][1] if before else now
    mine = with_status(Duty.objects.filter(
        origin__kind="decision", origin__subject__in=[f"meetings/{pk}" for pk, _at in before]))
    fresh = settlements().filter(duty=OuterRef("pk"), entered_at__gt=since, what__in=["done", "exempted"])
    decided = mine.filter(Q(settled_as=None) | Q(Exists(fresh)))
    decisions = _lines(decided.order_by("due", "pk"), 60)
    taken = {line.duty.pk for line in decisions} | {meeting.duty_id}
    under = with_status(Duty.objects.filter(path__startswith=meeting.path, opens__lte=now)).filter(
        settled_as=None).exclude(pk__in=[pk for pk in taken if pk])
    gone = before[0][1] if before else now - RECENT
    late = under.filter(Q(origin__lapses=False, due__gte=now - BACK) | Q(due__gte=gone), due__lt=now)
    due = under.filter(due__gte=now, due__lte=max(now, meeting.begins) + AHEAD)
    return Agenda(decisions, *_part(late), *_part(due))


def _part(found: QuerySet[Duty]) -> tuple[list[Line], int]:
    return _lines(found.order_by("due", "pk"), SHOWN), found.order_by().count()


def _lines(found: QuerySet[Duty], most: int) -> list[Line]:
    duties = list(found.select_related("origin", "unit", "post")[:most])
    said = dict(Happening.objects.filter(duty__in=duties, withdrawn_at=None).exclude(words="").order_by("pk")
                .values_list("duty", "words"))
    return [Line(duty, Status(duty.standing), said.get(duty.pk, "")) for duty in duties]


def decisions_of(meeting: Meeting, at: datetime | None = None) -> dict[int, Line]:
    """Return how the decisions of a closed meeting stand (本次决定落实情况), by duty."""
    rows = with_status(Duty.objects.filter(origin__kind="decision", origin__subject=meeting.subject), at)
    return {line.duty.pk: line for line in _lines(rows.order_by("pk"), 60)}
