"""Promised clocks of a matter (承诺时限): set at dispatch, moved only with a reason, every change kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.method.deadlines import Days, end_of_work
from sangesan.method.grading import promised, shifted
from sangesan.organization.calendar.queries import calendar

from ..models import ClockChange, Matter, Pause
from . import terms

FIELDS = {"sign_in": "sign_in_due", "first_answer": "first_answer_due", "plan": "plan_due", "due": "due_at"}
DONE = {"sign_in": "signed_in_at", "first_answer": "first_answered_at", "plan": "planned_at", "due": "answered_at"}
NO_CLOCK = -1
"""What a fact says instead of “in time” where no clock ran (不计时限)."""


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
    due = promised(matter.grade, start, days_from(start), matter.statutory_due, tables.of(matter.table))
    return {FIELDS[name]: due.get(name) for name in FIELDS if name in only}


def keep(matter: Matter, before: dict[str, datetime | None], reason: str, by: int, *,
         at: datetime | None = None, event: str = "") -> None:
    """Keep what the clocks were and are (时限变动记录), changed now unless `at` is given."""
    now = at or clock.now()
    names = {field: name for name, field in FIELDS.items()}
    ClockChange.objects.bulk_create([
        ClockChange(matter=matter, clock=names[field], before=old, after=(new := getattr(matter, field)), at=now, by=by,
                    event=event or ("set" if old is None else "lifted" if new is None else "moved"), reason=reason)
        for field, old in before.items() if old != getattr(matter, field)
    ])


def met(matter: Matter, name: str, by: int, *, at: datetime | None = None) -> int:
    """Keep that a clock was met (办结时限) and return whether in time: 1, 0, or -1 when none ran."""
    due = getattr(matter, FIELDS[name])
    if due is None:
        return NO_CLOCK if matter.history else 1
    now = at or clock.now()
    ClockChange.objects.create(matter=matter, clock=name, event="met", before=due, reason=name, at=now, by=by)
    return int(now <= due)


def snapshot(matter: Matter) -> dict[str, datetime | None]:
    """Return the clocks as they are (现有时限)."""
    return {field: getattr(matter, field) for field in FIELDS.values()}


def weight(matter: Matter) -> int:
    """Return what a fact about a matter weighs in the assessment (计分件数): history weighs nothing."""
    return 0 if matter.history else 1


def latest(matter: Matter) -> datetime:
    """Return the end of the statutory term with its one extension (法定最晚)."""
    return end_of_work(terms.furthest(matter))


def stopped(matter: Matter) -> dict[str, datetime]:
    """Return the clocks that a suspension stops (可暂停的时限): neither met nor run out."""
    now = clock.now()
    return {name: due for name, field in FIELDS.items()
            if (due := getattr(matter, field)) and due > now and getattr(matter, DONE[name]) is None}


def restarted(matter: Matter, pause: Pause) -> dict[str, datetime]:
    """Return the fields of the clocks after a suspension (恢复后的时限): later by what was paused, within the law."""
    limit, now = end_of_work(matter.statutory_due), clock.now()
    days = days_from(pause.decided_at)
    table = tables.of(matter.table)
    return {FIELDS[name]: min(shifted(matter.grade, datetime.fromisoformat(due), pause.decided_at, now, days, table),
                              limit)
            for name, due in pause.dues.items()}
