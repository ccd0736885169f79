"""The diagram (流程图): nodes and edges of the life of a matter, read from the table."""

from __future__ import annotations

from dataclasses import dataclass

from .states import MAIN, STATE_NAMES, State
from .table import steps_of

_ASIDE = {
    State.RETURNED: 2, State.SUSPENDED: 3, State.MERGED: 1, State.DECLINED: 0, State.WITHDRAWN: 4,
    State.SECOND_REVIEW: 5, State.THIRD_REVIEW: 6, State.ENDED: 6,
    State.SEALED: 0,
}


@dataclass(frozen=True)
class Node:
    """A state on the diagram (节点): its column on the road and its row, 0 the road itself."""

    state: State
    name: str
    column: int
    row: int


@dataclass(frozen=True)
class Edge:
    """A step between two states (连线), with the names of all actions that take it."""

    source: State
    target: State
    names: tuple[str, ...]


def drawn(version: str = "") -> tuple[list[Node], list[Edge]]:
    """Return nodes and edges of a version (流程图), one edge for each pair of states.

    >>> nodes, edges = drawn()
    >>> [n.name for n in nodes if n.row == 0][:3]
    ['已登记', '待派单', '待签收']
    """
    nodes = [Node(s, STATE_NAMES[s], i, 0) for i, s in enumerate(MAIN)]
    for state, column in sorted(_ASIDE.items(), key=lambda pair: pair[1]):
        taken = sum(n.column == column for n in nodes)
        nodes.append(Node(state, STATE_NAMES[state], column, taken))
    pairs: dict[tuple[State, State], list[str]] = {}
    for step in steps_of(version):
        for source in sorted(step.sources):
            if step.target is not None and step.target != source:
                names = pairs.setdefault((source, step.target), [])
                if step.name not in names:
                    names.append(step.name)
    return nodes, [Edge(a, b, tuple(names)) for (a, b), names in pairs.items()]
