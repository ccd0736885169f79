"""Losses (失分): where the points went that a result lacks of a hundred.

Every part is a whole number of hundredths and the parts sum exactly to what is lacking, so a
statement can be added up by hand: own work indicator by indicator and fact by fact, and what came
up from below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .linkage import PassThrough, Rule
from .payout import allocate
from .rounding import FULL
from .statement import Line


def lost_by_line(own: int | None, lines: Sequence[Line]) -> dict[str, int]:
    """Return what each indicator lost of the own score (各项失分).

    >>> from .indicators import State
    >>> lost_by_line(8000, [Line("a", 40, 5000, State.OK), Line("b", 60, 10000, State.OK)])
    {'a': 2000, 'b': 0}
    """
    at = {n: line.weight * (FULL - (line.measured.counted or 0)) for n, line in enumerate(lines)
          if line.measured.counted is not None}
    parts = allocate(max(0, FULL - (FULL if own is None else own)), at)
    return {lines[n].code: part for n, part in parts.items()}


def lost_by_fact(lost: int, facts: Sequence[int]) -> dict[int, int]:
    """Return what each fact that counted against an indicator cost (逐条失分)."""
    return allocate(lost, dict.fromkeys(facts, 1))


def lost_by_source(
    own: int | None, children: Mapping[str, int], rule: Rule, final: int
) -> tuple[int, dict[str, int]]:
    """Return what a result lost by own work and through each child (失分来源).

    >>> from .linkage import Blend
    >>> lost_by_source(9000, {"a": 9500, "b": 8800, "c": 8050}, Blend(3_000), 8935)
    (700, {'a': 50, 'b': 120, 'c': 195})
    """
    codes = sorted(children)
    below = {n: FULL - children[code] for n, code in enumerate(codes, start=1)}
    if own is None or not codes:
        parts = allocate(FULL - final, below if own is None else {0: 1})
    elif isinstance(rule, PassThrough):
        parts = {0: FULL - own} | allocate(own - final, below)
    else:
        mine = (FULL - rule.share) * (FULL - own) * len(codes)
        parts = allocate(FULL - final, {0: mine} | {n: rule.share * lost for n, lost in below.items()})
    return parts.get(0, 0), {code: parts.get(n, 0) for n, code in enumerate(codes, start=1)}
