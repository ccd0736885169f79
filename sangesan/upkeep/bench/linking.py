"""Linkage (挂钩): all units linked in whole numbers, beside the same walk in bare floating point, in one run.

The bare walk gathers, weighs and blends, and does nothing else: no rounding, no unit without a
score, one mode, no veto. It is what any linkage in arrays costs at least.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

import numpy as np

from sangesan.method.bulk.cells import terms_of
from sangesan.method.bulk.linking import Layers, Terms, layered, link_all
from sangesan.method.linkage import Blend
from sangesan.method.period import Tree, Unit

from .figures import Figure, timed

TURNS = 60


def measure(units: int, broad: int = 20) -> Iterator[Figure]:
    """Measure both walks over a tree of so many units (测量), turn about, and say how many times the bare one."""
    codes = [f"U{n}" for n in range(units)]
    tree = Tree({code: Unit(code, codes[(n - 1) // broad] if n else "", "team", heads=n % 40 + 1)
                 for n, code in enumerate(codes)})
    order = tree.upward()
    layers = layered(order, tree.below)
    terms = terms_of(tree, order, layers, "", lambda *_: (Blend(), "heads"))
    own, nobody = np.random.default_rng(1).integers(5_000, 10_001, units), np.zeros(units, bool)
    whole, naked = [], []
    for _ in range(TURNS):
        whole.append(timed(lambda: link_all(layers, terms, own, nobody)))
        naked.append(timed(lambda: bare(layers, terms, own)))
    exact, least = statistics.median(whole) * 1000, statistics.median(naked) * 1000
    yield Figure("linkage.exact", exact, "ms", units)
    yield Figure("linkage.bare", least, "ms", units)
    yield Figure("linkage.times_bare", exact / least, "", units)


def bare(layers: Layers, terms: Terms, own: np.ndarray) -> np.ndarray:
    """Return the results of the bare walk (裸算)."""
    final = own.astype(np.float64)
    for child, reader, starts, weight in zip(layers.child, layers.reader, layers.starts, terms.weight, strict=True):
        share = terms.share[reader] / 10_000
        below = np.add.reduceat(weight * final[child], starts) / np.add.reduceat(weight, starts)
        final[reader] = (1 - share) * final[reader] + share * below
    return final
