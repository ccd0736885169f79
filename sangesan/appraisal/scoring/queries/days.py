"""Daily results as a period reads them (各日结果): what stands for each day at a cutoff, and the fact that says so.

That a day was assessed is a fact with the run it made, so a mean of days can be reckoned again at any time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sangesan.ledger.facts.queries import Row, entries
from sangesan.method.statement import Indicator

from .daily import finals_of
from .reading import batched

ASSESSED = "day.assessed"
AT_ONCE = 31
"""The results of so many days are read at once (一次读取天数)."""
Days = dict[str, list[tuple[int, int]]]


def asked(indicators: Iterable[Indicator]) -> bool:
    """Return whether any of some indicators is a mean of days (是否用日结果平均)."""
    return any(one.method == "days" for one in indicators)


def about(rows: Iterable[Row], since: date, until: date) -> list[Row]:
    """Return the facts that a day of a period was assessed (本期各日核算)."""
    return [row for row in rows if row.kind == ASSESSED and since <= of_day(row) <= until]


def of_day(row: Row) -> date:
    """Return the day an assessment was about (所核之日)."""
    return date.fromisoformat(str(row.content["of_day"]))


def finals(since: date, until: date, upto: int, units: Collection[str] | None = None,
           only: Collection[date] | None = None) -> Days:
    """Return the daily results of units (各日得分), as (fact, final) in the order of the days; of some days only.

    The fact is the one since which the result stands: a day that is assessed again moves those units alone
    whose result it changes.
    """
    there: dict[date, dict[str, tuple[int, int]]] = {}
    rows = [row for row in about(entries(kinds=[ASSESSED], days=(since, date.max), upto=upto), since, until)
            if only is None or of_day(row) in only]
    for some in batched(rows, AT_ONCE):
        told = finals_of([int(row.content["run"]) for row in some], units)
        for row in some:
            before = there.get(of_day(row), {})
            there[of_day(row)] = {
                code: before[code] if code in before and before[code][1] == final else (row.id, final)
                for code, final in told[int(row.content["run"])]}
    found: Days = {}
    for _day, results in sorted(there.items()):
        for code, one in results.items():
            found.setdefault(code, []).append(one)
    return found


def moved(before: int, upto: int, rows: Iterable[Row], since: date, until: date) -> set[str]:
    """Return the units whose daily results these facts changed (日结果有变动的单位) between two cutoffs."""
    days = {of_day(row) for row in about(rows, since, until)}
    if not days:
        return set()
    was, now = (finals(since, until, cutoff, only=days) for cutoff in (before, upto))
    return {code for code in {*was, *now} if was.get(code) != now.get(code)}
