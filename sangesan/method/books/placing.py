"""Placing facts in sections (入册): one fact fills every section that names its kind; what is missing is listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from ..statement import says
from .section import Section


class Entry(Protocol):
    """A fact as a book reads it (入册条目)."""

    @property
    def kind(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def content(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True)
class Gap:
    """What is missing in a section (缺项): the months it would have to stand in, and who owes it."""

    since: int
    until: int
    owner: str

    @property
    def word(self) -> str:
        return f"{self.since} 月" if self.since == self.until else f"{self.since} 月至 {self.until} 月"


def fits(one: Section, entry: Entry) -> bool:
    """Return whether a fact belongs to a section (是否属本篇)."""
    return entry.kind in one.kinds and all(
        says(entry.content.get(name), wanted) for name, wanted in one.where.items())


def placed(parts: Sequence[Section], entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the facts of each section (各篇条目), by its slug."""
    found: dict[str, list[Entry]] = {one.slug: [] for one in parts}
    for entry in entries:
        for one in parts:
            if fits(one, entry):
                found[one.slug].append(entry)
    return found


def months_due(year: int, today: date) -> int:
    """Return how many whole months of a year are over (已过的整月).

    >>> months_due(2026, date(2026, 11, 24)), months_due(2025, date(2026, 1, 1)), months_due(2027, date(2026, 1, 1))
    (10, 12, 0)
    """
    return 12 if year < today.year else 0 if year > today.year else today.month - 1


def first_due(year: int, since: date) -> int:
    """Return the first whole month of a year from a day on (起算月); 13 when the year has none.

    >>> [first_due(2026, day) for day in (date(2025, 5, 5), date(2026, 9, 1), date(2026, 8, 29), date(2026, 12, 2))]
    [1, 9, 9, 13]
    >>> first_due(2026, date(2027, 1, 1))
    13
    """
    if since.year != year:
        return 1 if since.year < year else 13
    return since.month + (since.day > 1)


def gaps(one: Section, entries: Sequence[Entry], over: int, first: int = 1) -> list[Gap]:
    """Return the months without what is owed (缺项); `over` months are over, whole ones count from `first` on.

    >>> from .sections import section
    >>> [g.word for g in gaps(section("branch", "assembly"), [], 7)]
    ['1 月至 3 月', '4 月至 6 月']
    """
    if not one.every:
        return []
    there = {entry.day.month for entry in entries}
    spans = [(start, start + one.every - 1) for start in range(1, 13, one.every)]
    return [Gap(start, end, one.owner) for start, end in spans
            if first <= start and end <= over and not there & set(range(start, end + 1))]
