"""A handbook (一册): its sections with what fills them, and what is missing with who owes it.

Nothing is kept here: a book is a view of facts and of the words that belong to them. Words and
numbers of a subject stand in it only when its door opens for the reader.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sangesan.appraisal.rules.queries import switched_off
from sangesan.foundation import clock, door
from sangesan.foundation.errors import NotFound
from sangesan.ledger.evidence.queries import words_of
from sangesan.ledger.facts.queries import Row, begun, entries, roots, seals
from sangesan.ledger.facts.queries.proving import Root
from sangesan.method import books, disclosure
from sangesan.method.authority import Scope
from sangesan.method.facts import term
from sangesan.organization.units.models import Line as Side
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import covered

from ..models import Scan
from .access import branches, heard, seen_on
from .ground import beside, ground
from .measured import Measure, measured
from .posts import held
from .scans import scans_of
from .wording import Wording

EARLIEST, RESULTS = 2000, "results"
HEARD = "matter."
"""Begins the kinds of facts that tell of what somebody said (反映条目)."""


@dataclass(frozen=True)
class Line:
    """An entry (一条): what happened when; its words and address only when the door opened."""

    day: date
    word: str
    url: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A section as it stands (一篇): entries, or only numbers of them, and what is missing; `shut` says that the
    numbers are of matters the reader may not read.
    """

    section: books.Section
    lines: list[Line]
    numbers: list[tuple[str, int | None]]
    gaps: list[books.Gap]
    scans: list[Scan]
    measures: list[Measure]
    shut: bool = False


@dataclass(frozen=True)
class Book:
    """A handbook of a branch and a year (一册); what is missing counts in whole months from `since` on."""

    slug: str
    title: str
    unit: Unit
    covers: list[Unit]
    year: int
    since: date
    parts: list[Part]
    roots: list[Root]
    scans: list[Scan]

    @property
    def missing(self) -> list[Part]:
        """The sections in which something is missing (缺项)."""
        return [part for part in self.parts if part.gaps]


def book_for(scope: Scope, code: str, slug: str, year: int) -> Book:
    """Return a handbook that the scope may read, else NotFound (按权限取手册)."""
    unit = next((one for one in branches(scope) if one.code == code), None)
    if unit is None or slug not in books.KEPT[unit.line] or not EARLIEST <= year <= clock.today().year:
        raise NotFound(_("没有找到这本手册"))
    today, parts = clock.today(), books.sections(slug)
    below = covered(unit.pk, seen_on(unit))
    rows = rows_of(unit, {kind for one in parts for kind in one.kinds}, year, slug)
    filled = books.placed(parts, rows)
    since = max(unit.opened, begun() or today)
    over, first = books.months_due(year, min(today, unit.closed or today)), books.first_due(year, since)
    scans = scans_of(unit, slug, year)
    covers = list(Unit.objects.filter(pk__in=below))
    lines = told(scope, [row for one in parts if not one.counted for row in filled[one.slug]],
                 {unit.code, *(one.code for one in covers)})
    read = heard(scope, unit)
    (measures, results), off = measured(unit, slug, year), switched_off()
    parts = [one for one in parts if filled[one.slug] or one.slug in measures
             or any(scan.section == one.slug for scan in scans) or one.asked not in off]
    posted = [Line(one.run.until, one.word, f"/w/results/{one.run.pk}/{unit.code}/", ()) for one in results]
    serving = {one.slug: [Line(row.day, row.post, "", (row.said,)) for row in held(unit, year, one.posts)]
               for one in parts if one.posts}
    return Book(slug, books.BOOKS[slug], unit, covers, year, since, [
        Part(one, [] if one.counted else [*(posted if one.slug == RESULTS else ()), *serving.get(one.slug, ()),
                                          *(lines[row.id] for row in filled[one.slug])],
             counted(filled[one.slug], read) if one.counted else [], books.gaps(one, filled[one.slug], over, first),
             [scan for scan in scans if scan.section == one.slug], measures.get(one.slug, []),
             one.counted and shut_to(read, one.kinds))
        for one in parts
    ], _last_roots(year), [scan for scan in scans if not scan.section])


def rows_of(unit: Unit, kinds: set[str], year: int, slug: str = "") -> list[Row]:
    """Return the facts of a branch and what it covers in a year (本支部台账), in their order.

    In the union's book stands too what the workshop union did: it is kept once, and both their books show it.
    """
    others = beside(unit, Side.UNION, min(seen_on(unit), date(year, 12, 31))) if slug == Side.UNION else []
    found = {row.id: row for one in (unit, *others) for path, days in ground(one, year)
             for row in entries(kinds=kinds, unit_prefix=path, days=days)}
    for row in found.values():
        row.content.setdefault("line", row.line)
    return sorted(found.values(), key=lambda row: (row.day, row.id))


def counted(rows: list[Row], read: bool) -> list[tuple[str, int | None]]:
    """Return how often each thing happened (件数); of too few matters nothing is said, and of what weighs nothing:
    it may be kept from a reader of the book, to whom one more than may be seen would tell of it.

    Of matters nothing at all to whoever does not `read` them: a number of five, four of them invented, tells of one.
    """
    rows = [row for row in rows if not row.subject.startswith("matters/") or (read and row.quantity)]
    behind = len({row.subject for row in rows})
    counts = Counter(row.kind for row in rows)
    return [(term(kind), disclosure.cell(n, behind)) for kind, n in sorted(counts.items())]


def shut_to(read: bool, kinds: Iterable[str]) -> bool:
    """Return whether numbers of such facts are shut (件数不列) to whoever may not read matters; help is no matter."""
    return not read and any(kind.startswith(HEARD) for kind in kinds)


def told(scope: Scope, rows: list[Row], home: Collection[str]) -> dict[int, Line]:
    """Return facts as the book of some units shows them (入册文字), the doors of all subjects asked at once."""
    opened = door.opened(scope, {row.subject for row in rows})
    digests = {str(row.content["words"]) for row in rows if row.subject in opened and "words" in row.content}
    texts, wording = words_of(digests), Wording(scope, rows, home)
    return {row.id: Line(row.day, wording.of(row), f"/w/{row.subject}/" if row.subject in opened else "",
                         tuple(_lines(texts.get(str(row.content.get("words", "")), "")))) for row in rows}


def _lines(text: str) -> list[str]:
    """Return finished words as lines (佐证文字): minutes are kept as parts, all else as plain text."""
    try:
        kept = json.loads(text)
    except ValueError:
        kept = None
    if isinstance(kept, dict) and isinstance(kept.get("parts"), list):
        return [str(part["text"]) for part in kept["parts"] if isinstance(part, dict) and part.get("text")]
    return [] if kept is not None and not isinstance(kept, str) else [one for one in text.split("\n") if one.strip()]


def _last_roots(year: int) -> list[Root]:
    """Return the seals of the last sealed day of a year (台账封存)."""
    last = seals().filter(day__year=year).order_by("-number").first()
    return roots(last.day) if last else []
