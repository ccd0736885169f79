"""Recent texts (新近文本): those taken in since the lists were made, in one run of pairs, compared all at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .pairs import BUCKETS

STALE = 0.02
"""How much the number of texts may grow before lengths are measured anew (长度重算)."""
Rare = Callable[[np.ndarray], np.ndarray]


class Recent:
    """Texts by their keys (新近文本), each a stretch of one long row of pairs."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.spans: list[int] = []
        self._terms, self._owners, self._end = np.zeros(1024, np.int32), np.zeros(1024, np.int32), 0
        self._lengths: list[float] = []
        self._measured = 0

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def terms(self) -> np.ndarray:
        """All pairs, text after text (全部二字组)."""
        return self._terms[: self._end]

    @property
    def nbytes(self) -> int:
        return self._terms.nbytes + self._owners.nbytes

    def add(self, key: int, found: np.ndarray, length: float) -> None:
        """Take in a text (收入一件) with its length as it is now."""
        end = self._end + len(found)
        if end > len(self._terms):
            self._terms, self._owners = (np.resize(row, 2 * end) for row in (self._terms, self._owners))
        self._terms[self._end : end], self._owners[self._end : end] = found, len(self.keys)
        self._end = end
        self.keys.append(key)
        self.spans.append(len(found))
        self._lengths.append(length)

    def remove(self, key: int) -> np.ndarray:
        """Take a text out (移出) and return its pairs; none when it is not here."""
        if key not in self.keys:
            return np.zeros(0, np.int32)
        place = self.keys.index(key)
        start, gone = sum(self.spans[:place]), self.spans[place]
        found = self._terms[start : start + gone].copy()
        self._terms = np.delete(self._terms, np.s_[start : start + gone])
        self._owners = np.delete(self._owners, np.s_[start : start + gone])
        self._end -= gone
        self._owners[start : self._end] -= 1
        for row in (self.keys, self.spans, self._lengths):
            del row[place]
        return found

    def marks(self, terms: np.ndarray, weights: np.ndarray, length: float, rare: Rare, texts: int) -> np.ndarray:
        """Return how alike each is (相似度) to what has these pairs, in order, with their weights, and this length.

        Few of the pairs here are among them: a small table of yes and no finds those, and only they are weighed.
        """
        if texts > self._measured * (1 + STALE):
            squares = np.bincount(self._owners[: self._end], rare(self.terms) ** 2, minlength=len(self))
            self._lengths, self._measured = np.sqrt(squares).tolist(), texts
        wanted = np.zeros(BUCKETS, dtype=bool)
        wanted[terms] = True
        at = np.flatnonzero(wanted[self.terms])
        gains = weights[np.searchsorted(terms, self.terms[at])] ** 2
        gained = np.bincount(self._owners[at], gains, minlength=len(self))
        return gained / np.maximum(np.array(self._lengths) * length, 1e-9)
