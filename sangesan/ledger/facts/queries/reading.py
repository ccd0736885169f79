"""Reads of the ledger (台账查询).

Numbers may be read by whoever computes; a page that shows single facts of the feedback system
asks the door (`foundation.door.open(scope, row.subject)`) before it shows one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import CharField, Exists, F, Func, Max, OuterRef, Q, QuerySet

from sangesan.foundation.append_only import as_bytes

from ..models import Body, Fact, ReactionCursor, ReactionFailure


@dataclass(slots=True)
class Row:
    """A fact as it is read (条目)."""

    id: int
    kind: str
    day: date
    subject: str
    unit: str
    line: str
    actor: str
    occurred_at: datetime
    quantity: int
    content: dict[str, int | str]


def cutoff() -> int:
    """Return an id at or below which every fact is committed (截止编号); 0 when there is none.

    SQLite has one writer at a time, so the greatest id seen is safe. PostgreSQL hands out ids
    before the commit: 12 may be seen while 11 is still in flight. `LOCK … IN SHARE MODE` waits
    until every transaction that has inserted into the table is over and lets none begin; an INSERT
    takes its own lock before it draws its id, so no id at or below the maximum can appear later.
    The lock is released at once when the caller holds no transaction of its own, as it should not.
    Raises OperationalError when a writer does not finish within ten seconds; ask again later.
    """
    if connection.vendor != "postgresql":
        return _greatest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute("LOCK TABLE facts_fact IN SHARE MODE")
        return _greatest()


def entries(*, kinds: Iterable[str] = (), unit_prefix: str = "", days: tuple[date, date] | None = None,
            subject: str = "", subjects: Iterable[str] = (), units: Iterable[str] | None = None,
            upto: int | None = None, include_reversed: bool = False) -> Iterator[Row]:
    """Read facts in the order of their ids (读条目); `days` are from and to, both included.

    `unit_prefix` is a path with all below it, `units` exact paths.
    Facts reversed at or before `upto` are left out, so a later reversal does not change what an
    earlier cutoff gave. Made for a million rows: they are fetched as they are read.
    """
    found = _found(kinds, unit_prefix, days, subject, subjects, upto, include_reversed)
    if units is not None:
        found = found.filter(unit__in=list(units))
    yield from rows_of(found.order_by("pk"))


def rows_of(found: QuerySet[Body]) -> Iterator[Row]:
    """Read bodies as they come (逐条)."""
    for row in found.values_list(*_COLUMNS).iterator(chunk_size=2000):
        yield _row(row)


def standing(*, kinds: Iterable[str], days: tuple[date, date]) -> QuerySet[Body]:
    """Return the bodies of some kinds and days that were not reversed (有效条目)."""
    return _found(kinds, "", days, "", (), None, False)


def count(*, kinds: Iterable[str] = (), unit_prefix: str = "", days: tuple[date, date] | None = None,
          subject: str = "", subjects: Iterable[str] = (), upto: int | None = None,
          include_reversed: bool = False) -> int:
    """Count facts (计数), chosen as in `entries`."""
    return _found(kinds, unit_prefix, days, subject, subjects, upto, include_reversed).count()


def total() -> int:
    """Return how many facts there are (条目总数), erased ones included."""
    return Fact.objects.count()


def history(subject: str) -> list[Row]:
    """Return all that happened to a subject (经过), reversed facts and reversals included."""
    return list(entries(subject=subject, include_reversed=True))


def fact(fact_id: int) -> Row | None:
    """Return one fact (一条); None when it is absent or its body erased."""
    row = Body.objects.filter(pk=fact_id).values_list(*_COLUMNS).first()
    return _row(row) if row else None


def several(ids: Iterable[int]) -> dict[int, Row]:
    """Return facts by their ids (若干条); those absent or erased are missing."""
    rows = Body.objects.filter(pk__in=list(ids)).values_list(*_COLUMNS)
    return {row[0]: _row(row) for row in rows}


def after(cursor_id: int, upto: int, limit: int = 500) -> list[Row]:
    """Return the next facts after an id (后续条目), at most `limit`, for a reaction."""
    found = Body.objects.filter(pk__gt=cursor_id, pk__lte=upto).order_by("pk")[:limit]
    return [_row(row) for row in found.values_list(*_COLUMNS)]


def days_touched(after_id: int, upto: int, kinds: Iterable[str]) -> set[date]:
    """Return the days about which something was recorded or reversed between two ids (有补记的日子)."""
    kinds = list(kinds)
    since = Body.objects.filter(pk__gt=after_id, pk__lte=upto)
    wrong = Body.objects.filter(pk__in=since.filter(reverses__gt=0).values("reverses"), kind__in=kinds)
    return {*since.filter(kind__in=kinds).values_list("day", flat=True), *wrong.values_list("day", flat=True)}


def touched(after_id: int, upto: int, kinds: Iterable[str]) -> list[Row]:
    """Return what was recorded or reversed between two ids (有变动的条目), in the order of the ids."""
    wanted = unindexed(sorted(kinds))
    answers = Body.objects.filter(pk__gt=after_id, pk__lte=upto, reverses__gt=0).values("reverses")
    parts = (wanted.filter(pk__gt=after_id, pk__lte=upto), wanted.filter(pk__in=answers))
    found = {row[0]: row for rows in parts for row in rows.values_list(*_COLUMNS)}
    return [_row(found[one]) for one in sorted(found)]


def paths_after(after_id: int, kinds: Iterable[str]) -> set[str]:
    """Return the unit paths under which something was recorded after an id (新有条目的路径), however much it was."""
    rows = unindexed(sorted(kinds)).filter(pk__gt=after_id).order_by()
    return set(rows.values_list("unit", flat=True).distinct())


def cursor_of(name: str) -> int:
    """Return the id up to which a reaction was offered facts (反应进度)."""
    return ReactionCursor.objects.filter(name=name).values_list("upto", flat=True).first() or 0


def failures() -> QuerySet[ReactionFailure]:
    """Return what reactions set aside (搁置的反应), newest first, for the health page."""
    return ReactionFailure.objects.order_by("-pk")


def under(prefix: str) -> Q:
    """Return the condition "at or below this unit path" (下属单位), in a form an index can serve.

    SQLite's LIKE ignores case and its indexes, so there the prefix is a range of bytes.
    """
    if connection.vendor == "postgresql":
        return Q(unit__startswith=prefix)
    return Q(unit__gte=prefix, unit__lt=prefix[:-1] + chr(ord(prefix[-1]) + 1))


def unindexed(kinds: list[str]) -> QuerySet[Body]:
    """Return the bodies of some kinds (各类条目) without the index of kinds.

    Where something else tells the rows better (a subject, a good part of the whole ledger), SQLite
    would still go through that index, and fetch the rows one by one from all over the file.
    PostgreSQL knows by itself.
    """
    if connection.vendor != "sqlite":
        return Body.objects.filter(kind__in=kinds)
    plain = Func(F("kind"), template="(%(expressions)s || '')", output_field=CharField())
    return Body.objects.annotate(plain=plain).filter(plain__in=kinds)


_COLUMNS = ("pk", "kind", "day", "subject", "unit", "line", "actor", "occurred_at", "quantity", "content")


def _row(row: tuple) -> Row:
    return Row(*row[:-1], content=_content(row[-1]))


def _content(stored: object) -> dict[str, int | str]:
    """Return what a body says (内容), nothing where it was changed into what is none: whoever checks it names it."""
    try:
        found = json.loads(as_bytes(stored))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _greatest() -> int:
    return Fact.objects.aggregate(last=Max("pk"))["last"] or 0


def _found(kinds, unit_prefix, days, subject, subjects, upto, include_reversed) -> QuerySet[Body]:
    """Return the bodies that fit (筛选)."""
    found = Body.objects.all()
    subjects = list(subjects)
    if kinds := list(kinds):
        found = unindexed(kinds) if subject or subjects else found.filter(kind__in=kinds)
    if days:
        found = found.filter(day__gte=days[0], day__lte=days[1])
    if unit_prefix:
        found = found.filter(under(unit_prefix))
    if subject:
        found = found.filter(subject=subject)
    if subjects:
        found = found.filter(subject__in=subjects)
    if upto is not None:
        found = found.filter(pk__lte=upto)
    if not include_reversed:
        answers = Body.objects.filter(reverses__gt=0, reverses=OuterRef("pk"))
        if upto is not None:
            answers = answers.filter(pk__lte=upto)
        found = found.filter(~Exists(answers))
    return found
