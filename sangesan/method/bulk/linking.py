"""All units linked at once (成批挂钩): layer by layer from below, in whole numbers, rule 4 as `linkage.py` has it.

A mean is a sum over a sum of weights and stays one until it is rounded once; 64 bits hold it with
room to spare (a score of 110.00, a share, and the days of ten million people).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ..linkage import Blend, Ceiling, PassThrough, Rule, VetoEffect
from ..rounding import FULL

NONE = -1
"""No score (无得分); a score is never below 0."""
BLEND, PASS, CEILING = range(3)
SCORE, DEDUCTION, ISOLATE = range(3)
_EFFECTS = {VetoEffect.SCORE: SCORE, VetoEffect.DEDUCTION: DEDUCTION, VetoEffect.ISOLATE: ISOLATE}


@dataclass(frozen=True)
class Layers:
    """Who reads whom (挂钩关系), in layers: each reader's edges stand together, no reader before what it reads.

    `reader` and `starts` tell for each layer the readers and where the edges of each begin.
    """

    units: int
    child: Sequence[np.ndarray]
    reader: Sequence[np.ndarray]
    starts: Sequence[np.ndarray]


def layered(order: Sequence[str], below: Mapping[str, Sequence[str]]) -> Layers:
    """Return the layers of a tree (分层) from its codes, below first, and whom each reads."""
    number = {code: n for n, code in enumerate(order)}
    height: dict[str, int] = {}
    found: dict[int, list[str]] = {}
    for code in order:
        height[code] = 1 + max((height[c] for c in below.get(code, ())), default=-1)
        found.setdefault(height[code], []).append(code)
    children, readers, starts = [], [], []
    for level in sorted(found.keys() - {0}):
        counts = [len(below[code]) for code in found[level]]
        readers.append(np.array([number[code] for code in found[level]], np.int64))
        starts.append(np.cumsum([0, *counts[:-1]]))
        children.append(np.array([number[c] for code in found[level] for c in below[code]], np.int64))
    return Layers(len(order), children, readers, starts)


@dataclass(frozen=True)
class Terms:
    """The link rule of each unit (各单位挂钩办法) as numbers, and what each edge of a layer weighs."""

    mode: np.ndarray
    share: np.ndarray
    rate: np.ndarray
    cap: np.ndarray
    margin: np.ndarray
    effect: np.ndarray
    deduction: np.ndarray
    most: np.ndarray
    weight: Sequence[np.ndarray]

    @classmethod
    def of(cls, rules: Sequence[Rule], weight: Sequence[np.ndarray]) -> Terms:
        """Return the terms of rules (取参数), one for each unit."""
        known: dict[int, tuple[int, ...]] = {}
        rows = [known.get(id(r)) or known.setdefault(id(r), _numbers(r)) for r in rules]
        return cls(*np.array(rows, np.int64).reshape(len(rows), 8).T, weight)


def _numbers(rule: Rule) -> tuple[int, ...]:
    veto = (_EFFECTS[rule.vetoes.effect], rule.vetoes.deduction, rule.vetoes.cap)
    match rule:
        case Blend():
            return (BLEND, rule.share, 0, 0, 0, *veto)
        case PassThrough():
            return (PASS, 0, rule.rate, rule.cap, 0, *veto)
        case Ceiling():
            return (CEILING, rule.share, 0, 0, rule.margin, *veto)


@dataclass
class All:
    """The results of all units (全部结果), NONE where there is none; `below` the rounded mean they were linked to."""

    final: np.ndarray
    below: np.ndarray
    unvetoed: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))


def link_all(layers: Layers, terms: Terms, own: np.ndarray, vetoed: np.ndarray) -> All:
    """Return all results (全部挂钩) from own scores, NONE where there is none, and who is vetoed."""
    free, below, any_veto = own.copy(), np.full(layers.units, NONE, np.int64), bool(vetoed.any())
    final = np.where(vetoed, 0, free) if any_veto else free
    for child, reader, starts, weight in zip(layers.child, layers.reader, layers.starts, terms.weight, strict=True):
        of = _Sums.of(free[child], final[child] != NONE, vetoed[child] if any_veto else None, weight, starts,
                      terms.effect[reader])
        result = _linked(own[reader], of, terms, reader)
        if of.vetoes is not None:
            fixed = np.minimum(terms.most[reader], terms.deduction[reader] * of.vetoes)
            result = np.where((result != NONE) & (terms.effect[reader] == DEDUCTION), result - fixed, result)
        known = result != NONE
        free[reader] = np.where(known, np.maximum(result, 0), NONE)
        below[reader] = np.where(of.weight > 0, _q(of.score, np.maximum(of.weight, 1)), NONE)
        if any_veto:
            final[reader] = np.where(vetoed[reader], 0, free[reader])
    return All(final, below, free)


@dataclass(frozen=True)
class _Sums:
    """What readers read below (下级合计): weights, weighted scores, how many, points lost, the least, vetoes."""

    weight: np.ndarray
    score: np.ndarray
    count: np.ndarray
    lost: np.ndarray
    least: np.ndarray
    vetoes: np.ndarray | None = None

    @classmethod
    def of(cls, score: np.ndarray, there: np.ndarray, vetoed: np.ndarray | None, weight: np.ndarray,
           starts: np.ndarray, effect: np.ndarray) -> _Sums:
        vetoes = None
        counted = score != NONE
        if vetoed is not None and vetoed.any():
            sizes = np.diff(np.append(starts, len(score)))
            acts = np.repeat(effect, sizes)
            score = np.where(vetoed & (acts == SCORE), 0, score)
            counted = there & np.where(vetoed & (acts == ISOLATE), False, score != NONE)
            vetoes = np.add.reduceat((there & vetoed).astype(np.int64), starts)
        weighed = np.where(counted, weight, 0)
        return cls(np.add.reduceat(weighed, starts), np.add.reduceat(weighed * score, starts),
                   np.add.reduceat(counted, starts, dtype=np.int64),
                   np.add.reduceat(np.where(counted, FULL - score, 0), starts),
                   np.minimum.reduceat(np.where(counted, score, FULL * 2), starts), vetoes)


def _linked(own: np.ndarray, of: _Sums, terms: Terms, reader: np.ndarray) -> np.ndarray:
    mode, share = terms.mode[reader], terms.share[reader]
    alone, lone = own == NONE, of.weight == 0
    top = np.where(lone, own, np.where(alone, of.score, (FULL - share) * own * of.weight + share * of.score))
    bottom = np.where(lone, 1, np.where(alone, of.weight, FULL * of.weight))
    passing = mode == PASS
    if passing.any():
        lost = np.minimum(terms.cap[reader] * FULL, terms.rate[reader] * of.lost)
        top, bottom = np.where(passing, own * FULL - lost, top), np.where(passing, FULL, bottom)
    ceiling = (mode == CEILING) & ~alone & (of.count > 0)
    if ceiling.any():
        most = of.least + terms.margin[reader]
        held = ceiling & (top > most * bottom)
        top, bottom = np.where(held, most, top), np.where(held, 1, bottom)
    return np.where(alone & (lone | passing), NONE, _q(top, bottom))


def _q(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """Round quotients half away from zero (四舍五入)."""
    return np.sign(top) * ((2 * np.abs(top) + bottom) // (2 * bottom))


__all__ = ["NONE", "All", "Layers", "Terms", "layered", "link_all"]
