"""Spans (时段): a month, a quarter or a year, by a slug that stands in an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from .words import word

_SPAN = re.compile(r"(?P<year>20\d\d)(-(?P<month>0[1-9]|1[0-2])|-Q(?P<quarter>[1-4]))?")


@dataclass(frozen=True)
class Span:
    """A period (时段): its slug, its words, first and last day."""

    slug: str
    word: str
    first: date
    last: date

    @property
    def short(self) -> str:
        """Its word under a chart (简称), without the year where the month says enough."""
        return self.word.partition(word(" 年"))[2].strip() or f"{self.first.year}"

    @property
    def period(self) -> str:
        """What it is (时段类别): a `month`, a `quarter` or a `year`."""
        return "year" if len(self.slug) == 4 else "quarter" if "Q" in self.slug else "month"

    @property
    def before(self) -> Span:
        """The period of the same length before it (上一时段)."""
        day = self.first - timedelta(days=1)
        return span(f"{day:%Y}" if len(self.slug) == 4 else f"{day:%Y}-Q{(day.month + 2) // 3}" if "Q" in self.slug
                    else f"{day:%Y-%m}")


def span(slug: str) -> Span:
    """Return a month, quarter or year (时段). Raises ValueError.

    >>> span("2026-Q4").word, span("2026-Q4").last, span("2026-01").before.word, span("2026").before.slug
    ('2026 年第四季度', datetime.date(2026, 12, 31), '2025 年 12 月', '2025')
    """
    found = _SPAN.fullmatch(slug)
    if found is None:
        raise ValueError(slug)
    year, months = int(found["year"]), 12
    month, said = 1, word("%(year)s 年") % {"year": year}
    if found["month"]:
        month, months = int(found["month"]), 1
        said = word("%(year)s 年 %(month)s 月") % {"year": year, "month": month}
    elif found["quarter"]:
        turn = int(found["quarter"])
        month, months = 3 * turn - 2, 3
        said = word("%(year)s 年第%(quarter)s季度") % {"year": year, "quarter": word("一二三四")[turn - 1]}
    after = year * 12 + month - 1 + months
    return Span(slug, said, date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(days=1))


def span_of(first: date, last: date) -> Span:
    """Return the month, quarter or year from a day to a day (起止对应的时段). Raises ValueError.

    >>> span_of(date(2026, 10, 1), date(2026, 12, 31)).slug, span_of(date(2026, 2, 1), date(2026, 2, 28)).slug
    ('2026-Q4', '2026-02')
    """
    found = next((one for one in containing(first) if (one.first, one.last) == (first, last)), None)
    if found is None:
        raise ValueError((first, last))
    return found


def months(asked: Span) -> list[Span]:
    """Return the months of a period (时段内各月).

    >>> [one.slug for one in months(span("2026-Q1"))]
    ['2026-01', '2026-02', '2026-03']
    """
    return [span(f"{asked.first.year}-{month:02}") for month in range(asked.first.month, asked.last.month + 1)]


def spans(day: date) -> list[Span]:
    """Return the periods to choose from (可选时段): three months, two quarters, two years, the present ones first.

    >>> [one.slug for one in spans(date(2026, 2, 3))]
    ['2026-02', '2026-01', '2025-12', '2026-Q1', '2025-Q4', '2026', '2025']
    """
    found: list[Span] = []
    for slug, many in ((f"{day:%Y-%m}", 3), (f"{day:%Y}-Q{(day.month + 2) // 3}", 2), (f"{day:%Y}", 2)):
        one = span(slug)
        for _turn in range(many):
            found.append(one)
            one = one.before
    return found


def containing(day: date) -> tuple[Span, Span, Span]:
    """Return the month, quarter and year a day lies in (所在时段)."""
    return span(f"{day:%Y-%m}"), span(f"{day:%Y}-Q{(day.month + 2) // 3}"), span(f"{day:%Y}")


def whole_from(day: date) -> tuple[Span, ...]:
    """Return the first month, quarter and year that begin on a day or later (其后最早的整期).

    Rules that are in force from that day on are known in advance by these; what had begun before goes without.

    >>> [one.slug for one in whole_from(date(2026, 9, 1))], [one.slug for one in whole_from(date(2026, 1, 1))]
    (['2026-09', '2026-Q4', '2027'], ['2026-01', '2026-Q1', '2026'])
    """
    return tuple(one if one.first >= day else containing(one.last + timedelta(days=1))[n]
                 for n, one in enumerate(containing(day)))
