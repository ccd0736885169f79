"""Rounding (舍入): integers in, integers out; half goes away from zero (scoring.md, head).

Points are hundredths (9235 is 92.35), weights and shares are basis points (3000 is 0.3). What is
not published yet stays an exact fraction and is rounded once.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

FULL = 10_000
"""One hundred points (满分) in hundredths, and one whole (整) in basis points."""


def q(value: Fraction | int) -> int:
    """Round to a whole number (四舍五入), half away from zero.

    >>> q(Fraction(92345, 10)), q(Fraction(-5, 10)), q(Fraction(2675, 10))
    (9235, -1, 268)
    """
    value = Fraction(value)
    top, bottom = abs(value.numerator), value.denominator
    rounded = (2 * top + bottom) // (2 * bottom)
    return rounded if value >= 0 else -rounded


def mean(parts: Iterable[tuple[int, int | Fraction | None]]) -> Fraction | None:
    """Return the exact weighted mean (加权平均) of (weight, value); None is left out, nothing left is None.

    >>> mean([(4000, 9100), (3000, 9450), (2000, 8800), (1000, None)])
    Fraction(9150, 1)
    """
    counted = [(weight, value) for weight, value in parts if value is not None and weight > 0]
    if not counted:
        return None
    return Fraction(sum(weight * value for weight, value in counted), sum(weight for weight, _ in counted))


def rounded_mean(parts: Iterable[tuple[int, int | Fraction | None]]) -> int | None:
    """Return the weighted mean in hundredths, rounded once; rules 6 and 7 of scoring.md.

    >>> rounded_mean([(10, 6000), (20, 9200)])
    8133
    """
    exact = mean(parts)
    return None if exact is None else q(exact)


def within(value: int | Fraction, low: int, high: int) -> int | Fraction:
    """Return the value held between a floor and a cap (限值)."""
    return max(low, min(high, value))


def points(hundredths: int | None) -> str:
    """Return how a page writes points (分值写法); no data is `--`.

    >>> points(9235), points(-5), points(None)
    ('92.35', '-0.05', '--')
    """
    if hundredths is None:
        return "--"
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"
