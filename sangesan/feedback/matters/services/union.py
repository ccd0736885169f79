"""The union reads first (工会先阅) what came by its mailbox, and hands it on by triage, or by letting it lie."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q

from sangesan.foundation import clock
from sangesan.foundation.memory import remembered
from sangesan.method.authority import Role
from sangesan.method.deadlines import add_working_days
from sangesan.method.lifecycle import State
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.people.models import Appointment

from ..models import Matter, Reach
from .indexing import stale
from .judging import let_read_unjudged
from .steps import arisen, place

UNION_DAYS = 3
"""Working days the union has to take up a letter of its mailbox (工会先阅期限)."""
UNREAD = (State.RECEIVED, State.GRADED)


def reads_first(matter: Matter) -> bool:
    """Return whether the union reads it first (工会先阅): no danger waits, and there must be somebody to read it.

    There is nobody where it is about whoever takes letters in there.
    """
    unread = matter.state == State.RECEIVED.value and not (matter.danger or matter.history)
    return matter.channel == "union" and unread and _somebody(clock.today()) and not _about_all(matter)


def _about_all(matter: Matter) -> bool:
    """Return whether it is about everybody of the union who would read it (涉及工会全体先阅人)."""
    about = set(matter.concerns.exclude(person=0).values_list("person", flat=True))
    held = Appointment.objects.filter(post__role=Role.UNION.value, since__lte=clock.today())
    return bool(about) and about.issuperset(held.exclude(until__lte=clock.today()).values_list("person", flat=True))


@remembered
def _somebody(day: date) -> bool:
    held = Appointment.objects.filter(post__role=Role.UNION.value, since__lte=day)
    return held.exclude(until__lte=day).exists()


@transaction.atomic
def pass_on_due(*, day: date) -> int:
    """Pass on to the office what the union has not handed on in three working days (工会逾期转办); may run twice."""
    before = add_working_days(day, -UNION_DAYS, calendar(day - timedelta(days=30), day))
    left = Reach.objects.filter(sealed=Reach.HELD, state__in=[s.value for s in UNREAD], day__lt=before)
    matters = set(left.values_list("matter_id", flat=True))
    left.update(sealed=Reach.ORDINARY, fresh_since=clock.today())
    family = Matter.objects.filter(Q(pk__in=matters) | Q(parent__in=matters))
    for matter in family.order_by(F("parent").asc(nulls_first=True)):  # what was joined goes by the other
        place(matter, [(arisen(matter), False)])
        let_read_unjudged(matter)
    stale(matters)
    return len(matters)
