"""Facts in columns (成列读取), for whoever reads millions of them at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

import numpy as np
from django.db import connection
from django.db.models import Q, QuerySet

from sangesan.method.columns import EMPTY, Columns, Words, joined

from ..models import Body
from .reading import unindexed

PORTION, SCANNED = 50_000, 10
"""How many rows are fetched at once, and from which part of the ledger on it is read from end to end (通读)."""
_ASKED = ("pk", "subject", "unit", "line", "actor", "quantity", "kind", "content")


def columns(words: Words, *, kinds: Iterable[str], asking: Mapping[str, Sequence[str]], upto: int,
            days: tuple[date, date] | None = None, but: tuple[date, date] | None = None,
            subjects: Sequence[str] = (), units: Sequence[str] | None = None, actors: Sequence[str] | None = None,
            apart: tuple[Sequence[str], tuple[date, date]] | None = None) -> Columns:
    """Read facts as columns (成列读取), the same that `entries` would give; `asking` are the fields asked of a kind.

    `but` leaves out the days of a span, `apart` those of some units only, `units` are exact paths. Numbers are those
    of `words`, which grows.
    """
    if units is not None and not units or actors is not None and not actors:
        return EMPTY
    few = bool(subjects) or units is not None or actors is not None
    found = _of_kinds(list(kinds), days, few, upto).filter(pk__lte=upto)
    if days:
        found = found.filter(day__gte=days[0], day__lte=days[1])
    if but:
        found = found.filter(Q(day__lt=but[0]) | Q(day__gt=but[1]))
    if apart:
        found = found.exclude(unit__in=list(apart[0]), day__gte=apart[1][0], day__lte=apart[1][1])
    if subjects:
        found = found.filter(subject__in=list(subjects))
    if units is not None:
        found = found.filter(unit__in=list(units))
    if actors is not None:
        found = found.filter(actor__in=list(actors))
    asked = {kind: [_pattern(name) for name in names] for kind, names in asking.items()}
    parts = [_numbered(words, rows, asked) for rows in _portions(found.order_by().values_list(*_ASKED))]
    whole = joined(parts) if parts else EMPTY
    wrong = _reversed(whole.ids if few and len(whole) < PORTION else None, upto)
    return whole.where(~np.isin(whole.ids, wrong)) if len(wrong) else whole


def _reversed(ids: np.ndarray | None, upto: int) -> np.ndarray:
    """Return which facts were reversed (已冲正的), of some or of all; numbers are written into the question."""
    if ids is None:
        answers = Body.objects.filter(reverses__gt=0, pk__lte=upto)
        return np.fromiter(answers.values_list("reverses", flat=True), np.int64)
    if not len(ids):
        return ids
    with connection.cursor() as cursor:
        cursor.execute("SELECT reverses FROM facts_body WHERE reverses > 0 AND fact_id <= %s AND reverses IN ("  # noqa: S608
                       + ",".join(map(str, ids.tolist())) + ")", [upto])
        return np.array([one for (one,) in cursor.fetchall()], np.int64)


def _of_kinds(kinds: list[str], days: tuple[date, date] | None, few: bool, upto: int) -> QuerySet[Body]:
    """Return the bodies of some kinds (各类条目), read from end to end where a good part of them is wanted."""
    found = Body.objects.filter(kind__in=kinds)
    if few or (days and found.filter(day__gte=days[0], day__lte=days[1]).count() * SCANNED >= upto):
        return unindexed(kinds)
    return found


def _numbered(words: Words, rows: Sequence[tuple], asked: Mapping[str, Sequence[re.Pattern]]) -> Columns:
    ids, subject, path, line, actor, quantity, kind, content = zip(*rows, strict=True)
    forms = [(k, *[found and found[1] for found in [name.search(body) for name in asked[k]]]) if k in asked else (k,)
             for k, body in zip(kind, content, strict=True)]
    return Columns(np.array(ids, np.int64), words.subjects.of(subject), words.paths.of(path), words.lines.of(line),
                   words.actors.of(actor), words.asked.of(forms), np.array(quantity, np.int64))


def _pattern(name: str) -> re.Pattern:
    """Return what finds a field in a body's bytes (取字段), as they are written: parsing each whole takes longer.

    A quotation mark inside a word is escaped, so a name in quotation marks before a colon is a name.
    """
    return re.compile(rb'"%s":("(?:[^"\\]|\\.)*"|-?\d+)' % re.escape(name.encode()))


def _portions(found: QuerySet) -> Iterator[list[tuple]]:
    """Fetch rows in portions (分批取), without turning each into an object first."""
    statement, given = found.query.sql_with_params()
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, given)
        while rows := cursor.fetchmany(PORTION):
            yield rows
