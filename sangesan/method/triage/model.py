"""A model (模型): categories, features and weights; numpy alone reads a letter with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from .features import Features, Rows
from .reading import Said

TOGETHER = 256
"""Letters read at a time (每批)."""


@dataclass(frozen=True)
class Suggestion:
    """What a model says of a letter (建议): the likeliest category, the second, and whether it abstains."""

    category: str
    probability: float
    second: str
    abstained: bool


@dataclass(frozen=True)
class Model:
    """A trained model (分办模型).

    `weights` (features × categories) and `bias` already hold the calibration. Below `threshold` it
    abstains; `said` is what its training measured.
    """

    categories: tuple[str, ...]
    features: Features
    weights: np.ndarray
    bias: np.ndarray
    threshold: float
    said: dict = field(default_factory=dict)
    version: str = ""

    def probabilities(self, letters: Sequence[Said]) -> np.ndarray:
        """Return for every letter a probability of each category (概率); each row sums to one."""
        return softmax(scores(self.features.rows(letters), self.weights) + self.bias)

    def suggest(self, letters: Iterable[Said]) -> Iterator[Suggestion]:
        """Yield a suggestion for each letter (逐封建议) in order, a batch at a time."""
        waiting = iter(letters)
        while batch := list(islice(waiting, TOGETHER)):
            for chance in self.probabilities(batch):
                yield self._of(chance)

    def _of(self, chance: np.ndarray) -> Suggestion:
        second, first = np.argsort(chance, kind="stable")[-2:]
        top = float(chance[first])
        return Suggestion(self.categories[first], top, self.categories[second],
                          top < self.threshold or self.threshold >= 1)


def scores(rows: Rows, weights: np.ndarray) -> np.ndarray:
    """Return the sum of weighted features (打分) of every row; an empty row scores nothing.

    >>> rows = Rows(np.array([0, 2, 2]), np.array([0, 1]), np.array([1.0, 0.5]))
    >>> scores(rows, np.array([[1.0, 0.0], [0.0, 4.0]])).tolist()
    [[1.0, 2.0], [0.0, 0.0]]
    """
    found = np.zeros((len(rows), weights.shape[1]))
    filled = np.flatnonzero(np.diff(rows.starts))
    if filled.size:
        parts = weights[rows.columns] * rows.values[:, None]
        found[filled] = np.add.reduceat(parts, rows.starts[:-1][filled], axis=0)
    return found


def softmax(marks: np.ndarray) -> np.ndarray:
    """Return scores as probabilities (归一为概率).

    >>> softmax(np.array([[0.0, 0.0]])).tolist()
    [[0.5, 0.5]]
    """
    raised = np.exp(marks - marks.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
