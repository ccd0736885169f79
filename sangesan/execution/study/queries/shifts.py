"""Shifts that study (按班次学习): which a unit has, and which crews have not studied yet for what its routine asks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.study import Day
from sangesan.organization.units.models import Shift, Unit
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
    """Return the crews that have not studied yet for a duty (还没学的班组), of those at work on its day.

    Who studied is asked for the hour of each session: whoever rotates may work another shift on the day of the duty.
    """
    day = clock.local(duty.due).date()
    below = subtree(duty.unit_id, day)
    worked = [row for row in shifts(day, below).values() if row.begins and row.ends]
    held = Session.objects.filter(unit__in=below, of=of, heads__isnull=False,
                                  day__gte=clock.local(duty.opens).date(), day__lte=clock.local(duty.closes).date())
    done = {unit for session in held for unit in _there(session)}
    left = [row.unit_id for row in sorted(worked, key=lambda row: row.begins) if row.unit_id not in done]
    names = dict(Unit.objects.filter(pk__in=left).values_list("pk", "name"))
    return [names[unit] for unit in left]


def _there(session: Session) -> set[int]:
    """Return who was at work when a session was (当班的班组), and on its shift if it was for one alone."""
    at, below = begins(session), subtree(session.unit_id, session.day)
    return {row.unit_id for row, since, until in at_work(below, session.day)
            if since <= at < until and session.shift in ("", row.pattern)}


def at_work(units: Collection[int], day: date) -> list[tuple[Shift, datetime, datetime]]:
    """Return the shifts that are at work on a day (当日在班的班次), with when each begins and ends.

    A shift that runs past midnight is that of the evening before: who begins nights on a day works none of its small
    hours, whoever leaves them does.
    """
    found, midnight = [], datetime.combine(day, time(0), clock.LOCAL)
    for evening in (day - timedelta(days=1), day):
        for row in shifts(evening, units).values():
            span = row.turn.span(evening)
            if span and span[1] > midnight:
                found.append((row, *span))
    return found


def left(session: Session) -> list[str]:
    """Return the crews that still have to study after a session (还差的班组)."""
    duty = duty_of(session)
    return waiting(duty, session.of) if duty is not None else []
