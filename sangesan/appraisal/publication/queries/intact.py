"""Whether publications, objections and rulings are as the ledger says (公布、异议、裁定核对).

The time for objections is reckoned from a publication, and whether a result is final from objections and rulings.
What was slipped in has no fact; of what was taken away the fact is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sangesan.ledger.facts.queries import Row, entries, several

from ..models import Appeal, Publication, Ruling

APART = timedelta(minutes=1)
"""Row and fact are written in one transaction, a second apart at the most (相差)."""
PUBLISHED, FILED, DECIDED = "result.published", "objection.filed", "objection.decided"


def altered(found: Publication) -> bool:
    """Return whether a publication is dated otherwise than its fact (公布时间被改动), or has none."""
    told = entries(kinds=[PUBLISHED], subject=found.run.subject)
    return not any(_at(found.published_at, row) for row in told)


def altered_publications() -> Iterator[Publication]:
    """Return the publications that are not as the ledger says (被改动的公布)."""
    return (one for one in Publication.objects.select_related("run").order_by("pk").iterator() if altered(one))


def altered_appeals() -> Iterator[Appeal]:
    """Return the objections that say something else than their facts, or whose rulings do (被改动的异议、裁定)."""
    rows = list(Appeal.objects.select_related("unit", "ruling").order_by("pk"))
    told = several(one.record for row in rows for one in (row, _ruling(row)) if one)
    return (row for row in rows if _differs(row, told.get(row.record)) or (
        (ruling := _ruling(row)) is not None and _turned(row, ruling, told.get(ruling.record))))


def lost() -> Iterator[Row]:
    """Return the facts whose publication, objection or ruling is not there any more (不见了的公布、异议、裁定)."""
    runs = set(Publication.objects.values_list("run", flat=True))
    yield from (row for row in entries(kinds=[PUBLISHED]) if row.content.get("run") not in runs)
    there = {FILED: set(Appeal.objects.values_list("record", flat=True)),
             DECIDED: set(Ruling.objects.values_list("record", flat=True))}
    yield from (row for row in entries(kinds=there) if row.id not in there[row.kind])


def _ruling(row: Appeal) -> Ruling | None:
    return getattr(row, "ruling", None)


def _at(moment: datetime, row: Row) -> bool:
    return abs(moment - row.occurred_at) <= APART


def _differs(row: Appeal, told: Row | None) -> bool:
    """Return whether a fact says something else than an objection (异议不符)."""
    said = told.content if told else {}
    return (told is None or (told.kind, told.subject) != (FILED, row.subject) or not _at(row.filed_at, told)
            or told.unit.rstrip("/").rpartition("/")[2] != row.unit.code
            or (said.get("run"), said.get("indicator"), said.get("about", 0)) != (row.run_id, row.indicator, row.about))


def _turned(row: Appeal, ruling: Ruling, told: Row | None) -> bool:
    """Return whether a fact says something else than a ruling (裁定不符)."""
    return (told is None or (told.kind, told.subject) != (DECIDED, row.subject) or not _at(ruling.decided_at, told)
            or told.content.get("upheld") != int(ruling.upheld))
