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
    """The link rule of each unit (各单位挂钩办法) as numbers, and what each edge of a layer weighs.

    `mixed` says that not all of them blend.
    """

    mode: np.ndarray
    share: np.ndarray
    rate: np.ndarray
    cap: np.ndarray
    margin: np.ndarray
    effect: np.ndarray
    deduction: np.ndarray
    most: np.ndarray
    weight: Sequence[np.ndarray]
    mixed: bool

    @classmethod
    def of(cls, rules: Sequence[Rule], weight: Sequence[np.ndarray]) -> Terms:
        """Return the terms of rules (取参数), one for each unit."""
        known: dict[int, tuple[int, ...]] = {}
        rows = [known.get(id(r)) or known.setdefault(id(r), _numbers(r)) for r in rules]
        columns = np.ascontiguousarray(np.array(rows, np.int64).reshape(len(rows), 8).T)
        return cls(*columns, weight, bool((columns[0] != BLEND).any()))


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
    """Return all results (全部挂钩) from own scores, NONE where there is none, and who is vetoed.

    What doesn't occur in a layer (a missing score, a veto, another mode) costs nothing there.
    """
    free, below, any_veto = own.copy(), np.full(layers.units, NONE, np.int64), bool(vetoed.any())
    final = np.where(vetoed, 0, free) if any_veto else free
    for child, reader, starts, weight in zip(layers.child, layers.reader, layers.starts, terms.weight, strict=True):
        score = free[child]
        counted, vetoes = score >= 0, None
        if any_veto and (there := vetoed[child]).any():
            acts = np.repeat(terms.effect[reader], np.diff(np.append(starts, len(child))))
            score = np.where(there & (acts == SCORE), 0, score)
            counted = (score >= 0) & ~(there & (acts == ISOLATE))
            vetoes = np.add.reduceat(there, starts, dtype=np.int64)
        if not counted.all():
            score, weight = np.where(counted, score, 0), np.where(counted, weight, 0)
        heavy = np.add.reduceat(weight, starts)
        weighed = np.add.reduceat(weight * score, starts)
        result = _blended(own[reader], weighed, heavy, terms.share[reader])
        if terms.mixed:
            result = _otherwise(result, own[reader], score, counted, starts, terms, reader)
        final_free = _rounded(*result)
        if vetoes is not None:
            fixed = np.minimum(terms.most[reader], terms.deduction[reader] * vetoes)
            final_free = np.where((result[1] > 0) & (terms.effect[reader] == DEDUCTION),
                                  np.maximum(final_free - fixed, 0), final_free)
        free[reader] = final_free
        below[reader] = _rounded(weighed, heavy)
        if any_veto:
            final[reader] = np.where(vetoed[reader], 0, final_free)
    return All(final, below, free)


def _blended(own: np.ndarray, weighed: np.ndarray, heavy: np.ndarray,
             share: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return `(1−λ)·O + λ·C` as quotients (加权); without the one the other stands alone, 0 below is none."""
    mine = FULL - share
    top, bottom = mine * own * heavy + share * weighed, FULL * heavy
    alone, lone = own < 0, heavy == 0
    if alone.any():
        top, bottom = np.where(alone, weighed, top), np.where(alone, heavy, bottom)
    if lone.any():
        top, bottom = np.where(lone, own, top), np.where(lone, ~alone, bottom)
    return top, bottom


def _otherwise(blended: tuple[np.ndarray, np.ndarray], own: np.ndarray, score: np.ndarray, counted: np.ndarray,
               starts: np.ndarray, terms: Terms, reader: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the quotients where some readers pass through or stand under a ceiling (连带、封顶)."""
    (top, bottom), mode, alone = blended, terms.mode[reader], own < 0
    lost = np.add.reduceat(np.where(counted, FULL - score, 0), starts)
    passed = np.maximum(own * FULL - np.minimum(terms.cap[reader] * FULL, terms.rate[reader] * lost), 0)
    passing = mode == PASS
    top, bottom = np.where(passing, passed, top), np.where(passing, np.where(alone, 0, FULL), bottom)
    most = np.minimum.reduceat(np.where(counted, score, FULL * 10), starts) + terms.margin[reader]
    some = np.add.reduceat(counted, starts, dtype=np.int64) > 0
    held = (mode == CEILING) & ~alone & some & (top > most * bottom)
    return np.where(held, most, top), np.where(held, 1, bottom)


def _rounded(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """Round quotients that are never below 0, half away from zero (四舍五入); over 0 there is no score."""
    if (bottom > 0).all():
        return (2 * top + bottom) // (2 * bottom)
    there = bottom > 0
    return np.where(there, (2 * top + bottom) // np.where(there, 2 * bottom, 1), NONE)


__all__ = ["NONE", "All", "Layers", "Terms", "layered", "link_all"]
