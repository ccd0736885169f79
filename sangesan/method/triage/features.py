"""Features (特征): words and pairs of characters, weighted by how telling they are (TF-IDF)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt

import numpy as np

from .reading import Said, pairs, words


@dataclass(frozen=True)
class Rows:
    """Letters as sparse rows (稀疏行): `starts` has one entry more than there are letters."""

    starts: np.ndarray
    columns: np.ndarray
    values: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True)
class Features:
    """What a model knows (特征表): words, pairs of characters, and how telling each is (`idf`).

    A title counts twice in a model that was trained on titles: it names the matter.
    """

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    idf: np.ndarray
    titles: int = 1

    @cached_property
    def _places(self) -> tuple[dict[str, int], dict[str, int]]:
        first = {word: place for place, word in enumerate(self.words)}
        second = {pair: place for place, pair in enumerate(self.pairs, start=len(self.words))}
        return first, second

    @cached_property
    def _weights(self) -> list[float]:
        return self.idf.tolist()

    def rows(self, letters: Iterable[Said]) -> Rows:
        """Return letters as rows (取特征), each kind of feature of length one: neither drowns the other."""
        starts, columns, values = [0], [], []
        for said in letters:
            found = words(said, self.titles)
            for counts, places in zip((Counter(found), Counter(pairs(found))), self._places, strict=True):
                self._add(counts, places, columns, values)
            starts.append(len(columns))
        return Rows(np.array(starts), np.array(columns, dtype=np.int64), np.array(values, dtype=np.float32))

    def _add(self, counts: Counter, places: dict[str, int], columns: list, values: list) -> None:
        idf = self._weights
        known = [(place, (1 + log(n)) * idf[place] if n > 1 else idf[place])
                 for term, n in counts.items() if (place := places.get(term)) is not None]
        length = sqrt(sum(value * value for _place, value in known))
        columns += [place for place, _value in known]
        values += [value / length for _place, value in known]


def learned(letters: Sequence[Said], *, least: int, most: int) -> Features:
    """Return the features of some letters (建特征表): what stands in at least `least` of them, `most` at most.

    What stands in fewer might name a person (security.md, Derived data leaks too).
    """
    seen: tuple[Counter, Counter] = (Counter(), Counter())
    for said in letters:
        found = words(said)
        seen[0].update(set(found))
        seen[1].update(set(pairs(found)))
    kept = sorted(((n, kind, term) for kind in (0, 1) for term, n in seen[kind].items() if n >= least),
                  key=lambda row: (-row[0], row[1:]))[:most]
    kept.sort(key=lambda row: row[1:])
    idf = np.array([log((1 + len(letters)) / (1 + n)) + 1 for n, _kind, _term in kept], dtype=np.float32)
    return Features(tuple(t for _n, kind, t in kept if kind == 0), tuple(t for _n, kind, t in kept if kind == 1), idf,
                    titles=2 if any(said.title for said in letters) else 1)
