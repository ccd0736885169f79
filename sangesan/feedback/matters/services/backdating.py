"""Who is entered for days that are over (补录任职) is shut out of what told of the post in those days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.dispatch import receiver

from sangesan.organization.people.models import Appointment
from sangesan.organization.people.signals import appointed

from ..models import Concern, Matter, Submission
from ..queries.first_readers import forget
from ..words import CARE
from .joining import keep_out
from .recusing import heed_one, shut

AT_ONCE = 100
"""So many waiting matters are looked through while whoever enters an appointment waits (即时审读上限)."""


@receiver(appointed, dispatch_uid="matters.appointed")
def shut_appointed(appointments: Sequence[Appointment], gone: Sequence[Appointment] = (), **_signal: object) -> None:
    """Shut out whoever held a post by the roster of today (补录回避), as those are whom letters of its days reached.

    What told of a post was looked through against whom the roster knew then. Of what waits for triage the words are
    looked through once more; of what was handed over, what triage said of the other holds for him.
    """
    forget()
    if not Matter.objects.exists():
        return
    before = _before(appointments, gone)
    for row in appointments:
        for other in before.get(row.post_id, []):
            if other.person_id != row.person_id:
                _share(row, other)
    _heed_again(appointments)


def _before(appointments: Sequence[Appointment], gone: Sequence[Appointment]) -> dict[int, list[Appointment]]:
    """Return who else held the posts (其他任职人), by post, those who are gone among them (撤销的任职)."""
    found: dict[int, list[Appointment]] = {}
    for row in gone:
        found.setdefault(row.post_id, []).append(row)
    posts = sorted({row.post_id for row in appointments})
    for start in range(0, len(posts), 500):
        for row in Appointment.objects.filter(post__in=posts[start : start + 500]).order_by("since"):
            found.setdefault(row.post_id, []).append(row)
    return found


def _share(row: Appointment, other: Appointment) -> None:
    """Shut one who held a post out of what another was shut out of as its holder (同岗同避), in the days of his term.

    The other may have ended since by the roster, and held it when the letter came: his last day is entered with the
    first of who follows. Who ended long before him, with somebody between the two, is none of that.
    """
    days = _received(row)
    if other.until and other.until <= row.since:
        between = Appointment.objects.filter(post=row.post_id, since__gte=other.until, since__lt=row.since)
        if between.exclude(pk=row.pk).exists():
            return
    elif other.until:
        days = days.filter(received_day__lt=other.until)
    about = Concern.objects.filter(person=other.person_id, matter__in=days.filter(received_day__gte=other.since))
    for one in about.select_related("matter").order_by("pk"):
        shut(one.matter, [{"person": row.person_id}], by_words=one.mentioned)


def _heed_again(appointments: Sequence[Appointment]) -> None:
    """Look once more through what waits for triage from the days of some terms (重新审读), many of them soon after.

    An old register waits for nobody, and may hold more letters than can be looked through in a day.
    """
    first: date = min(row.since for row in appointments)
    rows = Matter.objects.filter(received_day__gte=first, dispatched_at=None, history=False).exclude(kind=CARE)
    keys = list(rows.exclude(parent__dispatched_at__isnull=False).values_list("pk", flat=True)[: AT_ONCE + 1])
    if len(keys) <= AT_ONCE:
        for pk in keys:
            heed_one(pk)
        return
    Submission.objects.filter(matter__in=rows.values("pk")).update(heeded=False)
    keep_out([row.person for row in appointments])


def _received(row: Appointment) -> QuerySet[Matter]:
    rows = Matter.objects.filter(received_day__gte=row.since)
    return rows.filter(received_day__lt=row.until) if row.until else rows
