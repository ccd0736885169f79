"""Weights (权重、分值) of indicators and lines: reckoned in hundredths, written as they were decided.

A whole weight is written as a whole number and any other as a decimal, in what a run keeps and hashes as
on every page: so what was kept before weights had decimals still says the same.
"""

from __future__ import annotations

from fractions import Fraction

ONE = 100
"""One point, or one part (一分、一份), in hundredths."""


def written(weight: int) -> int | str:
    """Return a weight as it is written (权重写法).

    >>> written(4_000), written(250), written(205), written(50)
    (40, '2.5', '2.05', '0.5')
    """
    whole, rest = divmod(weight, ONE)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else whole


def read(said: int | str) -> int:
    """Return a written weight in hundredths (读回权重).

    >>> read(40), read("2.5"), read("2.05")
    (4000, 250, 205)
    """
    return int(Fraction(said) * ONE)
