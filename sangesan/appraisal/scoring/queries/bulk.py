"""A whole period read and measured at once (成批取数计分): what `reading` gives for one unit, for all of them."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from sangesan.appraisal.rules.queries import Rules
from sangesan.ledger.facts.queries import columns
from sangesan.method.bulk import Bulk, Pairs, Place, lines_of_all, paired
from sangesan.method.bulk.pairs import per_unit
from sangesan.method.columns import Columns, Words, distinct, joined
from sangesan.method.indicators import own_score
from sangesan.method.measures import corrected
from sangesan.method.period import Owned, Unit
from sangesan.method.statement import Indicator, Line, Tally
from sangesan.method.verdicts import of_days

from . import days, reading
from .daily import digest

SCAN = 8
"""From how many subjects in so many facts on the ledger is read through rather than asked subject by subject."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Hold the collector back (暂停回收): it would look again and again through very many tuples, in vain."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def measured(rules: Rules, period: str, window: tuple[date, date, int], units: Mapping[str, Unit],
             lines: Sequence[str],
             within: bool = True, crossing: bool = True, told: Callable[[], object] = bool,
             ) -> tuple[dict[tuple[str, str], Owned], dict[str, str], list[str], Read]:
    """Return every cell's own part, the hash of what each unit rests on, stray paths, and what was read (成批核算).

    `within` says that corrections of the months within the period count too, `crossing` that what a covered unit did
    counts for its branch in whichever line it was done; `told` is called when the facts are read and after each
    indicator.
    """
    with uncollected():
        whole = Whole(rules, period, *window, units, lines, within=within, crossing=crossing)
        told()
        return whole.owned(told), whole.digests(), reading.strays(units, whole.words.paths), whole.read


def measured_of(only: Some, rules: Rules, period: str, window: tuple[date, date, int], units: Mapping[str, Unit],
                lines: Sequence[str]) -> tuple[dict[tuple[str, str], Owned], dict[str, str]]:
    """Return the same for some units only (部分单位核算)."""
    if not only.codes:
        return {}, {}
    whole = Whole(rules, period, *window, units, lines, only)
    return whole.owned(), whole.digests()


@dataclass(frozen=True)
class Read:
    """The facts of a whole period as they were read (已读条目), those `outside` it with them.

    Their words, and which fields were asked of a kind, so that nobody need read them twice.
    """

    words: Words
    asking: Mapping[str, Sequence[str]]
    columns: Columns
    outside: np.ndarray


@dataclass(frozen=True)
class Some:
    """The units that are wanted (部分单位), what branches cover, and all paths of facts that are not the tree's."""

    codes: set[str]
    sources: Mapping[str, Sequence[str]]
    strays: Collection[str]


