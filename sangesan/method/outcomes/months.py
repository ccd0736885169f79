"""Months (按月): what was said of few people or matters, told by whole months that are over, and added up from them.

Were a quarter counted anew, the quarter less two months would tell the third, of which nothing may be
said; were the running month told, one day less the day before would tell what one day brought. So a
month is told once, when it is over, and a longer time is what its months say and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from ..disclosure import rate
from ..spans import Span, months
from .measures import Measure
from .numbers import Number, Told, measured, number, shown

SETTLED = 3
"""From this day of the next month on a month is told (公布日): by then its last answers are recorded."""


def over(span: Span, today: date) -> list[str]:
    """Return the months of a span that may be told (已满月份).

    >>> from ..spans import span
    >>> over(span("2026-Q4"), date(2026, 12, 2)), over(span("2026-Q4"), date(2026, 12, 3))
    (['2026-10'], ['2026-10', '2026-11'])
    """
    return [one.slug for one in months(span) if one.last + timedelta(days=SETTLED) <= today]


def whole(measure: Measure, told: Iterable[Told], span: Span, today: date) -> Number:
    """Return what is said of a span (时段的数)."""
    if not measure.few:
        return number(measure, measured(measure, told))
    by_month, known = _by_month(told), over(span, today)
    return _added(measure, [number(measure, measured(measure, by_month.get(one.slug, ())))
                            if one.slug in known else Number(None) for one in months(span)])


def places(measure: Measure, told: Mapping[str, Iterable[Told]], span: Span, today: date) -> dict[str, Number]:
    """Return what is said of units (各单位的数), of those with something to count."""
    if not measure.few:
        counted = {code: measured(measure, rows) for code, rows in told.items()}
        return shown(measure, {code: one for code, one in counted.items() if one.good or one.of})
    split = {code: _by_month(rows) for code, rows in told.items()}
    found: dict[str, list[Number]] = {}
    for month in over(span, today):
        counted = {code: measured(measure, rows.get(month, ())) for code, rows in split.items()}
        for code, one in shown(measure, {code: one for code, one in counted.items() if one.good or one.of}).items():
            found.setdefault(code, []).append(one)
    return {code: _added(measure, numbers) for code, numbers in found.items()}


def _by_month(told: Iterable[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for one in told:
        found.setdefault(one.month, []).append(one)
    return found


def _added(measure: Measure, numbers: list[Number]) -> Number:
    """Add up what months say (各月相加); nothing where none says anything, or only that there was nothing."""
    known = [one for one in numbers if one.good is not None]
    good, of = sum(one.good or 0 for one in known), sum(one.of or 0 for one in known)
    if not known or len(known) < len(numbers) and not (good or of):
        return Number(None)
    return Number(good, of, rate(good, of, measure.least)) if measure.of else Number(good)
