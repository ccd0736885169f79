"""Reads of reception days (接待日查询): what is open to book, what stands behind a receipt, what was published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.feedback.matters.queries import Heard as Said
from sangesan.feedback.matters.queries import first_named_each, kept_from_first, masker, unjudged, visible
from sangesan.feedback.speakers.services import find
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.foundation.once.services import now_of
from sangesan.method import reception as rule
from sangesan.method.authority import Action, Role, Scope
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import posts_with

from ..models import Booking, Reception, Visitor

SHOWN = 366
"""Days of published results (公布结果天数)."""


@dataclass(frozen=True)
class Day:
    """A reception day for the public (公开的接待日): when, where, whom, which slots are free."""

    reception: Reception
    free: list[time]
    bookable: bool
    over: bool = False


def upcoming() -> list[Day]:
    """Return the announced days still to come (近期接待日), the nearest first; five queries."""
    today = clock.today()
    rows = Reception.objects.filter(day__gte=today, announced__isnull=False).select_related("post").order_by("day")
    rows = rows.prefetch_related("moves__post")
    return _days(list(rows[:24]), today)


def announced(since: date, until: date) -> list[Reception]:
    """Return the announced days between two days (已公布的接待日), both included."""
    rows = Reception.objects.filter(day__gte=since, day__lte=until, announced__isnull=False)
    return list(rows.select_related("post").order_by("day"))


def open_day(pk: int) -> Day:
    """Return an announced day still to come (可预约的一天). Raises NotFound."""
    today = clock.today()
    rows = Reception.objects.filter(pk=min(pk, 2**63 - 1), day__gte=today, announced__isnull=False)
    found = _days(list(rows.select_related("post")), today)
    if not found:
        raise NotFound(_("没有找到这个接待日"))
    return found[0]


def _days(receptions: Sequence[Reception], today: date) -> list[Day]:
    taken: dict[int, set[time]] = {}
    for row, at in Booking.objects.filter(reception__in=receptions, cancelled=False).values_list("reception", "at"):
        taken.setdefault(row, set()).add(at)
    days = calendar(today, today + timedelta(days=92))
    return [Day(r, [at for at in r.slots if at not in taken.get(r.pk, ())], rule.bookable(r.day, today, days),
                over=r.is_over) for r in receptions]


def booked(code: str) -> Booking | None:
    """Return the booking of a receipt (凭回执查预约), None when there is none or the visitor has been heard."""
    receipt = find(code)
    rows = Booking.objects.filter(receipt=receipt, came=False).select_related("reception__post")
    rows = rows.prefetch_related("reception__moves__post")
    return rows.first() if receipt is not None else None


def promised_to(found: Said) -> date | None:
    """Return by when a visitor was promised a result (接待时的承诺) that is still owed, or None.

    Whatever the first answer was, the result was given; what is over without one owes none.
    """
    if not found.matter.is_open or found.matter.answers.filter(outcome="approved").exists():
        return None
    said = Visitor.objects.filter(said=found.submission.pk, outcome="promised")
    return said.values_list("promised", flat=True).first()


def receptions(scope: Scope) -> QuerySet[Reception]:
    """Return the days a scope sees (可见接待日): of the register, of the leaders, and one's own.

    Of those who were heard it counts the ones that it may see, and on one's own day the ones one heard.
    """
    own = Q(post__code__in=scope.post_codes)
    rows = Reception.objects.filter(Q(unit__in=looking(scope)) | own)
    seen = Q(visitors__said__matter__in=visible(scope).values("pk"))
    seen |= own & Q(visitors__said__matter__in=visible(scope, fresh=True).values("pk"))
    return rows.select_related("post", "unit").annotate(
        heard=Count("visitors", seen, distinct=True),
        booked=Count("bookings", Q(bookings__cancelled=False), distinct=True))


def keeping(scope: Scope) -> frozenset[int]:
    """Return where a scope keeps the record of reception days (可办接待登记的单位).

    The register is not enough: bookings say what somebody will speak of, and a line reads only what is its own.
    """
    return scope.units_for(Action.REGISTER) & scope.units_for(Action.SEE)


def looking(scope: Scope) -> frozenset[int]:
    """Return where a scope sees every reception day (可看接待日的单位): who keeps the record, who supervises."""
    return keeping(scope) | scope.units_for(Action.SUPERVISE)


def reception_for(scope: Scope, pk: int) -> Reception:
    """Fetch a reception day (取接待日); fetching is permission. Raises NotFound."""
    found = receptions(scope).filter(pk=min(pk, 2**63 - 1)).first()
    if found is None:
        raise NotFound()
    return found


def managed(scope: Scope, reception: Reception) -> bool:
    """Return whether a scope keeps its record (可否登记)."""
    return reception.unit_id in keeping(scope)


def hears(scope: Scope, reception: Reception) -> bool:
    """Return whether it is one's own day (本人的接待日): of the leader who receives, and of whoever stands in."""
    return reception.post.code in scope.post_codes


