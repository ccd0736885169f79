"""Shifts that study (按班次学习): which a unit has, and which have not studied yet for what its routine asks."""

from __future__ import annotations

from datetime import datetime

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.study import Day, paid
from sangesan.organization.units.models import Shift
from sangesan.organization.units.queries import lineage, on, subtree
from sangesan.organization.units.queries.rota import shifts

from ..models import Session
from .access import leads

ROUTINES = {Day.PARTY: "XX-D", Day.SKILL: "XX-Y", Day.SAFETY: "XX-A"}


def patterns(scope: Scope) -> list[str]:
    """Return the shifts one may plan for (可选班次), in the order of the day."""
    rows = on(Shift.objects.filter(unit__in=leads(scope)), clock.today()).exclude(begins=None).order_by("begins")
    return list(dict.fromkeys(rows.values_list("pattern", flat=True)))


def begins(session: Session) -> datetime:
    """Return when a session begins (学习时间)."""
    return datetime.combine(session.day, session.at, clock.LOCAL)


def duty_of(session: Session) -> Duty | None:
    """Return the open study duty a session answers (制度要求的学习): of its unit, or of one above."""
    at, units = begins(session), lineage(session.unit_id, session.day)
    rows = Duty.objects.filter(origin__kind="study", origin__subject=f"routines/{ROUTINES[Day(session.of)]}",
                               unit__in=units, opens__lte=at, closes__gte=at).exclude(settled())
    return rows.select_related("origin").order_by("due").first()


def waiting(duty: Duty, of: str) -> list[str]:
    """Return the shifts that have not studied yet for a duty (还没学的班次).

    A session for the whole unit counts for the shifts that were at work then, a crew's own for the crew's.
    """
    day = clock.local(duty.due).date()
    below = subtree(duty.unit_id, day)
    worked = [row for row in shifts(day, below).values() if row.begins and row.ends]
    at_work = {row.unit_id: row for row in sorted(worked, key=lambda row: row.begins)}
    held = Session.objects.filter(unit__in=below, of=of, heads__isnull=False,
                                  day__gte=clock.local(duty.opens).date(), day__lte=clock.local(duty.closes).date())
    done: set[str] = set()
    for unit, shift, at in held.values_list("unit", "shift", "at"):
        there = [at_work[unit]] if unit in at_work and unit != duty.unit_id else at_work.values()
        done |= {shift} if shift else {row.pattern for row in there if paid(at, [(row.begins, row.ends)])}
    return [pattern for pattern in dict.fromkeys(row.pattern for row in at_work.values()) if pattern not in done]


def left(session: Session) -> list[str]:
    """Return the shifts that still have to study after a session (还差的班次)."""
    duty = duty_of(session)
    return waiting(duty, session.of) if duty is not None else []
