"""What a matter owes first, or has missed (最近的时限): one answer for board, first page, to-do and lists.

A promise that runs (签收、首次答复、措施、办理), or a word of progress: whichever runs out first. Before anybody has it
in hand no promise runs: then the office owes what the law gives it days for (告知、登记转交).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import itemgetter, or_

from django.db.models import Exists, Q
from django.utils.translation import gettext as _

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.method.deadlines import Calendar, end_of_day
from sangesan.method.grading import GRAVEST_FIRST, Rhythm, silent_since
from sangesan.organization.calendar.queries import calendar

from ..models import Matter
from ..words import LEFT
from .clocking import NEVER, PROMISED, WAITS, WITH_OFFICE, office_due, owed_next, with_office
from .progress import OWING, counted_since, progress_owed, silent

NONE = Q(pk__in=[])


def working_days() -> Calendar:
    """Return the working calendar that a present word of progress may touch (进展所用日历)."""
    today = clock.today()
    return calendar(today - timedelta(days=40), today + timedelta(days=15))


def owing(matters: Iterable[Matter], days: Calendar | None = None) -> dict[int, tuple[str, datetime]]:
    """Return by id what each of some matters owes first (最近的时限): its name, and until when.

    Two questions for all of them, none where nobody owes a word of progress, and one where some still lie with the
    office; what owes nothing is left out.
    """
    matters, since, lawful = list(matters), {}, {}
    if fresh := [matter.pk for matter in matters if lies_with_office(matter)]:
        rows = Matter.objects.filter(pk__in=fresh).values_list("pk", office_due())
        lawful = {pk: day for pk, day in rows if day < NEVER.date()}
    if owes := [matter.pk for matter in matters if matter.state in OWING and matter.signed_in_at]:
        since, days = counted_since(owes), days or working_days()
    found = {matter.pk: _first(matter, since.get(matter.pk), days, lawful.get(matter.pk)) for matter in matters}
    return {pk: owed for pk, owed in found.items() if owed is not None}


def lies_with_office(matter: Matter) -> bool:
    """Return whether nobody but the office has it in hand (待分办), a danger apart: that is to be confirmed at once."""
    return matter.state in WITH_OFFICE and not (matter.sealed or matter.provisional or matter.history)


def with_owed(matters: Iterable[Matter]) -> list[Matter]:
    """Return matters with what each owes first as `owed` (附时限), None where nothing runs."""
    matters = list(matters)
    owed = owing(matters)
    for matter in matters:
        matter.owed = owed.get(matter.pk)
    return matters


def _first(matter: Matter, since: datetime | None, days: Calendar | None,
           lawful: date | None) -> tuple[str, datetime] | None:
    progress = progress_owed(matter, since, days)
    found = (owed_next(matter), (_("报进展"), progress) if progress else None,
             (str(WITH_OFFICE[matter.state]), end_of_day(lawful)) if lawful else None)
    return min(filter(None, found), key=itemgetter(1), default=None)


def missed(now: datetime, days: Calendar | None = None) -> Q:
    """Return the condition that something a matter owes has run out (超过时限): what `owing` says, in the database."""
    late = NONE
    for name, due, done in PROMISED:
        late |= Q(**{"state__in": WAITS[name], f"{done}__isnull": True, f"{due}__lt": now})
    late |= _lawful(due__lt=clock.local(now).date())
    return (late | _silent(now, days or working_days())) & Q(answered_at=None, history=False)


def runs_out_within(now: datetime, span: timedelta) -> Q:
    """Return the condition that a promise, or what the office owes by law, runs out soon (即将到期)."""
    soon = NONE
    for name, due, done in PROMISED:
        soon |= Q(**{"state__in": WAITS[name], f"{done}__isnull": True, f"{due}__gte": now, f"{due}__lt": now + span})
    soon |= _lawful(due__gte=clock.local(now).date(), due__lt=clock.local(now + span).date())
    return soon & Q(answered_at=None, history=False)


def _lawful(**within: date) -> Q:
    """Return the condition that what the office has a day for ends on some days (分办期限到期)."""
    ends = [Q(Exists(rows)) for rows in with_office(**within)]
    return Q(reduce(or_, ends), ~Q(kind__in=LEFT), state__in=list(WITH_OFFICE), provisional=False)


def _silent(now: datetime, days: Calendar) -> Q:
    """Return the condition that a word of progress is missing (缺报进展): nothing was said since long enough."""
    missing = NONE
    for rhythm, graded in _rhythms().items():
        missing |= graded & silent(silent_since(rhythm, now, days))
    return missing & Q(state__in=OWING)


def _rhythms() -> dict[Rhythm, Q]:
    """Return which matters owe progress in which rhythm (进展频次): by grade, and by version where they differ."""
    found: dict[Rhythm, Q] = {}
    for grade in GRAVEST_FIRST:
        versions = defaultdict(list)
        for version in tables.names():
            versions[tables.of(version).levels[grade].progress].append(version)
        for rhythm, some in versions.items():
            if rhythm != Rhythm.AT_CLOSE:
                graded = Q(grade=grade) if len(versions) == 1 else Q(grade=grade, table__in=some)
                found[rhythm] = found.get(rhythm, NONE) | graded
    return found
