"""Every unit's lines of the statement, indicator by indicator (成批计分)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .. import verdicts
from ..columns import Columns, Form, distinct
from ..measures import METHODS, Hit
from ..statement import Indicator, Line, Tally, paid
from .pairs import Pairs

RANKS = {"exempt": 0, "good": 1, "late": 2, "missed": 3, "bad": 4}
"""Which outcome of a subject counts before which (结果次序)."""


@dataclass(frozen=True)
class Place:
    """Where an indicator stands (适用范围): for each unit whether it counts there, and in which line."""

    indicator: Indicator
    applies: np.ndarray
    line: np.ndarray | None


@dataclass(frozen=True)
class Told:
    """A fact taken out of the columns (条目), for the few rules that look at facts one by one."""

    id: int
    kind: str
    subject: str
    unit: str
    content: Mapping[str, Any]


@dataclass
class Bulk:
    """All facts of an assessment (取数): columns, forms, and the rows that tell what became of a subject."""

    columns: Columns
    forms: Sequence[Form]
    paths: Sequence[str]
    histories: np.ndarray
    units: int

    @cached_property
    def by_subject(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of histories by subject (经过), and where each subject begins."""
        subject = self.columns.subject[self.histories]
        rows = self.histories[np.argsort(subject, kind="stable")]
        most = int(self.columns.subject.max()) + 1 if len(self.columns) else 0
        return rows, np.searchsorted(self.columns.subject[rows], np.arange(most + 1))

    def tallies(self, indicator: Indicator) -> np.ndarray:
        """Return which tally of an indicator each form falls under (归项); -1 is none."""
        return np.array([next((n for n, t in enumerate(indicator.tallies) if t.matches(form)), -1)
                         for form in self.forms], np.int32)

    def told(self, row: int) -> Told:
        """Return one fact as it is told (条目)."""
        c, form = self.columns, self.forms[self.columns.form[row]]
        return Told(int(c.ids[row]), form.kind, str(c.subject[row]), self.paths[c.path[row]],
                    {**form.content, "quantity": int(c.quantity[row])})

    def history(self, row: int) -> list[Told]:
        """Return what became of a fact's subject (经过)."""
        rows, starts = self.by_subject
        at = self.columns.subject[row]
        return [self.told(r) for r in rows[starts[at]:starts[at + 1]]]


def lines_of_all(bulk: Bulk, pairs: Pairs, place: Place) -> Iterator[tuple[int, Line]]:
    """Return each unit's line of one indicator (逐单位清单项), for the units it counts in."""
    indicator, tally_of = place.indicator, bulk.tallies(place.indicator)
    at = pairs.of(np.flatnonzero(tally_of >= 0).tolist())
    row, unit = pairs.row[at], pairs.unit[at]
    fits = place.applies[unit] & (bulk.columns.quantity[row] != 0)
    if place.line is not None:
        fits &= pairs.line[at] == place.line[unit]
    row, unit = row[fits], unit[fits]
    order = np.argsort(unit.astype(np.int64) * len(bulk.columns) + row)
    row, unit = row[order], unit[order]
    tally = tally_of[bulk.columns.form[row]]
    keep = _unpaid(bulk, indicator, row, tally)
    row, unit, tally = row[keep], unit[keep], tally[keep]
    judged = _JUDGED.get(indicator.method, _one_by_one)
    if indicator.method == "completeness" and any(t.counts_as == "due" for t in indicator.tallies):
        row, unit, tally = _outcomes(bulk, indicator, row, unit, tally)
    judge = judged(bulk, indicator, row, tally)
    starts = np.searchsorted(unit, np.arange(bulk.units + 1)).tolist()
    for code in np.flatnonzero(place.applies).tolist():
        yield code, judge(starts[code], starts[code + 1])


def _unpaid(bulk: Bulk, indicator: Indicator, row: np.ndarray, tally: np.ndarray) -> np.ndarray:
    """Return which facts still count (未计过); only tallies with an `unless` are looked at one by one."""
    keep = np.ones(len(row), bool)
    doubtful = [n for n, t in enumerate(indicator.tallies) if t.unless]
    for place in np.flatnonzero(np.isin(tally, doubtful)) if doubtful else ():
        one: Tally = indicator.tallies[tally[place]]
        keep[place] = not paid(bulk.told(row[place]), one, bulk.history(row[place]))
    return keep


