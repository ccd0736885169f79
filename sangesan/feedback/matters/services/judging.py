"""Triage reads first (先由分办员看): until it has judged a letter, nobody else does, whoever the letter may be about.

No list of titles, names and wrongs holds every way to say whom one means; whoever judges a letter reads it anyway.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.foundation.memory import remembered
from sangesan.method.authority import Role
from sangesan.method.deadlines import add_working_days
from sangesan.method.grading import Told, Where
from sangesan.method.lifecycle import State
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.queries import on

from ..models import Matter, Reach
from ..queries.holders import holding

DAYS = 2
"""Working days that triage has for a letter before the others read it as well (先阅期限)."""
FACE_TO_FACE = ("reception_day",)
"""Channels in which a leader hears it from the speaker (当面听取的渠道): there is nothing left to keep from him."""
KEPT = (State.RECEIVED.value, State.WITHDRAWN.value)
"""States in which what nobody has judged stays so (未研判的状态)."""


def judged_first(matter: Matter) -> bool:
    """Return whether it waits to be judged as it comes in (入件先研判): no danger does, and somebody must be there."""
    waits = matter.state == State.RECEIVED.value and not (matter.sealed or matter.history)
    return waits and matter.channel not in FACE_TO_FACE and _somebody(clock.today())


@remembered
def _somebody(day: date) -> bool:
    return on(Appointment.objects.filter(post__role=Role.TRIAGE.value), day).exists()


def still_fresh(matter: Matter, flow: int, known: bool | None) -> bool:
    """Return whether it is still to be judged (尚未研判), as it was `known` before; None where it comes in anew."""
    if flow != Reach.ORDINARY:
        return False
    if matter.state == State.MERGED.value:
        return Reach.objects.filter(matter=matter.parent_id, fresh=True).exists()
    return matter.state in KEPT and (judged_first(matter) if known is None else known)


def let_read(matters: list[int]) -> None:
    """Let the others read some matters, and what was joined to them (其他人可阅)."""
    Reach.objects.filter(Q(matter__in=matters) | Q(matter__parent__in=matters), fresh=True).update(fresh=False)


def let_read_unjudged(matter: Matter) -> None:
    """Let the others read what nobody is left to judge (无人可研判): they have to see to another triager."""
    if matter.reaches.filter(fresh=True).exists() and not holding(matter, [Told(Role.TRIAGE, Where.MINE)]):
        let_read([matter.pk])
        matter.__dict__.pop("_reaches", None)


def let_read_due(*, day: date) -> int:
    """Let the others read what triage has not judged in two working days (逾期未研判件放开); may run twice.

    Whom the words name reads it no more than before: but for them, nothing may lie where one person alone sees it.
    """
    before = add_working_days(day, -DAYS, calendar(day - timedelta(days=30), day))
    late = Reach.objects.filter(fresh=True, state=State.RECEIVED.value, day__lt=before)
    matters = list(late.order_by().values_list("matter_id", flat=True).distinct())
    let_read(matters)
    return len(matters)
