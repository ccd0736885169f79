"""The results of a whole period (整期结果): the cells `period.assess` gives, linked all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..period import Cell, Linking, Owned, Tree, over_lines
from .linking import NONE, All, Layers, Terms, layered, link_all


def assess_all(tree: Tree, owned: Mapping[tuple[str, str], Owned], lines: Sequence[str], linking: Linking,
               weights: Mapping[str, int]) -> list[Cell]:
    """Return the results of a period (时段核算), by unit and line. Raises Circle."""
    order = tree.upward()
    layers = layered(order, tree.below)
    number = {code: n for n, code in enumerate(order)}
    cells: dict[tuple[str, str], Cell] = {}
    for line in lines:
        terms = terms_of(tree, order, layers, line, linking)
        mine = [owned.get((code, line)) for code in order]
        own = np.array([NONE if o is None or o.own.score is None else o.own.score for o in mine], np.int64)
        vetoed = np.array([o is not None and o.vetoed for o in mine], bool)
        found = link_all(layers, terms, own, vetoed)
        read = _children(tree, order, number, layers, terms, found, vetoed)
        cells |= _cells(order, line, mine, found, vetoed, read)
    if list(lines) != [""]:
        for code in tree.units:
            over = over_lines(tree.units[code], lines, cells, weights)
            if over:
                cells[code, "*"] = over
    return [cells[at] for at in sorted(cells)]


def terms_of(tree: Tree, order: Sequence[str], layers: Layers, line: str, linking: Linking) -> Terms:
    """Return the link rules of all units in a line (各单位挂钩办法), with what those below them weigh."""
    chosen = [linking(line, tree.units[code].kind if code in tree.units else "") for code in order]
    weight = []
    for child, reader, starts in zip(layers.child, layers.reader, layers.starts, strict=True):
        readers = np.repeat(reader, np.diff(np.append(starts, len(child)))).tolist()
        weight.append(np.array([tree.units[order[c]].weight(chosen[r][1])
                                for c, r in zip(child.tolist(), readers, strict=True)], np.int64))
    return Terms.of([rule for rule, _members in chosen], weight)


def _children(tree: Tree, order: Sequence[str], number: Mapping[str, int], layers: Layers, terms: Terms, found: All,
              vetoed: np.ndarray) -> dict[str, tuple[tuple[str, int, int, bool], ...]]:
    """Return what each unit read below (所读下级): code, result without a veto, weight, vetoed."""
    free, final, veto = found.unvetoed.tolist(), found.final.tolist(), vetoed.tolist()
    read = {}
    for reader, starts, weight in zip(layers.reader, layers.starts, terms.weight, strict=True):
        heavy = weight.tolist()
        for r, at in zip(reader.tolist(), starts.tolist(), strict=True):
            below = ((code, number[code], heavy[at + n]) for n, code in enumerate(tree.below[order[r]]))
            read[order[r]] = tuple((code, max(free[c], 0), w, veto[c]) for code, c, w in below if final[c] != NONE)
    return read


def _cells(order: Sequence[str], line: str, mine: Sequence[Owned | None], found: All, vetoed: np.ndarray,
           read: Mapping[str, tuple[tuple[str, int, int, bool], ...]]) -> dict[tuple[str, str], Cell]:
    cells = {}
    rows = zip(order, mine, found.final.tolist(), found.below.tolist(), found.unvetoed.tolist(), vetoed.tolist(),
               strict=True)
    for code, one, final, below, free, veto in rows:
        if final == NONE:
            continue
        own = one.own if one else None
        cells[code, line] = Cell(
            code, line, own.score if own else None, None if below == NONE else below, final, own.raw if own else None,
            (None if free == NONE else free) if veto else None,
            (*(own.flags if own else ()), *(["veto"] if veto else [])), one.lines if one else (), read.get(code, ()))
    return cells


__all__ = ["assess_all", "terms_of"]
