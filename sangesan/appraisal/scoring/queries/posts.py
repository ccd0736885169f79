"""What posts did themselves (岗位本人部分), read and measured at once, as units are in `bulk`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from sangesan.ledger.facts.queries import columns
from sangesan.method.bulk import Bulk, Pairs, Place, lines_of_all
from sangesan.method.columns import Columns, Words, distinct, joined
from sangesan.method.period import Unit
from sangesan.method.statement import Indicator, Line

from . import bulk, reading
from .snapshot import Seat


class Work:
    """The facts of posts in a period (岗位依据): of all of them, from what was read, or of a few, by who did them."""

    def __init__(self, indicators: Sequence[Indicator], units: Mapping[str, Unit], window: tuple[date, date, int],
                 posts: Sequence[str], read: bulk.Read | None = None) -> None:
        self.indicators, self.units, self.span, self.upto = indicators, units, window[:2], window[2]
        self.posts = sorted(set(posts))
        self.number = {code: n for n, code in enumerate(self.posts)}
        self.kinds = {t.kind for i in indicators for t in i.tallies}
        self.words, self.asking = (read.words, read.asking) if read else (Words(), bulk.fields_of(indicators))
        self._pair(read)

    def _pair(self, read: bulk.Read | None) -> None:
        words, (asked, became) = self.words, reading.doubtful(self.indicators)
        inside = self._few() if read is None else (
            read.columns.where(~np.isin(read.columns.ids, read.outside)) if len(read.outside) else read.columns)
        owner = self._owner(inside)
        doubted = np.array([any(t.matches(f) for t in asked) for f in words.forms(self.asking)], bool)
        subjects = distinct(inside.subject[(owner >= 0) & doubted[inside.form] & (inside.quantity != 0)])
        outside = bulk.elsewhere(words, subjects, sorted(became), inside, None if read is None else self.span,
                                 {"upto": self.upto, "asking": self.asking})
        whole = joined([inside, outside])
        forms, known = words.forms(self.asking), np.zeros(len(words.subjects), bool)
        known[subjects] = True
        history = np.array([f.kind in became for f in forms], bool)[whole.form] & known[whole.subject]
        self.bulk = Bulk(whole, forms, list(words.paths), np.flatnonzero(history), len(self.posts))
        owner = np.where(np.isin(whole.ids, outside.ids), -1, self._owner(whole))
        row = np.flatnonzero(owner >= 0)
        row = row[np.argsort(whole.form[row], kind="stable")]
        self.pairs = Pairs(row, owner[row].astype(np.int32), np.zeros(len(row), np.int32),
                           np.searchsorted(whole.form[row], np.arange(len(forms) + 1)))

    def _few(self) -> Columns:
        """Read what some posts did, and what names a post (少数岗位的条目)."""
        of: dict[str, Any] = {"days": self.span, "upto": self.upto, "asking": self.asking}
        did = columns(self.words, kinds=sorted(self.kinds), actors=[f"post:{c}" for c in self.posts], **of)
        naming = sorted(reading.NAMING & self.kinds)
        told = columns(self.words, kinds=naming, **of) if naming else did.where(did.ids < 0)
        return joined([did, told.where(~np.isin(told.ids, did.ids))])

    def _owner(self, read: Columns) -> np.ndarray:
        """Return whose each fact is (所属岗位), -1 for nobody's: none of a unit after its end, or of no unit known."""
        forms, paths = self.words.forms(self.asking), list(self.words.paths)
        named = np.array([self.number.get(str(f.content["post"]), -1) if f.content.get("post") else -2
                          for f in forms], np.int64)
        actor = np.array([self.number.get(one.removeprefix("post:"), -1) for one in self.words.actors], np.int64)
        counted = np.array([f.kind in self.kinds for f in forms], bool)
        there = np.array([not (code := reading.last(path)) or code in self.units for path in paths], bool)
        if not len(read):
            return np.zeros(0, np.int64)
        owner = np.where(named[read.form] == -2, actor[read.actor], named[read.form])
        gone = reading.after_closing(self.kinds, self.units, paths, self.span[1], self.upto)
        return np.where(counted[read.form] & there[read.path] & ~np.isin(read.ids, gone), owner, -1)

    def lines(self, seats: Sequence[Seat]) -> dict[str, list[Line]]:
        """Return each post's lines (本人清单项), in the order of the indicators."""
        line_of = {seat.code: seat.line for seat in seats}
        found: dict[str, list[Line]] = {seat.code: [] for seat in seats}
        for indicator in self.indicators:
            applies = np.array([not indicator.line or indicator.line == line_of[c] for c in self.posts], bool)
            for n, line in lines_of_all(self.bulk, self.pairs, Place(indicator, applies, None)):
                found[self.posts[n]].append(line)
        return found
