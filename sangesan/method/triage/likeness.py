"""Likeness (相似): which earlier texts say the same, by exact inverted lists of pairs of characters.

Cosine of TF-IDF over the pairs present, without approximation. The lists hold numbers only: a pair
is its hash, and is compared from five texts on (security.md, Derived data leaks too); digits are left
out. A rarer pair lengthens its text all the same: among few texts, two that share only 怎么 would
else be the same. New texts go to a short tail, which is folded into the lists when it grows.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .pairs import BUCKETS, joined, pairs_of, portion
from .recent import Recent

LEAST = 5
"""A pair counts from so many texts on: what stands in fewer might name a person."""
FLOOR = 0.08
"""What is less alike than this is not alike (最低相似度)."""
TAIL = 20_000
PORTION = 20_000
WALKED = 500_000
"""Entries of the lists that are walked before looking at who can still win."""


class Likeness:
    """Texts to compare with (相似索引), each under a key of the caller's; a pair counts from `least` texts on."""

    def __init__(self, least: int = LEAST) -> None:
        self.least = least
        self.keys = np.zeros(0, dtype=np.int64)
        self.alive = np.zeros(0, dtype=bool)
        self.starts = np.zeros(BUCKETS + 1, dtype=np.int64)
        self.places = np.zeros(0, dtype=np.int32)
        self.inverse = np.zeros(0, dtype=np.float32)
        self.seen = np.zeros(BUCKETS, dtype=np.int32)
        self.known, self.known_texts = np.zeros(BUCKETS, dtype=np.int32), 0
        self._tail = Recent()

    def __len__(self) -> int:
        return int(self.alive.sum()) + len(self._tail)

    @property
    def size(self) -> int:
        """Bytes held (占用内存)."""
        parts = (self.keys, self.alive, self.starts, self.places, self.inverse, self.seen, self.known)
        return sum(part.nbytes for part in (*parts, self._tail))

    def know(self, texts: Iterable[str]) -> None:
        """Learn how common pairs are from earlier texts (了解常用程度) that are themselves not compared with."""
        for text in texts:
            found = pairs_of(text)
            self.known[found] += 1
            self.seen[found] += 1
            self.known_texts += 1

    def fill(self, texts: Iterable[tuple[int, str]]) -> None:
        """Take in very many texts at once (批量收入), in portions."""
        keys, waiting = [], []
        lengths, terms = [], []
        for key, text in texts:
            keys.append(key)
            waiting.append(text)
            if len(waiting) == PORTION:
                portion(waiting, lengths, terms)
                waiting = []
        portion(waiting, lengths, terms)
        self._fold(np.array(keys, dtype=np.int64), joined(lengths, np.int64), joined(terms, np.int32))

    def add(self, key: int, text: str) -> None:
        """Take in one text (收入一件); it can be found at once."""
        found = pairs_of(text)
        self.seen[found] += 1
        self._tail.add(key, found, self._length(found))
        if len(self._tail) >= TAIL:
            self._fold(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32))

    def remove(self, key: int) -> None:
        """Take a text out (移出); it is found no more."""
        self.alive[self.keys == key] = False
        self.seen[self._tail.remove(key)] -= 1

    def like(self, text: str, most: int = 5, floor: float = FLOOR) -> list[tuple[int, float]]:
        """Return the keys of the likest texts with their cosine (最相似的), the likest first."""
        terms = pairs_of(text)
        length = self._length(terms)
        terms = terms[self.seen[terms] >= self.least]
        if not terms.size:
            return []
        weights = self._telling(terms)
        found = self._listed(terms, weights, length, most, floor) + self._recent(terms, weights, length, floor)
        return sorted(found, key=lambda row: (-row[1], row[0]))[:most]

    def _telling(self, terms: np.ndarray) -> np.ndarray:
        """Return how telling pairs are (逆文档频率); what stands in fewer than `least` tells nothing."""
        return np.where(self.seen[terms] >= self.least, self._rare(terms), 0).astype(np.float32)

    def _rare(self, terms: np.ndarray) -> np.ndarray:
        """Return how rare pairs are (稀有程度); rarer than `least` is not told apart."""
        return np.log((1 + self._texts) / (1 + np.maximum(self.seen[terms], self.least))) + 1

    @property
    def _texts(self) -> int:
        return max(len(self.alive) + len(self._tail) + self.known_texts, self.least)

    def _length(self, terms: np.ndarray) -> float:
        """Return the length of a text (向量长度) with all of its pairs."""
        own = self._rare(terms)
        return float(np.sqrt(own @ own))

    def _listed(self, terms, weights, length, most, floor) -> list[tuple[int, float]]:
        """Walk the lists, rare pairs first; once only few texts can still win, ask the long lists for those."""
        order = np.argsort(self.seen[terms], kind="stable")
        terms, gains = terms[order], weights[order] ** 2
        walked = np.searchsorted(np.cumsum(self.seen[terms]), WALKED) + 1
        marks = np.zeros(len(self.keys), dtype=np.float32)
        for term, gain in zip(terms[:walked], gains[:walked], strict=True):
            marks[self._list(term)] += gain
        near = np.flatnonzero(marks * self.inverse * (1 / length) >= floor) if walked >= len(terms) else \
            self._hopeful(marks, float(gains[walked:].sum()), most, floor * length)
        for term, gain in zip(terms[walked:], gains[walked:], strict=True):
            here = self._list(term)
            at = np.minimum(np.searchsorted(here, near), max(len(here) - 1, 0))
            marks[near[here[at] == near] if len(here) else []] += gain
        found = marks[near] * self.inverse[near] / length
        good = self.alive[near] & (found >= floor)
        near, found = near[good], found[good]
        if near.size > most:
            best = np.argpartition(found, -most)[-most:]
            near, found = near[best], found[best]
        return [(int(self.keys[place]), float(mark)) for place, mark in zip(near, found, strict=True)]

    def _list(self, term: int) -> np.ndarray:
        return self.places[self.starts[term] : self.starts[term + 1]]

    def _hopeful(self, marks: np.ndarray, rest: float, most: int, least: float) -> np.ndarray:
        """Return the texts that may still be among the likest (可能入选) when `rest` is yet to be gained."""
        sure = marks * self.inverse * self.alive
        sure = sure[sure > least]  # nearly all have gained nothing, and telling equals apart is slow
        if len(sure) > most:
            least = float(np.partition(sure, -most)[-most])
        return np.flatnonzero((marks + rest) * self.inverse >= least)

    def _recent(self, terms, weights, length, floor) -> list[tuple[int, float]]:
        if not len(self._tail):
            return []
        marks = self._tail.marks(terms, weights, length, self._rare, self._texts)
        return [(self._tail.keys[place], float(marks[place])) for place in np.flatnonzero(marks >= floor)]

    def _fold(self, keys: np.ndarray, lengths: np.ndarray, terms: np.ndarray) -> None:
        """Fold new texts, the tail and the lists into new lists (合并); the dead are left behind."""
        from scipy.sparse import csr_matrix

        old = np.repeat(np.arange(BUCKETS, dtype=np.int32), np.diff(self.starts))
        rows, kept = self.places, np.flatnonzero(self.alive)
        place = np.full(len(self.alive), -1, dtype=np.int32)
        place[kept] = np.arange(len(kept), dtype=np.int32)
        live = place[rows] >= 0
        more = self._tail
        columns = np.concatenate([old[live], terms, more.terms]).astype(np.int32)
        spans = np.concatenate([lengths, np.array(more.spans, dtype=np.int64)])
        fresh = np.repeat(np.arange(len(kept), len(kept) + len(spans), dtype=np.int32), spans)
        rows = np.concatenate([place[rows[live]], fresh])
        self.keys = np.concatenate([self.keys[kept], keys, np.array(more.keys, dtype=np.int64)])
        self.alive, self._tail = np.ones(len(self.keys), dtype=bool), Recent()
        self.seen = np.bincount(columns, minlength=BUCKETS).astype(np.int32) + self.known
        lists = csr_matrix((np.ones(len(columns), dtype=np.int8), (columns, rows)),
                           shape=(BUCKETS, max(len(self.keys), 1)))
        self.starts, self.places = lists.indptr.astype(np.int64), lists.indices.astype(np.int32)
        square = self._rare(np.arange(BUCKETS)) ** 2
        sums = np.bincount(rows, weights=square[columns], minlength=len(self.keys))
        self.inverse = np.where(sums > 0, 1 / np.sqrt(np.maximum(sums, 1e-9)), 0).astype(np.float32)
