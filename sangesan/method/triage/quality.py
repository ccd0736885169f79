"""Quality (质量): what a model's suggestions are worth, in the figures everybody uses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

BINS = 15
SHOWN_RIGHT = 20
"""So many suggestions on unseen letters it takes to say that nineteen in twenty are right (最少样本)."""


@dataclass(frozen=True)
class Quality:
    """Figures over letters whose category is known (质量数据), shares from 0 to 1."""

    letters: int
    accuracy: float
    macro_f1: float
    top_two: float
    calibration_error: float
    coverage: float
    """Share of the letters that can be suggested at the wanted accuracy (覆盖率)."""
    threshold: float


def measured(chances: np.ndarray, truth: np.ndarray, wanted: float = 0.95, least: int = SHOWN_RIGHT) -> Quality:
    """Measure probabilities (rows) against the true columns (测质量).

    >>> q = measured(np.array([[0.9, 0.1], [0.2, 0.8], [0.6, 0.4]]), np.array([0, 1, 1]), least=1)
    >>> round(q.accuracy, 3), q.top_two, round(q.coverage, 3), q.threshold
    (0.667, 1.0, 0.667, 0.8)
    """
    order = np.argsort(-chances, axis=1, kind="stable")
    top, sure = order[:, 0], chances.max(axis=1)
    right = top == truth
    threshold, coverage = abstention(sure, right, wanted, least)
    return Quality(len(truth), float(right.mean()), _macro_f1(top, truth),
                   float((order[:, :2] == truth[:, None]).any(axis=1).mean()), _calibration_error(sure, right),
                   coverage, threshold)


def abstention(sure: np.ndarray, right: np.ndarray, wanted: float, least: int = SHOWN_RIGHT) -> tuple[float, float]:
    """Return the threshold below which to abstain (不作建议的界限) and the share above it.

    The lowest one above which `wanted` of the suggestions were right, `least` of them or more; nothing is above 1.
    Where all were right enough it is never above `wanted` itself: that one letter less sure than any seen is likely
    enough right is what a calibrated probability says.

    >>> abstention(np.array([0.9, 0.8, 0.7]), np.array([True, True, False]), 0.95, 1)
    (0.8, 0.6666666666666666)
    >>> abstention(np.array([0.9, 0.8, 0.7]), np.array([True, True, False]), 0.95)
    (1.0, 0.0)
    >>> abstention(np.array([0.99, 0.98, 0.97]), np.array([True, True, True]), 0.95, 1)
    (0.95, 1.0)
    """
    order = np.argsort(-sure, kind="stable")
    good = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    falls = np.append(sure[order][1:] < sure[order][:-1], True)  # equals are above it together
    enough = np.flatnonzero((good >= wanted) & falls)
    enough = enough[enough >= least - 1]
    if not enough.size:
        return 1.0, 0.0
    last = enough[-1]
    threshold = float(sure[order][last])
    return min(threshold, wanted) if last == len(order) - 1 else threshold, float((last + 1) / len(order))


def _macro_f1(top: np.ndarray, truth: np.ndarray) -> float:
    shares = []
    for one in np.unique(truth):
        hit = np.sum((top == one) & (truth == one))
        shares.append(2 * hit / (np.sum(top == one) + np.sum(truth == one)))
    return float(np.mean(shares))


def _calibration_error(sure: np.ndarray, right: np.ndarray) -> float:
    """Return how far stated and found accuracy are apart on average (校准误差), over equal bins."""
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return float(sum((bins == one).mean() * abs(sure[bins == one].mean() - right[bins == one].mean())
                     for one in np.unique(bins)))
