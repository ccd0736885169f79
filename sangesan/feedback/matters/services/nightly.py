"""What the closing of the day does with matters (日结): each step may run twice without harm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from random import SystemRandom

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sangesan.feedback.grades import queries as tables
from sangesan.feedback.speakers.models import Identity, Receipt
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.foundation.keys import mix
from sangesan.ledger.facts.services import record, record_batch
from sangesan.method.facts import (
    SPEAKER,
    SYSTEM,
    Fact,
    IdentityErased,
    MatterOverdue,
    MatterRated,
    MatterReceived,
    MatterReopened,
    MatterReviewAsked,
    MatterWithdrawn,
)
from sangesan.method.lifecycle import State, find, refusal
from sangesan.method.lifecycle.guards import RATING_DAYS

from ..models import (
    Assignment,
    Attachment,
    ClockChange,
    Concern,
    Matter,
    Message,
    Overdue,
    Rating,
    Reach,
    Review,
    Submission,
    Term,
)
from ..queries.access import situation
from ..queries.clocking import WAITS
from ..words import CARE
from .clocks import DONE, FIELDS, weight
from .ending import finish
from .grading import graded, risen
from .indexing import stale
from .steps import claim
from .supervising import propose

BATCH = 500


@dataclass(frozen=True)
class Erased:
    """A name that its speaker had erased (删除的姓名), with the matter it belonged to."""

    identity: Identity
    matter: Matter

    @property
    def matter_id(self) -> int:
        return self.matter.pk


Spoken = Submission | Rating | Review | Erased


def record_speakers(day: date) -> int:
    """Record what speakers did up to a day (登记反映人台账), dated by day, in shuffled order.

    Shuffled before it is cut into batches, so that neither a batch nor its place tells an order. Rows are written
    anew after they are marked as recorded: one statement for many may take them in the order they first lay in.
    """
    rows: list[Spoken] = [
        *Submission.objects.filter(recorded=False, day__lte=day).exclude(matter__kind=CARE).select_related("matter"),
        *Submission.objects.filter(withdrawn__lte=day, withdrawal_recorded=False, recorded=True)
        .exclude(matter__kind=CARE).select_related("matter"),
        *Rating.objects.filter(recorded=False, day__lte=day).select_related("matter"),
        *Review.objects.filter(recorded=False, asked_on__lte=day).select_related("matter"),
        *_erased(day),
    ]
    SystemRandom().shuffle(rows)
    count = sum(_record_some(rows[i : i + BATCH], day) for i in range(0, len(rows), BATCH))
    told = Message.objects.filter(at=None, day=day)
    mix(told, Identity.objects.filter(erased=day))
    stale(set(told.values_list("matter", flat=True)))
    return count


@transaction.atomic
def _record_some(rows: list[Spoken], day: date) -> int:
    """Record one batch (一批入账), unless somebody else has begun to; matters first, as whoever withdraws."""
    list(Matter.objects.select_for_update(no_key=True).filter(pk__in={r.matter_id for r in rows}).order_by("pk")
         .values_list("pk"))
    said = [r for r in rows if isinstance(r, Submission) and not r.recorded]
    gone = [r for r in rows if isinstance(r, Submission) and r.withdrawn and r.withdrawn <= day
            and not r.withdrawal_recorded]
    bare = [r for r in rows if isinstance(r, Erased)]
    rated, asked = ([r for r in rows if isinstance(r, kind)] for kind in (Rating, Review))
    claimed = (_claim(Submission, said, "recorded"), _claim(Submission, gone, "withdrawal_recorded"),
               _claim(Rating, rated, "recorded"), _claim(Review, asked, "recorded"),
               _claim(Identity, [one.identity for one in bare], "erasure_recorded"))
    if claimed != (len(said), len(gone), len(rated), len(asked), len(bare)):
        transaction.set_rollback(True)
        return 0
    _mix(said, gone, rated, asked)
    facts = [fact for one in said for fact in _of_saying(one)]
    facts += [fact for one in gone for fact in _of_withdrawing(one)]
    facts += [fact for one in rated for fact in _of_rating(one)]
    facts += [MatterReviewAsked(subject=one.matter.subject, unit=one.matter.path, occurred_at=one.asked_on,
                                round=one.round) for one in asked]
    facts += [IdentityErased(subject=one.matter.subject, unit=_arose(one.matter), occurred_at=one.identity.erased)
              for one in bare]
    record_batch([(fact, SPEAKER) for fact in facts])
    return len(facts)


def _erased(day: date) -> list[Erased]:
    """Return whose names were erased and the ledger has not heard of it (未入账的删除)."""
    gone = Identity.objects.filter(erased__lte=day, erasure_recorded=False)
    rows = Submission.objects.filter(receipt__identity__in=gone, recorded=True).exclude(matter__kind=CARE)
    return [Erased(one.receipt.identity, one.matter) for one in rows.select_related("matter", "receipt__identity")]


def _mix(said: list[Submission], gone: list[Submission], rated: list[Rating], asked: list[Review]) -> None:
    """Let no place in a table tell who spoke when (打乱存放): what a word wrote is written anew, its index too."""
    matters, keys = {one.matter_id for one in (*said, *gone, *rated, *asked)}, [one.pk for one in (*said, *gone)]
    mix(Receipt.objects.filter(pk__in=[one.receipt_id for one in said]), Submission.objects.filter(pk__in=keys),
        Matter.objects.filter(pk__in=matters), Term.objects.filter(matter__in=matters),
        Reach.objects.filter(matter__in=matters), Concern.objects.filter(matter__in=matters),
        ClockChange.objects.filter(matter__in=matters),
        Attachment.objects.filter(submission__in=keys), Rating.objects.filter(pk__in=[one.pk for one in rated]),
        Review.objects.filter(pk__in=[one.pk for one in asked]))
    stale(matters)


def _claim(model, rows: list, flag: str) -> int:
    return model.objects.filter(pk__in=[row.pk for row in rows], **{flag: False}).update(**{flag: True})


def _of_saying(one: Submission) -> list[Fact]:
    return [MatterReceived(subject=one.matter.subject, unit=_arose(one.matter), occurred_at=one.day,
                           channel=one.channel, mode=one.mode, category=one.matter.category)]


def _of_withdrawing(one: Submission) -> list[Fact]:
    return [MatterWithdrawn(subject=one.matter.subject, unit=_arose(one.matter), occurred_at=one.withdrawn)]


def _of_rating(one: Rating) -> list[Fact]:
    matter = one.matter
    facts: list[Fact] = [MatterRated(subject=matter.subject, unit=matter.path, occurred_at=one.day,
                                     rating=one.rating, solved=one.solved, quantity=weight(matter))]
    if one.reopens:
        facts.append(MatterReopened(subject=matter.subject, unit=matter.path, occurred_at=one.day,
                                    reason="dissatisfied", quantity=weight(matter)))
    return facts


def _arose(matter: Matter) -> str:
    return matter.path if matter.sealed else matter.unit_path


def record_overdue(day: date) -> int:
    """Record every clock that had run out by the end of a day (超期记账), once for each clock and turn of a unit.

    A matter that was moved to another unit runs anew there: the lateness of the first excuses not the second.
    """
    given = Assignment.objects.filter(matter=OuterRef("pk"), leads=True).order_by().values("matter")
    turn = F("reopened") + Coalesce(Subquery(given.annotate(n=Count("pk")).values("n")), 1) - 1
    now, count = min(clock.now(), datetime.combine(day + timedelta(days=1), time(0), clock.LOCAL)), 0
    for name, states in WAITS.items():
        field, done = FIELDS[name], DONE[name]
        rows = Matter.objects.filter(**{f"{field}__lt": now, f"{done}": None}, state__in=states, history=False)
        rows = rows.annotate(turn=turn)
        known = Overdue.objects.filter(matter=OuterRef("pk"), clock=name, round=OuterRef("turn"))
        for matter in rows.exclude(Exists(known)).order_by("pk").iterator(chunk_size=BATCH):
            count += _mark(matter, name, getattr(matter, field), matter.turn)
    return count


def _mark(matter: Matter, name: str, since: datetime, turn: int) -> int:
    try:
        with transaction.atomic():
            Overdue.objects.create(matter=matter, clock=name, round=turn, day=clock.local(since).date())
            ClockChange.objects.create(matter=matter, clock=name, event="missed", before=since, reason=name,
                                       at=clock.now())
            record(MatterOverdue(subject=matter.subject, unit=matter.path, occurred_at=since, clock=name,
                                 grade=matter.grade, quantity=weight(matter)), actor=SYSTEM)
    except IntegrityError:
        return 0
    return 1


def run_clocks() -> int:
    """Do what cannot wait for the night (日间时限): overdue clocks, and what stays late goes up.

    Lateness raises a grade once, one step above what people gave it: C after three days, B after
    one. What stays late after that is proposed for supervision; a late A is supervised at once.
    """
    count = record_overdue(clock.today())
    overdue = Matter.objects.filter(due_at__lt=clock.now(), answered_at=None, state__in=WAITS["due"],
                                    history=False)
    for version, level in overdue.exclude(grade="").values_list("table", "grade").distinct().order_by("table", "grade"):
        rule = tables.of(version).levels[level]
        limit = clock.now() - timedelta(days=rule.escalates_after)
        late = overdue.filter(grade=level, table=version, due_at__lt=limit)
        again = Q(raised=True) if rule.escalates_to else Q()
        count += _each(late.filter(again, supervised_at=None), partial(propose, trigger="late"))
        if rule.escalates_to:
            count += _each(late.filter(raised=False), partial(_raise, new=rule.escalates_to))
    return count


def _each(rows: QuerySet[Matter], do: Callable[..., int]) -> int:
    """Do it for each (逐件处理); where somebody was faster there is nothing left to do."""
    count = 0
    for matter in list(rows.order_by("pk")[:5000]):
        try:
            count += do(matter)
        except Conflict:
            continue
    return count


@transaction.atomic
def _raise(matter: Matter, new: str) -> int:
    """Give a late matter the next grade (超期升级); its due moment stays as it was."""
    was = matter.grade
    claim(matter, None, scope=None, action="escalate", only={"grade": was, "raised": False}, grade=new, raised=True)
    risen(matter, was)
    graded(matter, was, SYSTEM, "late")
    return 1


def close_unrated(day: date) -> int:
    """Close as unrated (未评价办结) what was answered fifteen days ago and not rated since.

    An A stays: somebody must call back, and the leaders close it. Until then it stands in their to-do.
    """
    before = datetime.combine(day - timedelta(days=RATING_DAYS - 1), time(0), clock.LOCAL)
    rows = Matter.objects.filter(state=State.ANSWERED.value, rated="", answered_at__lt=before)
    return _each(rows.exclude(grade="A"), _expire)


@transaction.atomic
def _expire(matter: Matter) -> int:
    here = situation(matter)
    step = find("expire", here)
    if step is None or step.target is None or refusal(step, here) is not None:
        return 0
    finish(matter, step.target, scope=None, action="expire", actor=SYSTEM, reason="unrated", rated="unrated")
    return 1
