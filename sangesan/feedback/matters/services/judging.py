"""Triage reads first (先由分办员看): until it has judged a letter, nobody else does, whoever the letter may be about.

No list of titles, names and wrongs holds every way to say whom one means; whoever judges a letter reads it anyway.
"""

from __future__ import annotations

from datetime import date

from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.method.grading import Told, Where
from sangesan.method.lifecycle import State
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.queries import on

from ..models import Matter, Reach
from ..queries.holders import holding
from ..queries.judging import came_before

KEPT = (State.RECEIVED.value, State.WITHDRAWN.value)
"""States in which what nobody has judged stays so (未研判的状态)."""


def judged_first(matter: Matter) -> date | None:
    """Return from which day on what comes in now waits to be judged (入件先研判), or None.

    No danger does, and somebody must be there to judge. It is the day of coming in, and not the one on a paper that was
    received a week before.
    """
    waits = matter.state in KEPT and not matter.sealed
    return clock.today() if waits and somebody(clock.today()) else None


def somebody(day: date) -> bool:
    """Return whether anybody judges at all (有无分办员)."""
    return on(Appointment.objects.filter(post__role=Role.TRIAGE.value), day).exists()


def still_fresh(matter: Matter, flow: int, since: date | None) -> date | None:
    """Return since when it is to be judged (尚未研判), as it was before, or None; what was joined goes by the other."""
    if flow != Reach.ORDINARY:
        return None
    if matter.state == State.MERGED.value:
        return Reach.objects.filter(matter=matter.parent_id).values_list("fresh_since", flat=True).first()
    return since if matter.state in KEPT else None


def let_read(matters: list[int]) -> None:
    """Let the others read some matters, and what was joined to them (其他人可阅)."""
    family = {*matters, *Matter.objects.filter(parent__in=matters).values_list("pk", flat=True)}
    Reach.objects.filter(matter__in=family, fresh_since__isnull=False).update(fresh_since=None)


def let_read_unjudged(matter: Matter) -> None:
    """Let the others read what nobody is left to judge (无人可研判): they have to see to another triager."""
    waits = matter.reaches.filter(fresh_since__isnull=False).exists()
    if waits and not holding(matter, [Told(Role.TRIAGE, Where.MINE)]):
        let_read([matter.pk])
        matter.__dict__.pop("_reaches", None)


def let_read_due(*, day: date) -> int:
    """Let the others read what triage has not judged in two working days (逾期未研判件放开); may run twice.

    Whom the words name reads it no more than before: but for them, nothing may lie where one person alone sees it.
    """
    fresh = Reach.objects.filter(state=State.RECEIVED.value, fresh_since__isnull=False)
    late = fresh.filter(fresh_since__lt=came_before(day)) if somebody(clock.today()) else fresh
    matters = set(late.values_list("matter_id", flat=True))
    let_read(list(matters))
    return len(matters)
