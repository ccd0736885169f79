"""A period's results (时段考核): cells, units, linked along the tree and the contact points.

A cell is a unit in one line; a unit's result is the mean of its cells by the weights of the lines,
where a line it has no cell in is that of the branch that covers it. Contact units are read by
their department as if they stood below it. Rules 3 to 6 of scoring.md; no database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .indicators import Own
from .linkage import Child, Rule, linked
from .period_tree import Circle, Tree, Unit
from .rounding import mean, q
from .statement import Line
from .weights import ONE


@dataclass(frozen=True)
class Owned:
    """A cell's own part (本级): its lines, its score, and whether a veto fell on it."""

    lines: tuple[Line, ...]
    own: Own

    @property
    def vetoed(self) -> bool:
        return any(line.vetoed for line in self.lines)


@dataclass(frozen=True)
class Cell:
    """A result (结果) of a cell, or of a unit over its lines with `line` ''.

    `children` are (code, what was read of it, weight, vetoed), `parts` (line, weight, result, of whom).
    """

    unit: str
    line: str
    own: int | None
    linked: int | None
    final: int
    raw: int | None = None
    unvetoed: int | None = None
    flags: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    children: tuple[tuple[str, int, int, bool], ...] = ()
    parts: tuple[tuple[str, int, int, str], ...] = ()


Linking = Callable[[str, str], tuple[Rule, str]]
"""Given line and kind of unit: the link rule, and what those below weigh (挂钩办法)."""


def assess(tree: Tree, owned: Mapping[tuple[str, str], Owned], lines: Sequence[str], linking: Linking,
           weights: Mapping[str, int], only: set[str] | None = None,
           known: Mapping[tuple[str, str], Cell] | None = None) -> list[Cell]:
    """Return the results of a period (时段核算), by unit and line; what has none is left out.

    With `only` the results of all others are taken from `known`: a late fact moves its unit and
    what stands above, nothing else.
    """
    cells: dict[tuple[str, str], Cell] = {at: c for at, c in (known or {}).items() if only and at[0] not in only}
    for code in tree.upward(only):
        for line in lines:
            found = _cell(tree, tree.units[code], line, owned.get((code, line)), cells, linking)
            if found:
                cells[code, line] = found
    if list(lines) != [""]:
        for code in tree.units if only is None else only & set(tree.units):
            cells.pop((code, "*"), None)
            found = over_lines(tree.units[code], lines, cells, weights)
            if found:
                cells[code, "*"] = found
    return [cells[at] for at in sorted(cells)]


def _cell(tree: Tree, unit: Unit, line: str, owned: Owned | None, cells: Mapping[tuple[str, str], Cell],
          linking: Linking) -> Cell | None:
    rule, members = linking(line, unit.kind)
    below = [(cells[code, line], tree.units[code].weight(members)) for code in tree.below.get(unit.code, ())
             if (code, line) in cells]
    children = [Child(c.unvetoed if "veto" in c.flags else c.final, weight, "veto" in c.flags)
                for c, weight in below]
    own, vetoed = (owned.own, owned.vetoed) if owned else (Own(None), False)
    result = linked(own.score, children, rule, vetoed)
    if result.final is None:
        return None
    return Cell(
        unit.code, line, own.score, None if result.children is None else q(result.children), result.final, own.raw,
        result.unvetoed if vetoed else None, (*own.flags, *(["veto"] if vetoed else [])),
        owned.lines if owned else (),
        tuple((c.unit, child.score or 0, child.weight, child.vetoed)
              for (c, _), child in zip(below, children, strict=True)),
    )


def over_lines(unit: Unit, lines: Sequence[str], cells: Mapping[tuple[str, str], Cell],
               weights: Mapping[str, int]) -> Cell | None:
    """Return a unit's result over its lines (各条线合成), rule 6; a veto in a line of its own is one on the unit."""
    parts = []
    for line in lines:
        cell = next((cells[code, line] for code in (unit.code, *unit.covered_by) if (code, line) in cells), None)
        if cell:
            parts.append((line, weights.get(line, 0 if weights else ONE), cell.final, cell.unit))
    exact = mean((weight, final) for _, weight, final, _ in parts)
    if exact is None:
        return None
    vetoed = any("veto" in cells[unit.code, line].flags for line in lines if (unit.code, line) in cells)
    return Cell(unit.code, "*", None, None, 0 if vetoed else q(exact), None, q(exact) if vetoed else None,
                ("veto",) if vetoed else (), parts=tuple(parts))


__all__ = ["Cell", "Circle", "Linking", "Owned", "Tree", "Unit", "assess", "over_lines"]
