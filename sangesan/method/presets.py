"""Rules from the field (现场办法): what other enterprises pay and take by, to be tried on a period that is over.

Amounts are cents, scores hundredths. They decide nothing: a rule that moves pay comes into force only
with the decision of the workers' congress. Real rules of scoring.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from .payout import allocate
from .rounding import FULL, q

PASSED, FACTOR, HALF = 9_000, Fraction(13, 10), Fraction(1, 2)
SECRETARY, DEPUTY = 60, 40
DEPUTIES = {"in_charge": 8_500, "other": 8_000, "assistant": 6_500}
"""What a deputy takes of the chief's reward or penalty (副职比例): in charge of it, others, assistants."""
TOP, STEP, YUAN = 9_500, 500, 100


def secretary(base: int, score: int) -> int:
    """Return what a branch below ninety costs its secretary (支部书记扣款).

    >>> secretary(200_000, 8_100), secretary(200_000, 7_200), secretary(200_000, 9_000)
    (13000, 26000, 0)
    """
    return max(0, q(base * FACTOR * (1 - Fraction(score, PASSED)) * HALF))


def general_branch(deductions: Mapping[str, int]) -> tuple[int, int, int]:
    """Return what the general branch bears (总支扣款): the mean of its branches', its secretary's part, its deputy's.

    >>> general_branch({"a": 13_000, "b": 26_000, "c": 0})
    (13000, 7800, 5200)
    """
    if not deductions:
        return 0, 0, 0
    mean = q(Fraction(sum(deductions.values()), len(deductions)))
    parts = allocate(mean, {1: SECRETARY, 2: DEPUTY})
    return mean, parts[1], parts[2]


def deputy(cents: int, which: str) -> int:
    """Return what a deputy takes of the chief's reward or penalty (副职连带).

    >>> [deputy(10_000, which) for which in DEPUTIES], deputy(-10_001, "in_charge")
    ([8500, 8000, 6500], -8501)
    """
    return q(Fraction(cents * DEPUTIES[which], FULL))


def per_head(score: int) -> int:
    """Return what a result moves for each head and month (人均增减): from +10 at 95 to +20 at 100, lower in steps.

    >>> [per_head(s) for s in (10_000, 9_750, 9_500, 9_499, 9_000, 8_999, 8_500, 8_499, 8_000, 7_999)]
    [2000, 1500, 1000, 0, 0, -1000, -1000, -2000, -2000, -3000]
    """
    if score >= TOP:
        return min(20 * YUAN, q(10 * YUAN + Fraction(10 * YUAN * (score - TOP), FULL - TOP)))
    return -10 * YUAN * max(0, (PASSED - score + STEP - 1) // STEP)
