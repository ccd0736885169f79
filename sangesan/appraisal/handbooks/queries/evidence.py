"""Evidence by indicator (按指标佐证): for whoever inspects, each indicator of the rules with the facts that feed it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sangesan.appraisal.rules import queries as rules
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import Row
from sangesan.method import books
from sangesan.method.authority import Scope
from sangesan.organization.units.models import Unit

from .access import heard
from .reading import HEARD, Book, book_for, counted, rows_of, shut_to, told
from .setting import numbers_said, signs


def evidence_for(scope: Scope, code: str, year: int, trace: str = "") -> dict[str, Any]:
    """Return the evidence of a branch and year, set for paper as a book is (按指标佐证).

    Facts of what workers said are counted and never told; of fewer than five nothing is said.
    """
    book = book_for(scope, code, "union", year)
    version = rules.in_force(rules.PERIOD, min(clock.today(), date(year, 12, 31)))
    tallies = {one.code: one.tallies for one in version.indicators} if version else {}
    placed = rules.placed(version.pk) if version else []
    rows = rows_of(book.unit, {tally.kind for some in tallies.values() for tally in some}, year)
    words = told(scope, [row for row in rows if not _heard(row)],
                 {book.unit.code, *(one.code for one in book.covers)})
    parts, read = [], heard(scope, book.unit)
    for number, one in enumerate(placed, start=1):
        fed = [row for row in rows if any(tally.matches(row) for tally in tallies[one.code])]
        seen = [[words[row.id].day.isoformat(), words[row.id].word, "\n".join(words[row.id].words)]
                for row in fed if row.id in words]
        shut = shut_to(read, (tally.kind for tally in tallies[one.code]))
        seen += numbers_said(counted([row for row in fed if _heard(row)], read), shut)
        parts.append({
            "word": f"{number}. {one.name}", "rule": one.standard or "--", "frequency": _("%s 分") % one.worth,
            "how": _place(one.book, one.section), "owner": one.lead or "--", "rows": seen, "gaps": [], "pictures": []})
    return _sheet(book, version.name if version else _("没有施行中的考核办法"), parts, trace)


def _heard(row: Row) -> bool:
    """Return whether a fact tells of what somebody said (是否涉及反映)."""
    return row.kind.startswith(HEARD)


def _place(book: str, section: str) -> str:
    found = books.section(book, section)
    return f"{books.BOOKS[book]} · {found.word}" if found else "--"


def _sheet(book: Book, rule: str, parts: list[dict[str, Any]], trace: str) -> dict[str, Any]:
    return {
        "title": _("按指标佐证"), "unit": book.unit.name, "year": _("%d 年度") % book.year, "leaf": False,
        "covers": "、".join(unit.name for unit in book.covers), "made": f"{clock.today():%Y-%m-%d}", "trace": trace,
        "labels": [_("标准"), _("分值"), _("入册"), _("牵头")],
        "note": _("依据%s；每项指标下列出计入的台账条目。") % rule,
        "parts": parts, "roots": [f"{root.day.isoformat()} {_('第')} {root.number} {_('封')} {' '.join(root.groups)}"
                                  for root in book.roots],
        "pictures": [], "signs": signs(),
    }


def lacking(scope: Scope, unit: Unit, year: int) -> list[list[str]]:
    """Return what is missing in the three books of a branch (缺项清单): book, section, when, whose duty, what to do."""
    rows = []
    for slug in books.KEPT[unit.line]:
        title = books.BOOKS[slug]
        for part in book_for(scope, unit.code, slug, year).parts:
            rows += [[unit.name, title, part.section.word, gap.word, gap.owner, part.section.steps]
                     for gap in part.gaps]
    return rows