def told_topics(scope: Scope, reception: Reception) -> bool:
    """Return whether a scope is told what they want to speak of (可看想谈什么); the other leaders are not."""
    return managed(scope, reception) or hears(scope, reception)


def receiving(scope: Scope, reception: Reception) -> bool:
    """Return whether visitors are taken down now (可否登记来访): from the day on, until its results are public."""
    return managed(scope, reception) and reception.published is None and reception.day <= clock.today()


def bookings(scope: Scope, reception: Reception) -> list[Booking]:
    """Return who has booked (预约), by time; never who it is, and of the topic nothing that says so.

    No other leader reads a topic, nor whom it names: the leader who receives may be the one it is about. Who was
    taken down is told to whoever does it alone: of whose words there is no line in the record, something is hidden.
    """
    rows, cover = list(reception.bookings.filter(cancelled=False).order_by("at")), masker()
    if not told_topics(scope, reception):
        for row in rows:
            row.topic = ""
    for row, named in zip(rows, first_named_each(row.topic for row in rows), strict=True):
        row.topic = "" if scope.selves & {one.person_id for one in named} else cover(row.topic)
        row.taken = row.came and managed(scope, reception)
    return rows


def announceable(scope: Scope, reception: Reception) -> bool:
    """Return whether a day may still be announced (可否公布接待日)."""
    return managed(scope, reception) and reception.announced is None and reception.day > clock.today()


def movable(scope: Scope, reception: Reception) -> bool:
    """Return whether a day may still be moved (可否改期): nobody was heard, and it has not gone by."""
    open_ = managed(scope, reception) and reception.published is None and reception.day >= clock.today()
    return open_ and not reception.visitors.exists()


def publishable(scope: Scope, reception: Reception) -> bool:
    """Return whether its results may be made public (可否公布结果): nobody is to come any more."""
    ended = rule.over(reception.day, reception.spans, clock.local(clock.now()))
    return ended and receiving(scope, reception) and reception.announced is not None


@dataclass(frozen=True)
class Heard:
    """A visitor in the record (接待记录): the matter where the scope sees or heard it; who sees it opens it."""

    visitor: Visitor
    matter: object | None
    opens: bool = True


def visitors(scope: Scope, reception: Reception) -> list[Heard]:
    """Return whom the leader heard (来访人), two queries; what one may not see is not there.

    Whoever keeps the record sees a line without words, for each needs a result before they are made public. The
    leader whose day it is heard them, and waits for triage only to open the matter.
    """
    rows = list(reception.visitors.select_related("said__matter", "booking").order_by("pk"))
    keys = [v.said.matter_id for v in rows]
    seen = set(visible(scope).filter(pk__in=keys).values_list("pk", flat=True))
    known = seen
    if hears(scope, reception):
        known = set(visible(scope, fresh=True).filter(pk__in=keys).values_list("pk", flat=True))
    return [Heard(v, v.said.matter if v.said.matter_id in known else None, v.said.matter_id in seen) for v in rows
            if v.said.matter_id in known or managed(scope, reception)]


def leaders() -> list[Post]:
    """Return whose turn it may be (接待领导), heads first."""
    return sorted(posts_with([Role.LEADER], clock.today()), key=lambda post: (not post.head, post.code))


def results() -> list[rule.Told]:
    """Return what was published (接待结果公布), without names, and nothing about fewer than five voices.

    Nothing that is kept from one of those who read the record of the day: there it would be missing. What nobody has
    judged yet follows once it is.
    """
    rows = Reception.objects.filter(published__isnull=False, day__gte=clock.today() - timedelta(days=SHOWN))
    rows = list(rows.select_related("post").prefetch_related("visitors__said__matter"))
    keys = [v.said.matter_id for r in rows for v in r.visitors.all()]
    kept = kept_from_first(keys) | unjudged(keys)
    heard = {r.pk: [v for v in r.visitors.all() if v.said.matter_id not in kept] for r in rows}
    return rule.published((r, r.day, [v.said.mode for v in heard[r.pk]], _shuffled(heard[r.pk])) for r in rows)


def _shuffled(visitors: Sequence[Visitor]) -> list[Visitor]:
    """Return visitors in an order that tells nothing (打乱顺序)."""
    return sorted((v for v in visitors if v.result), key=lambda v: (v.said.matter.category, v.result))


def footing(reception: int) -> Callable[[], str]:
    """Return what tells how a day and its results stand (接待日现状): both are changed, and changed back."""
    return now_of(Reception.objects.filter(pk=reception), Visitor.objects.filter(reception=reception))
