"""Losses (失分): where the points went that a result lacks of a hundred.

Every part is a whole number of hundredths and the parts sum exactly to what is lacking, so a
statement can be added up by hand: own work indicator by indicator and fact by fact, what came up
from below as the link rule counts it, and what a veto took.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .linkage import Ceiling, Child, PassThrough, Rule, below, blended, linked
from .payout import allocate
from .rounding import FULL, mean, q, within
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


def moved_by_fact(line: Line, worth: int, lost: int, full: int = FULL, adding: bool = False) -> dict[int, int]:
    """Return what each fact gave or cost (逐条得失) of an indicator worth so much that lost so much.

    What single facts took or gave of its `full` points is theirs; the rest is shared alike. An indicator
    that adds begins at nought, so what it lacks no fact took.

    >>> from .indicators import State
    >>> moved_by_fact(Line("a", 20, 7000, State.OK, (), (1, 2), 1400, ((1, -500), (2, -100))), 2000, 600, 2000)
    {1: -500, 2: -100}
    >>> moved_by_fact(Line("a", 20, 7000, State.OK, (3, 4), (1, 2)), 2000, 600)
    {1: -300, 2: -300, 3: 700, 4: 700}
    """
    up = {one: points for one, points in line.parts if points > 0}
    down = {one: -points for one, points in line.parts if points < 0}
    given, taken = (q(Fraction(sum(some.values()) * worth, full or FULL)) for some in (up, down))
    told = {one for one, _points in line.parts}
    others, rest = ([one for one in some if one not in told] for some in (line.bad, line.good))
    if adding:
        taken = min(taken, given)
        given = worth - lost + taken
    elif others:
        taken = min(taken, lost + given)
    else:
        given = int(within(taken - lost, 0, given))
        taken = lost + given
    against = allocate(taken, down) | allocate(max(0, lost + given - taken), dict.fromkeys(others, 1))
    well = allocate(given, up) | allocate(max(0, worth - lost - given), dict.fromkeys(rest, 1))
    return dict.fromkeys(told, 0) | {one: -part for one, part in against.items()} | well


@dataclass(frozen=True)
class Losses:
    """What a result lacks of a hundred (失分来源): by own work, through each child, by its own veto."""

    own: int
    below: dict[str, int]
    veto: int = 0


def lost_by_source(own: int | None, children: Mapping[str, Child], rule: Rule, final: int,
                   unvetoed: int | None = None, vetoed: bool = False) -> Losses:
    """Return what a result lost by own work and through each child (失分来源), as the rule counts it.

    `children` are as they were read: what a vetoed one would have without its veto. A child that is left
    out costs nothing, a fixed deduction is that of the vetoed ones, what a ceiling takes that of the weakest.

    >>> from .linkage import Blend
    >>> lost_by_source(9000, {"a": Child(9500), "b": Child(8800), "c": Child(8050)}, Blend(3_000), 8935)
    Losses(own=700, below={'a': 50, 'b': 120, 'c': 195}, veto=0)
    """
    codes = sorted(children)
    if vetoed and unvetoed is None:
        return Losses(0, dict.fromkeys(codes, 0), FULL - final)
    free = final if unvetoed is None else unvetoed
    plain = linked(own, [children[c] for c in codes], replace(rule, vetoes=replace(rule.vetoes, deduction=0))).final
    plain = free if plain is None else max(free, plain)
    counted = {n: one for n, code in enumerate(codes, start=1) for one in below([children[code]], rule.vetoes)}
    parts = _linked(own, counted, rule, plain)
    cost = min(plain, FULL) - min(free, FULL)  # what is taken above a hundred is not lost
    for n, taken in allocate(cost, {n: 1 for n, c in enumerate(codes, 1) if children[c].vetoed}).items():
        parts[n] = parts.get(n, 0) + taken
    return Losses(parts.get(0, 0), {code: parts.get(n, 0) for n, code in enumerate(codes, start=1)},
                  max(0, min(free, FULL) - final))


def _linked(own: int | None, counted: Mapping[int, Child], rule: Rule, final: int) -> dict[int, int]:
    """Return what was lost before any fixed deduction (挂钩失分): own work under 0, children under their number."""
    lacking = max(0, FULL - final)
    low = {n: max(0, FULL - (c.score or 0)) for n, c in counted.items()}
    heavy = {n: c.weight * low[n] for n, c in counted.items()}
    if own is None or not counted:
        return allocate(lacking, heavy if own is None else {0: 1})
    mine = max(0, FULL - own)
    if isinstance(rule, PassThrough):
        alone = min(lacking, mine)
        return {0: alone} | allocate(lacking - alone, low)
    exact = blended(own, mean((c.weight, c.score) for c in counted.values()), rule.share)
    capped = max(0, q(exact) - final) if isinstance(rule, Ceiling) and exact is not None else 0
    capped = min(capped, lacking)
    all_heavy = sum(c.weight for c in counted.values())
    parts = allocate(lacking - capped, {0: (FULL - rule.share) * mine * all_heavy}
                     | {n: rule.share * part for n, part in heavy.items()} if all_heavy else {0: 1})
    weakest = max(low.values())
    for n, more in allocate(capped, {n: 1 for n, part in low.items() if part == weakest}).items():
        parts[n] = parts.get(n, 0) + more
    return parts


def lost_by_part(parts: Sequence[tuple[int, int]], final: int) -> list[int]:
    """Return what each line lost of a unit's result over its lines (各条线失分), from weights and results.

    >>> lost_by_part([(40, 9100), (30, 9450), (20, 8800)], 9150)
    [400, 183, 267]
    """
    lost = allocate(max(0, FULL - final), {n: weight * max(0, FULL - part) for n, (weight, part) in enumerate(parts)})
    return [lost[n] for n in range(len(parts))]
