"""Linkage (挂钩): how the results of those below enter the result above (逐级倒挂钩).

A parent reads its children's published values, never unrounded ones. Rules 3 to 5 of scoring.md.
Points are hundredths, shares basis points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from .rounding import FULL, mean, q


class VetoEffect(StrEnum):
    """What a vetoed child does upward (否决的上行影响); exactly one of these."""

    SCORE = "score"  # its 0 enters the mean
    DEDUCTION = "deduction"  # its unvetoed result enters, a fixed deduction follows
    ISOLATE = "isolate"  # it is left out


@dataclass(frozen=True)
class Child:
    """A child as its parent reads it (下级): published result, weight, and whether it was vetoed.

    `score` of a vetoed child is the result it would have without the veto.
    """

    score: int | None
    weight: int = 1
    vetoed: bool = False


@dataclass(frozen=True)
class Vetoes:
    """How vetoes of children act (一票否决规则)."""

    effect: VetoEffect = VetoEffect.SCORE
    deduction: int = 500
    cap: int = 1_000


@dataclass(frozen=True)
class Blend:
    """Blend (加权挂钩): `share` basis points of the result come from below."""

    share: int = 3_000
    vetoes: Vetoes = Vetoes()


@dataclass(frozen=True)
class PassThrough:
    """Pass-through (逐级连带): a part of every point lost below is lost here, up to `cap`."""

    rate: int = 2_000
    cap: int = 500
    vetoes: Vetoes = Vetoes()


@dataclass(frozen=True)
class Ceiling:
    """Ceiling (封顶): a blend, but never more than `margin` above the weakest child."""

    share: int = 3_000
    margin: int = 1_500
    vetoes: Vetoes = Vetoes()


Rule = Blend | PassThrough | Ceiling


@dataclass(frozen=True)
class Linked:
    """A result after linkage (挂钩后结果): `children` is the exact mean below, `final` is published.

    `unvetoed` is the result without the unit's own veto; only the deduction mode reads it.
    """

    final: int | None
    children: Fraction | None = None
    unvetoed: int | None = None


def below(children: Sequence[Child], vetoes: Vetoes = Vetoes()) -> list[Child]:
    """Return the children that count, with the veto's effect applied (计入的下级)."""
    counted = [c for c in children if c.score is not None or c.vetoed]
    if vetoes.effect is VetoEffect.ISOLATE:
        return [c for c in counted if not c.vetoed]
    if vetoes.effect is VetoEffect.SCORE:
        return [replace(c, score=0) if c.vetoed else c for c in counted]
    return [c for c in counted if c.score is not None]


def blended(own: int | None, mean_below: Fraction | None, share: int) -> Fraction | None:
    """Return `(1−λ)·O + λ·C`, exact; without the one the other stands alone (加权)."""
    if own is None or mean_below is None:
        return mean_below if own is None else Fraction(own)
    return (Fraction(FULL - share) * own + share * mean_below) / FULL


def linked(own: int | None, children: Sequence[Child], rule: Rule, vetoed: bool = False) -> Linked:
    """Return a unit's result after linkage (挂钩后得分) with the mean it was linked to."""
    counted = below(children, rule.vetoes)
    mean_below = mean((c.weight, c.score) for c in counted)
    exact: Fraction | None
    match rule:
        case Blend():
            exact = blended(own, mean_below, rule.share)
        case PassThrough():
            lost = sum(FULL - c.score for c in counted if c.score is not None)
            exact = None if own is None else own - min(Fraction(rule.cap), Fraction(rule.rate * lost, FULL))
        case Ceiling():
            exact = blended(own, mean_below, rule.share)
            if own is not None and counted and exact is not None:
                exact = min(exact, Fraction(min(c.score or 0 for c in counted) + rule.margin))
    final = None if exact is None else max(0, q(exact) - fixed_deduction(children, rule.vetoes))
    return Linked(0 if vetoed else final, mean_below, final)


def fixed_deduction(children: Sequence[Child], vetoes: Vetoes) -> int:
    """Return the deduction for vetoed children (否决扣分), capped."""
    if vetoes.effect is not VetoEffect.DEDUCTION:
        return 0
    return min(vetoes.cap, vetoes.deduction * sum(c.vetoed for c in children))


def linked_score(own: int | None, children: Sequence[Child], rule: Rule, vetoed: bool = False) -> int | None:
    """Return a unit's score after linkage (挂钩后得分), in hundredths of a point.

    `children` carry published scores and weights; a child without a score is left out.
    Rule 4 of scoring.md.

    >>> linked_score(9000, [Child(9500), Child(8800), Child(8050)], Blend(share=3000))
    8935
    """
    return linked(own, children, rule, vetoed).final