class Whole:
    """The facts of a period (整期依据) of all units, or of some: those and what the branches among them cover."""

    def __init__(self, rules: Rules, period: str, since: date, until: date, upto: int, units: Mapping[str, Unit],
                 lines: Sequence[str], only: Some | None = None, within: bool = True, crossing: bool = True) -> None:
        self.rules, self.units, self.lines, self.span, self.upto = rules, units, lines, (since, until), upto
        self.sources = reading.sources(units) if only is None else only.sources
        self.wanted = set(units) if only is None else only.codes & units.keys()
        read = self.wanted if only is None else self.wanted.union(*(self.sources.get(c, ()) for c in self.wanted))
        self.codes = sorted(read)
        self.number = {code: n for n, code in enumerate(self.codes)}
        self.paths = None if only is None else [
            *reading.paths_of(units, self.codes), *(p for p in only.strays if reading.last(p) in self.number)]
        self.indicators = reading.indicators_of(rules, period)
        self.asking = fields_of(rules.indicators)
        self.corrections = reading.corrections(since, until, upto, self.wanted, within)
        self.crossing = crossing
        self.days = days.finals(since, until, upto, None if only is None else self.wanted) if days.asked(
            self.indicators) else {}
        self._read()

    def _read(self) -> None:
        words, kinds = Words(), set(self.rules.kinds)
        asked, became = reading.doubtful(self.indicators)
        of = {"kinds": sorted(kinds | became), "asking": self.asking, "upto": self.upto}
        inside = columns(words, days=self.span, units=self.paths, **of)
        unit_of_path = self._unit_of_path(words)
        counted = np.array([f.kind in kinds for f in words.forms(self.asking)], bool)
        gone = reading.after_closing(self.rules.kinds, self.units, words.paths, self.span[1], self.upto)
        own = counted[inside.form] & (unit_of_path[inside.path] >= 0) & ~np.isin(inside.ids, gone)
        doubted = np.array([any(t.matches(f) for t in asked) for f in words.forms(self.asking)], bool)
        there = own & doubted[inside.form] & (inside.quantity != 0)
        subjects = distinct(inside.subject[there])
        read = {"apart": (self.paths, self.span)} if self.paths is not None else {}
        outside = elsewhere(words, subjects, sorted(became), inside, None if read else self.span,
                            {"asking": self.asking, "upto": self.upto, **read})
        whole = joined([inside, outside])
        forms = words.forms(self.asking)
        known = np.zeros(len(words.subjects), bool)
        known[subjects] = True
        history = np.array([f.kind in became for f in forms], bool)[whole.form] & known[whole.subject]
        counted = np.array([f.kind in kinds for f in forms], bool)[whole.form]
        counted &= ~(np.isin(whole.ids, outside.ids) | np.isin(whole.ids, gone))
        self.bulk = Bulk(whole, forms, list(words.paths), np.flatnonzero(history), len(self.codes))
        self.read = Read(words, self.asking, whole, outside.ids)
        self.words, self.doubted = words, np.array([any(t.matches(f) for t in asked) for f in forms], bool)
        self.line_of_unit = words.lines.of([self.units[code].line for code in self.codes])
        covering: dict[int, list[int]] = defaultdict(list)
        for branch in sorted(self.sources.keys() & self.wanted):
            for code in self.sources[branch]:
                covering[self.number[code]].append(self.number[branch])
        self.pairs: Pairs = paired(whole, counted, self._unit_of_path(words), self.line_of_unit, covering,
                                   words.lines[""], len(forms), self.crossing)

    def _unit_of_path(self, words: Words) -> np.ndarray:
        return np.array([self.number.get(reading.last(path), -1) for path in words.paths], np.int32)

    def owned(self, told: Callable[[], object] = bool) -> dict[tuple[str, str], Owned]:
        """Return every cell's own part (本级得分) by unit and line, as `reading.owned` does."""
        found: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for indicator in (i for i in self.indicators if i.target == "unit"):
            lines = [reading.line_in(indicator, self.units[code], self.lines) if code in self.wanted else None
                     for code in self.codes]
            applies = np.array([line is not None for line in lines], bool)
            target = None if list(self.lines) == [""] else self.words.lines.of([line or "" for line in lines])
            for n, line in self._days(indicator, applies) if indicator.method == "days" else lines_of_all(
                    self.bulk, self.pairs, Place(indicator, applies, target)):
                code = self.codes[n]
                found[code, lines[n] or ""].append(
                    corrected(line, indicator, self.corrections.get((code, indicator.code), ())))
            told()
        return {at: Owned(tuple(lines), own_score((x.measured for x in lines), self.rules.own_cap))
                for at, lines in found.items()}

    def _days(self, indicator: Indicator, applies: np.ndarray) -> Iterator[tuple[int, Line]]:
        """Return the lines of a mean of days (日结果平均), which are no facts of a unit but results of runs."""
        for n in np.flatnonzero(applies).tolist():
            yield n, of_days(indicator, self.days.get(self.codes[n], ()))

    def digests(self) -> dict[str, str]:
        """Return the hash of what each unit's results rest on (依据摘要): facts, and what became of those in doubt."""
        c, pairs = self.bulk.columns, self.pairs
        rows, starts = self.bulk.by_subject
        at = np.flatnonzero(self.doubted[c.form[pairs.row]] & (c.quantity[pairs.row] != 0))
        subject = c.subject[pairs.row[at]]
        times, first = starts[subject + 1] - starts[subject], starts[subject]
        place = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
        became = rows[np.repeat(first, times) + place]
        begin, ids = per_unit(np.concatenate([pairs.unit, np.repeat(pairs.unit[at], times)]),
                              c.ids[np.concatenate([pairs.row, became])], len(self.codes))
        by_hand: dict[str, list[int]] = defaultdict(list)
        for (code, _), some in self.corrections.items():
            by_hand[code] += [one.fact for one in some]
        return {code: digest([ids[begin[n]:begin[n + 1]], sorted(by_hand[code]),
                              *([self.days[code]] if code in self.days else [])])
                for n, code in enumerate(self.codes) if code in self.wanted}


def elsewhere(words: Words, subjects: np.ndarray, kinds: list[str], inside: Columns, span: tuple[date, date] | None,
              of: Mapping[str, Any]) -> Columns:
    """Read what became of subjects beside what was read (另处经过): outside a span that was read whole, or anywhere."""
    if not len(subjects) or not kinds:
        return joined([])
    names = list(words.subjects)
    named = reading.batched(sorted(names[n] for n in subjects.tolist()))
    if span is None:
        found = joined([columns(words, kinds=kinds, subjects=some, **of) for some in named])
        return found.where(~np.isin(found.ids, inside.ids))
    if len(subjects) * SCAN > of["upto"]:
        found = columns(words, kinds=kinds, but=span, **of)
        return found.where(np.isin(found.subject, subjects))
    return joined([columns(words, kinds=kinds, but=span, subjects=some, **of) for some in named])


def fields_of(indicators: Sequence[Indicator]) -> dict[str, tuple[str, ...]]:
    """Return which fields the rules ask of each kind (所问字段)."""
    found: dict[str, set[str]] = defaultdict(set)
    ahead: list[Tally] = [t for i in indicators for t in i.tallies]
    while ahead:
        tally = ahead.pop()
        found[tally.kind] |= set(tally.where)
        ahead += [tally.unless] if tally.unless else []
    for kind in {t.kind for i in indicators if i.target == "post" for t in i.tallies} & reading.NAMING:
        found[kind].add("post")
    return {kind: tuple(sorted(names)) for kind, names in found.items() if names}
