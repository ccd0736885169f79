"""Clocks follow the calendar (时限随日历): a year is often confirmed after clocks ran into it by guess."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.method.deadlines import Measure, end_of_work, on_or_after
from sangesan.method.lifecycle import OPEN
from sangesan.organization.calendar.queries import calendar

from ..models import Matter, Term
from ..queries.clocking import WAITS
from . import clocks, terms
from .steps import claim

REASON = "calendar"


def follow_calendar(day: date) -> int:
    """Move what runs out on a day off after `day` to the next working day (逢休顺延); may run twice."""
    count = 0
    for due, later in _moves(_running(day).values_list("due", flat=True).distinct()):
        Matter.objects.filter(statutory_due=due, state__in=[s.value for s in OPEN]).update(statutory_due=later)
        for row in _running(day).filter(due=due).order_by("pk"):
            terms.move(row, later, REASON)
            count += 1
    for name, field in clocks.FIELDS.items():
        rows = _promised(name, day).order_by()
        moves = dict(_moves({clock.local(due).date() for due in rows.values_list(field, flat=True).distinct()}))
        for matter in rows.order_by("pk") if moves else ():
            later = moves.get(clock.local(getattr(matter, field)).date())
            count += later is not None and _follows(matter, name) and _move(matter, field, end_of_work(later))
    return count


def _running(day: date):
    return Term.objects.filter(met=None, lifted=False, due__gt=day)


def _promised(name: str, day: date):
    since = {f"{clocks.FIELDS[name]}__gt": end_of_work(day), clocks.DONE[name]: None}
    return Matter.objects.filter(**since, state__in=WAITS[name], history=False).exclude(grade="")


def _moves(dues) -> list[tuple[date, date]]:
    """Return which of some days are days off, and the working day after each (顺延对照)."""
    dues = sorted(dues)
    if not dues:
        return []
    days = calendar(dues[0], dues[-1].replace(year=dues[-1].year + 1, day=1))
    return [(due, on_or_after(due, days)) for due in dues if not days.is_work(due)]


def _follows(matter: Matter, name: str) -> bool:
    """Return whether its grade counts this clock by working time (是否按工作时间); round the clock knows no day off."""
    promise = tables.of(matter.table).levels[matter.grade].clocks.get(name)
    return promise is not None and promise.measure not in (None, Measure.MINUTES)


@transaction.atomic
def _move(matter: Matter, field: str, later: datetime) -> int:
    before = clocks.snapshot(matter)
    later = min(later, end_of_work(matter.statutory_due))
    if (asked := clocks.asked_day(matter, before[field])) and field == "due_at":
        later = max(before[field], min(later, end_of_work(asked)))
    try:
        claim(matter, None, scope=None, action=REASON, only={field: before[field]}, **{field: later})
    except Conflict:  # somebody was faster
        return 0
    clocks.keep(matter, before, REASON, 0)
    return 1
