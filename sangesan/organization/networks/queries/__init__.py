"""Reads of the networks (联络网查询): the five, their nodes, what is not covered, what passed."""

from .coverage import Spot, coverage, gaps, map_rows
from .nodes import (
    Line,
    branch_choices,
    branches,
    candidates,
    check_member,
    keeps,
    keeps_all,
    lines,
    mine,
    network_for,
    networks,
    node_for,
    nodes_of,
    points,
    receivers,
    standing_nodes,
)
from .passings import door_open, passed_of, passing_for, passings, rows_for, word_of

__all__ = [
    "Line", "Spot", "branch_choices", "branches", "candidates", "check_member", "coverage", "door_open", "gaps",
    "keeps", "keeps_all", "lines", "map_rows", "mine", "network_for", "networks", "node_for", "nodes_of", "passed_of",
    "passing_for", "passings", "points", "receivers", "rows_for", "standing_nodes",
    "word_of",
]
