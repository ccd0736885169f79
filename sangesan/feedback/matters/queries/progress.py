"""When the next word of progress is owed (进展), as the grading table of a matter asks for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, Q, QuerySet

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.method.deadlines import Calendar, Days
from sangesan.method.grading import progress_due
from sangesan.method.lifecycle import State
from sangesan.organization.calendar.queries import calendar

from ..models import Matter

WORDS = ("note", "plan")
"""What counts as a word of progress (算作进展的记录)."""
OWING = (State.HANDLING.value, State.REVIEW.value)


def with_last_word(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    """Add `last_word` (最近进展): when staff last said how it goes."""
    return rows.annotate(last_word=Max("messages__at", filter=Q(messages__kind__in=WORDS)))


def progress_owed(matter: Matter, last: datetime | None = None, days: Calendar | None = None) -> datetime | None:
    """Return until when progress is owed (进展时限), None when none is."""
    if matter.state not in OWING or not matter.grade or matter.history or not matter.signed_in_at:
        return None
    since = max(filter(None, (matter.signed_in_at, last)))
    return progress_due(tables.of(matter.table).levels[matter.grade].progress, since, days or Days())


def progress_of(matter: Matter) -> datetime | None:
    """Return until when one matter's progress is owed (一件的进展时限)."""
    last = matter.messages.filter(kind__in=WORDS).aggregate(at=Max("at"))["at"]
    today = clock.today()
    return progress_owed(matter, last, calendar(today, today + timedelta(days=10)))
