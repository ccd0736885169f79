"""Planning (生成): duties of an origin that recurs, made from its bearers and its dates, as often as one likes.

Only what has not opened yet is ever taken away or given other times; past duties are never touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.method.facts import SYSTEM

from ..models import Bearer, Duty, Happening, Making, Origin
from ..queries.standing import settled
from .settling import cancel

PIECE = 40_000
"""So many duties are made in one transaction: others write in between."""


@dataclass(frozen=True)
class Target:
    """For whom duties are made (承担者): a unit in a line, perhaps with a post and a counterpart."""

    unit: int
    line: str
    path: str
    post: int | None = None
    counterpart: int = 0
    until: date | None = None

    @property
    def key(self) -> tuple[int, str, int]:
        return self.unit, self.line, self.counterpart


@dataclass(frozen=True)
class Time:
    """One date of an origin in moments (一次应办)."""

    nominal: date
    day: date
    opens: datetime
    due: datetime
    closes: datetime
    provisional: bool


def digest(targets: Iterable[Target]) -> str:
    """Return what tells one set of bearers from another (承担者摘要)."""
    said = "\n".join(sorted(repr((t.unit, t.line, t.path, t.post, t.counterpart, t.until)) for t in targets))
    return sha256(said.encode()).hexdigest()


def make(origin: Origin, times: Sequence[Time], since: date | None = None) -> int:
    """Make the duties of an origin (生成应办) at some times for all its bearers; returns how many are new.

    With `since` only for bearers that came on that day.
    """
    bearers = Bearer.objects.filter(origin=origin, **({"since": since} if since else {})).count()
    size = max(1, PIECE // max(bearers, 1))
    return sum(_insert(origin, times[place:place + size], since) for place in range(0, len(times), size))


@transaction.atomic
def _insert(origin: Origin, times: Sequence[Time], since: date | None) -> int:
    marks = ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(times))
    moment, day = connection.ops.adapt_datetimefield_value, connection.ops.adapt_datefield_value
    values = [value for t in times for value in (
        day(t.nominal), day(t.day), moment(t.opens), moment(t.due), moment(t.closes), t.provisional)]
    sql = f"""
        INSERT INTO duties_duty (origin_id, unit_id, line, post_id, counterpart, nominal, opens, due, closes, path,
                                 provisional)
        WITH o(nominal, day, opens, due, closes, provisional) AS (VALUES {marks})
        SELECT b.origin_id, b.unit_id, b.line, b.post_id, b.counterpart, o.nominal, o.opens, o.due, o.closes, b.path,
               o.provisional
        FROM o CROSS JOIN duties_bearer b
        WHERE b.origin_id = %s AND o.nominal >= b.since AND (b.until IS NULL OR o.day < b.until)
          {"AND b.since = %s" if since else ""}
        ORDER BY o.nominal, b.unit_id
        ON CONFLICT DO NOTHING
    """  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, origin.pk, *([day(since)] if since else [])])
        return max(cursor.rowcount, 0)


@transaction.atomic
def bear(origin: Origin, targets: Sequence[Target], day: date) -> bool:
    """Set who bears an origin's duties from a day on (调整承担单位); returns whether somebody is new.

    Those gone lose what has not opened; what is open falls away, with its fact, and so does what a month
    or a quarter would still have left time for. Another path or post goes into what is still to come.
    """
    there = {(b.unit_id, b.line, b.counterpart): b for b in Bearer.objects.filter(origin=origin)}
    wanted = {target.key: target for target in targets}
    gone, ends = [bearer for key, bearer in there.items() if key not in wanted], _begin(day)
    for bearer in gone:
        drop(_of(bearer).filter(Q(nominal__gte=day) | Q(due__gte=ends)), why="unit_closed")
    Bearer.objects.filter(pk__in=[bearer.pk for bearer in gone]).delete()
    for key in there.keys() & wanted.keys():
        _adjust(there[key], wanted[key], day)
    new = [t for key, t in wanted.items() if key not in there]
    Bearer.objects.bulk_create([
        Bearer(origin=origin, unit_id=t.unit, line=t.line, post_id=t.post, counterpart=t.counterpart, path=t.path,
               since=day, until=t.until) for t in new], batch_size=2000)
    return bool(new)


def _adjust(bearer: Bearer, target: Target, day: date) -> None:
    if (bearer.path, bearer.post_id, bearer.until) == (target.path, target.post, target.until):
        return
    Bearer.objects.filter(pk=bearer.pk).update(path=target.path, post=target.post, until=target.until)
    _of(bearer).filter(nominal__gte=day, opens__gt=clock.now()).update(path=target.path, post=target.post)
    if target.until:
        drop(_of(bearer).filter(due__gte=_begin(target.until)), why="unit_closed")


def drop(rows: QuerySet[Duty], *, why: str) -> tuple[int, int]:
    """Take away what has not opened and lived yet, cancel what is open (撤下): how many of each."""
    lived = Exists(Happening.objects.filter(duty=OuterRef("pk")))
    coming = rows.filter(~lived, opens__gt=clock.now())
    gone = coming.count()
    coming._raw_delete(coming.db)
    rest = list(rows.filter(Q(closes__gte=clock.now())).exclude(settled()).select_related("origin"))
    for duty in rest:
        with suppress(Conflict):  # settled at this very moment, it stays so
            cancel(duty=duty, actor=SYSTEM, why=why)
    return gone, len(rest)


@transaction.atomic
def retime(origin: Origin, times: Sequence[Time], since: date) -> int:
    """Give provisional duties from a nominal date on their certain times (核定后校准); returns how many are new.

    Dates that fell away are taken back, dates that came in are made.
    """
    rows = Duty.objects.filter(origin=origin, nominal__gte=since, opens__gt=clock.now())
    last = max((t.nominal for t in times), default=since)
    there = set(rows.filter(nominal__lte=last).values_list("nominal", flat=True).distinct())
    for t in times:
        if t.nominal in there:
            rows.filter(nominal=t.nominal, provisional=True).update(
                opens=t.opens, due=t.due, closes=t.closes, provisional=t.provisional)
    kept = {t.nominal for t in times}
    for nominal in there - kept:
        drop(rows.filter(nominal=nominal, provisional=True), why="holiday")
    new = [t for t in times if t.nominal not in there]
    return make(origin, new)


def note_made(origin: Origin, *, upto: date, bearers: str, provisional_since: date | None) -> None:
    """Note how far duties are made (记生成进度)."""
    Making.objects.update_or_create(origin=origin, defaults={
        "upto": upto, "bearers": bearers, "provisional_since": provisional_since})


def _begin(day: date) -> datetime:
    """Return when a day begins (零点)."""
    return datetime.combine(day, datetime.min.time(), clock.LOCAL)


def _of(bearer: Bearer) -> QuerySet[Duty]:
    return Duty.objects.filter(origin=bearer.origin_id, unit=bearer.unit_id, line=bearer.line,
                               counterpart=bearer.counterpart)
