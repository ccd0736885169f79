"""Clocks of a matter (时限): set at dispatch, moved only with a reason, every change kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sangesan.foundation import clock
from sangesan.method.deadlines import Days, end_of_work
from sangesan.method.grading import promised
from sangesan.organization.calendar.queries import calendar

from ..models import ClockChange, Matter

FIELDS = {"sign_in": "sign_in_due", "first_answer": "first_answer_due", "plan": "plan_due", "due": "due_at"}


def days_from(start: datetime) -> Days:
    """Return the working calendar that clocks starting then may touch (所用日历)."""
    day = clock.local(start).date()
    return calendar(day, day + timedelta(days=120))


def run(matter: Matter, start: datetime, *, only: tuple[str, ...] = tuple(FIELDS)) -> dict[str, datetime | None]:
    """Return the fields of the clocks that run from a start (起算), for a conditional update.

    What came in as history has none.
    """
    if matter.history:
        return {}
    due = promised(matter.grade, start, days_from(start), matter.statutory_due)
    return {FIELDS[name]: due.get(name) for name in FIELDS if name in only}


def keep(matter: Matter, before: dict[str, datetime | None], reason: str, by: int, *,
         at: datetime | None = None) -> None:
    """Keep what the clocks were and are (时限变动记录), changed now unless `at` is given."""
    now = at or clock.now()
    names = {field: name for name, field in FIELDS.items()}
    ClockChange.objects.bulk_create([
        ClockChange(matter=matter, clock=names[field], before=old, after=getattr(matter, field), reason=reason,
                    at=now, by=by)
        for field, old in before.items() if old != getattr(matter, field)
    ])


def snapshot(matter: Matter) -> dict[str, datetime | None]:
    """Return the clocks as they are (现有时限)."""
    return {field: getattr(matter, field) for field in FIELDS.values()}


def in_time(due: datetime | None) -> int:
    """Return 1 when now is not past a due moment (是否按期), 1 too when there is none."""
    return int(due is None or clock.now() <= due)


def latest(matter: Matter) -> datetime:
    """Return the end of the statutory term with its one extension (法定最晚)."""
    return end_of_work(matter.statutory_due + timedelta(days=30))