def _outcomes(bulk: Bulk, indicator: Indicator, row: np.ndarray, unit: np.ndarray,
              tally: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what became of every expectation of a unit (应办事项的结果), one row for each subject."""
    c, tally_of = bulk.columns, bulk.tallies(indicator)
    rank = np.array([RANKS.get(t.counts_as, 9) for t in indicator.tallies])
    seen = bulk.histories[(tally_of[c.form[bulk.histories]] >= 0) & (c.quantity[bulk.histories] != 0)]
    seen = seen[rank[tally_of[c.form[seen]]] < 9]
    subjects = int(c.subject.max()) + 1 if len(c) else 0
    best = np.full(subjects, 9 * len(c) + len(c), np.int64)
    np.minimum.at(best, c.subject[seen], rank[tally_of[c.form[seen]]].astype(np.int64) * len(c) + seen)
    due = np.isin(tally, [n for n, t in enumerate(indicator.tallies) if t.counts_as == "due"])
    keys = distinct(unit[due].astype(np.int64) * max(subjects, 1) + c.subject[row[due]])
    owner, became = keys // max(subjects, 1), best[keys % max(subjects, 1)]
    known = became < 9 * len(c)
    row, owner = became[known] % max(len(c), 1), owner[known]
    order = np.argsort(owner * max(len(c), 1) + row)
    row, owner = row[order], owner[order]
    return row, owner, tally_of[c.form[row]]


Judge = Callable[[int, int], Line]
"""Given where a unit's facts begin and end: its line (裁定)."""


def _completeness(bulk: Bulk, indicator: Indicator, row: np.ndarray, tally: np.ndarray) -> Judge:
    ids = bulk.columns.ids[row].tolist()
    role_of = [t.counts_as for t in indicator.tallies]
    roles = [role_of[n] for n in tally.tolist()]

    def judge(a: int, b: int) -> Line:
        found: dict[str, list[int]] = {}
        for role, one in zip(roles[a:b], ids[a:b], strict=True):
            found.setdefault(role, []).append(one)
        missed = found.get("missed", [])
        return verdicts.completeness(indicator, found.get("good", ()), found.get("late", ()),
                                     [*found.get("bad", ()), *missed], bool(missed))
    return judge


def _attained(bulk: Bulk, indicator: Indicator, row: np.ndarray, tally: np.ndarray) -> Judge:
    amount = bulk.columns.quantity[row]
    actual = np.isin(tally, [n for n, t in enumerate(indicator.tallies) if t.counts_as == "actual"])
    reached = np.concatenate([[0], np.cumsum(np.where(actual, amount, 0))]).tolist()
    planned = np.concatenate([[0], np.cumsum(np.where(actual, 0, amount))]).tolist()
    ids, there = bulk.columns.ids[row].tolist(), actual.tolist()

    def judge(a: int, b: int) -> Line:
        mine = [one for one, yes in zip(ids[a:b], there[a:b], strict=True) if yes]
        return verdicts.attained(indicator, mine, reached[b] - reached[a], planned[b] - planned[a])
    return judge


def _changed(bulk: Bulk, indicator: Indicator, row: np.ndarray, tally: np.ndarray) -> Judge:
    worth = np.array([t.points * (1 if t.counts_as == "good" else -1) for t in indicator.tallies], np.int64)
    given = (worth[tally] * bulk.columns.quantity[row]).tolist()
    parts = list(zip(bulk.columns.ids[row].tolist(), given, strict=True))
    return lambda a, b: verdicts.changed(indicator, parts[a:b])


def _one_by_one(bulk: Bulk, indicator: Indicator, row: np.ndarray, tally: np.ndarray) -> Judge:
    """Judge steps and vetoes by the facts themselves (逐条)."""
    def judge(a: int, b: int) -> Line:
        hits = [Hit(bulk.told(r), indicator.tallies[n]) for r, n in zip(row[a:b], tally[a:b], strict=True)]
        return METHODS[indicator.method](indicator, hits, {})
    return judge


_JUDGED: dict[str, Callable[..., Judge]] = {
    "completeness": _completeness, "ratio": _attained, "lower": _attained, "deduct": _changed, "add": _changed,
}
