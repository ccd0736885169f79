"""Clearing (到期清除): ordinary matters are de-identified when their time is over; figures and facts stay.

One matter, with all that was joined to it, in one short transaction: what is cleared is cleared
wholly, and a night that was broken off goes on the next night.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.feedback.speakers.services import erase
from sangesan.foundation import clock
from sangesan.ledger.audit.services import note as audit
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import history
from sangesan.ledger.facts.services import erase_words, record
from sangesan.method import retention
from sangesan.method.facts import SYSTEM, MatterCleared
from sangesan.method.lifecycle import State
from sangesan.organization.remarks import services as remarks

from ..models import (
    Advice,
    Answer,
    Attachment,
    Case,
    CaseEntry,
    Enclosure,
    Extension,
    Matter,
    Message,
    Objection,
    Pause,
    Rating,
    Recording,
    Regrading,
    Review,
    StepFile,
    Submission,
    Supervision,
)
from ..queries.ordering import FROM_SPEAKER
from ..signals import cleared
from ..words import LEFT
from .indexing import stale
from .photos import discard

MOST = 2000
"""Matters cleared in one night at most (每夜上限)."""
_WORDS: tuple[tuple[type, str, tuple[str, ...]], ...] = (
    (Submission, "matter", ("text",)), (Message, "matter", ("text",)), (Answer, "matter", ("text", "remark")),
    (Extension, "matter", ("reason",)), (Regrading, "matter", ("reason",)), (Pause, "matter", ("reason",)),
    (Objection, "matter", ("reason",)), (Review, "matter", ("text", "answer", "conclusion")),
    (Supervision, "matter", ("text", "result", "remark")), (Advice, "matter", ("text",)),
    (Case, "matter", ("hands", "task", "duty", "conclusion")), (CaseEntry, "case__matter", ("text",)),
)
"""All words of a matter (全部文字): table, the way to the matter, columns."""


def clear_old(day: date) -> int:
    """Clear what has been over for the years of retention (清除到期内容) on a day; returns how many. Safe to repeat."""
    years = settings.RETENTION_YEARS
    old = _candidates(retention.last_day(day, years)).order_by("received_day", "pk")
    count = 0
    for pk in list(old.values_list("pk", flat=True)[:MOST * 5]):
        count += _clear(pk, day, years)
        if count == MOST:
            break
    if count:
        audit("matters.cleared", subject="matters", detail={"count": count})
    return count


def _candidates(limit: date) -> QuerySet[Matter]:
    """Return what may be due (可能到期): over, old enough, and nobody looks into it."""
    mine = {"matter": OuterRef("pk")}
    rows = Matter.objects.filter(cleared_on=None, received_day__lte=limit, state__in=[s.value for s in retention.OVER])
    return rows.exclude(kind__in=LEFT).exclude(closed_at__date__gt=limit).exclude(
        Exists(Review.objects.filter(Q(outcome="waiting") | Q(recorded=False), **mine))
        | Exists(Supervision.objects.filter(state__in=("proposed", "open"), **mine))
        | Exists(Case.objects.filter(signed_at=None, **mine))
        | Exists(Rating.objects.filter(recorded=False, **mine))
        | Exists(Submission.objects.filter(
            Q(recorded=False) | Q(withdrawn__isnull=False, withdrawal_recorded=False)
            | Q(receipt__identity__erased__isnull=False, receipt__identity__erasure_recorded=False), **mine)))


@transaction.atomic
def _clear(pk: int, day: date, years: int) -> int:
    """Clear one matter and all that was joined to it (清除一件), if it is still due; returns 1 or 0."""
    limit = retention.last_day(day, years)
    matter = _candidates(limit).select_for_update(of=("self",)).filter(pk=pk).first()
    if matter is None or not retention.due(State(matter.state), _over(matter), day, years):
        return 0
    joined = [one for one in matter.joined.exclude(kind__in=LEFT) if one.cleared_on is None]
    for one in [matter, *joined]:
        _erase_evidence(one)
        record(MatterCleared(subject=one.subject, unit=one.path, occurred_at=clock.now(), reason="retention",
                             grade=one.grade), actor=SYSTEM)
    keys = [one.pk for one in [matter, *joined]]
    _erase(keys)
    remarks.forget([one.subject for one in [matter, *joined]])
    Matter.objects.filter(pk__in=keys).update(title=_(retention.SAID), place="", told="", cleared_on=day)
    cleared.send(Matter, matters=keys)
    stale(keys)
    return 1


def _over(matter: Matter) -> date:
    """Return the day since which a matter is over (了结日): of its closing, or of the last that is known of it."""
    days = [matter.received_day, *(fact.day for fact in history(matter.subject))]
    if matter.closed_at:
        days.append(clock.local(matter.closed_at).date())
    return max(days)


def _erase_evidence(matter: Matter) -> None:
    """Erase the words of a matter's facts (清除佐证): reasons, issued papers; each with a fact that tells of it."""
    for fact in list(history(matter.subject)):
        digest = str(fact.content.get("words", ""))
        if digest and text_of(digest) is not None:
            erase_words(digest, reason="retention")


def _erase(keys: Iterable[int]) -> None:
    """Erase who spoke, what was said and what came with it (清除身份、文字与附件)."""
    said = Submission.objects.filter(matter__in=keys)
    files = [table.objects.filter(submission__in=said) for table in (Attachment, Recording, Enclosure)]
    for rows in (*files, StepFile.objects.filter(matter__in=keys)):
        transaction.on_commit(partial(discard, list(rows)), robust=True)  # else the daily sweep finds them
        rows.delete()
    erase(list(said.values_list("receipt_id", flat=True)))
    for table, way, columns in _WORDS:
        table.objects.filter(**{f"{way}__in": keys}).update(**dict.fromkeys(columns, ""))
    said.update(extra={})
    Message.objects.filter(matter__in=keys, kind__in=FROM_SPEAKER).update(person=0)
