"""Assessment (考核核算): a tree of units, their statements and a link rule become results.

Read from below: a parent reads what its children publish. Plain dictionaries, no database;
5,000 units take well under a second.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .linkage import Child, Rule, linked
from .measures import statement
from .rounding import q
from .statement import Counted, Histories, Indicator, Line


@dataclass(frozen=True)
class Node:
    """A unit in the tree of a day (单位节点); `parent` is '' for a root."""

    code: str
    parent: str
    kind: str


@dataclass(frozen=True)
class Result:
    """What a unit gets (单位结果), in hundredths; `children` the published results it was linked to."""

    unit: str
    own: int | None
    linked: int | None
    final: int | None
    raw: int | None
    flags: tuple[str, ...]
    lines: tuple[Line, ...]
    children: tuple[tuple[str, int], ...]


def upward(nodes: Sequence[Node]) -> list[Node]:
    """Return the nodes with every child before its parent (自下而上)."""
    below: dict[str, list[Node]] = {}
    known = {node.code for node in nodes}
    for node in nodes:
        below.setdefault(node.parent if node.parent in known else "", []).append(node)
    order, level = [], sorted(below.get("", []), key=lambda node: node.code)
    while level:
        order += level
        level = [child for node in level for child in sorted(below.get(node.code, []), key=lambda n: n.code)]
    return order[::-1]


def assess(
    nodes: Sequence[Node],
    facts: Mapping[str, Sequence[Counted]],
    indicators: Sequence[Indicator],
    links: Mapping[str, Rule],
    histories: Histories,
) -> list[Result]:
    """Assess every unit (逐级核算); units without any result are left out.

    `facts` by unit code, `links` by unit kind with '' for all others. Returned in the order of
    the codes, so the same facts give the same bytes.
    """
    finals: dict[str, list[tuple[str, int]]] = {}
    results = []
    for node in upward(nodes):
        lines, own = statement(indicators, facts.get(node.code, ()), histories)
        below = tuple(sorted(finals.get(node.code, ())))
        rule = links.get(node.kind) or links[""]
        result = linked(own.score, [Child(score) for _, score in below], rule)
        if result.final is None:
            continue
        mean = None if result.children is None else q(result.children)
        results.append(Result(node.code, own.score, mean, result.final, own.raw, own.flags, lines, below))
        finals.setdefault(node.parent, []).append((node.code, result.final))
    return sorted(results, key=lambda result: result.unit)
