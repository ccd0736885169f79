"""An ordinary matter turns out to be an accusation (转纪检): its words go into the box, the row is emptied."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.matters.models import (
    Advice,
    Answer,
    Attachment,
    Concern,
    Enclosure,
    Extension,
    Matter,
    Message,
    Objection,
    Pause,
    Reach,
    Recording,
    Regrading,
    StepFile,
    Submission,
    Supervision,
)
from sangesan.feedback.matters.queries.ordering import FROM_SPEAKER
from sangesan.feedback.matters.queries.photos import where
from sangesan.feedback.matters.queries.searching import INDEX
from sangesan.feedback.speakers.models import Identity
from sangesan.feedback.speakers.services import read_identity
from sangesan.foundation import clock
from sangesan.method.lifecycle import State
from sangesan.organization.notices.services import withdraw
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.queries import on

from .. import queries
from .meant import inspectors_named, named
from .receiving import Letter, enclose, store

FILED = (Attachment, Recording, Enclosure)
STEPS = ((Advice, "text"), (Answer, "text"), (Extension, "reason"), (Objection, "reason"), (Pause, "reason"),
         (Regrading, "reason"), (Supervision, "text"), (Supervision, "remark"))
"""Where words of steps stand besides the dialogue (办理文字)."""


def take_over(sender: type, *, matters: list[Matter], **_kwargs: object) -> None:
    """Move matters into the box (移入信箱), within the change itself.

    Before the box is founded they wait where they are, for inspectors' eyes only.
    """
    if not queries.ready():
        return
    gone: list[Path] = []
    filed = {pk for shut in StepFile.objects.filter(matter__in=matters).values_list("shut", flat=True) for pk in shut}
    filed |= _noted(matters)
    for matter in matters:
        steps = list(matter.step_files.order_by("at", "pk"))
        for said in matter.submissions.all():
            gone += _move(matter, said, steps, filed)
            steps = []
        _empty(matter)
    transaction.on_commit(lambda: [path.unlink(missing_ok=True) for path in gone])


def shut_out(sender: type, *, words: str, **_kwargs: object) -> set[int]:
    """Return whom documents handed in with a step shut out (附件回避): inspectors they name, as a letter would.

    Their words can be read only while they are rebuilt; what they would open may turn out to be an accusation later.
    """
    return inspectors_named(words)


def _move(matter: Matter, said: Submission, steps: list[StepFile], filed: set[int]) -> list[Path]:
    """Close one act of speaking (封入一次诉说), with the files of `steps`; return those that may go.

    Whom files or words of the family's steps name (`filed`) gets no key of any of its letters: they are one affair.
    """
    identity = Identity.objects.filter(receipt=said.receipt_id).first()
    who = read_identity(identity) if identity is not None and bytes(identity.sealed) else None
    kept = [row for table in FILED for row in table.objects.filter(submission=said).order_by("pk")]
    kept += steps
    paths = [where(row.name, row.ending) for row in kept]
    files = tuple((f"{n}{path.suffix}", path.read_bytes()) for n, path in enumerate(paths, start=1) if path.is_file())
    more = {
        "came": matter.subject, "title": matter.title, "place": matter.place, "unit": matter.unit.name,
        "register": said.register,
        "talk": list(matter.messages.order_by("day", "pk").values_list("kind", "text")),
    }
    letter = Letter(said.text, _about(matter), who.name if who else "", who.contact if who else "", files, more)
    spoken = matter.messages.filter(kind__in=FROM_SPEAKER).values_list("text", flat=True)
    shut = filed | _shut(matter) | named("\n".join([matter.title, said.text, *spoken]))
    store(enclose(letter, shut=shut, receipt=said.receipt_id, code="", day=said.day))
    if identity is not None:
        Identity.objects.filter(pk=identity.pk).update(sealed=b"")
    for table in FILED:
        table.objects.filter(submission=said).delete()
    Submission.objects.filter(pk=said.pk).update(text="", register="", extra={})
    return paths


def _noted(matters: list[Matter]) -> set[int]:
    """Return whom the words of steps shut out (办理文字回避): inspectors they name, as papers of steps do."""
    said = Message.objects.filter(matter__in=matters).exclude(kind__in=FROM_SPEAKER).values_list("text", flat=True)
    words = [*said, *(row for table, field in STEPS
                      for row in table.objects.filter(matter__in=matters).values_list(field, flat=True))]
    return inspectors_named("\n".join(words))


def _about(matter: Matter) -> str:
    """Return whom the matter was said to be about (涉及对象), for the inspectors' eyes."""
    units = matter.concerns.filter(unit__isnull=False).values_list("unit__name", flat=True)
    return "、".join(dict.fromkeys(units))


def _shut(matter: Matter) -> set[int]:
    """Return who never gets a key (回避人员): the persons named, and who holds the posts today."""
    rows = Concern.objects.filter(matter=matter)
    posts = [code for code in rows.values_list("post", flat=True) if code]
    held = on(Appointment.objects.filter(post__code__in=posts), clock.today())
    return {person for person in rows.values_list("person", flat=True) if person} | set(
        held.values_list("person_id", flat=True))


def _empty(matter: Matter) -> None:
    """Leave of the ordinary row what a count needs, and no word (清空普通记录)."""
    Message.objects.filter(matter=matter).delete()
    StepFile.objects.filter(matter=matter).delete()
    state = matter.state if matter.parent_id else State.SEALED.value
    Matter.objects.filter(pk=matter.pk).update(title=_("已移入纪检监察信箱"), place="", told="", state=state)
    Concern.objects.filter(matter=matter).delete()
    matter.reaches.update(state=state, sealed=Reach.GONE)
    INDEX.drop([matter.pk])
    withdraw(subject=matter.subject)
