"""Reads of analyses and discussions (月分析、季度座谈查询)."""

from .access import (
    analyses,
    analysis_for,
    discussion_for,
    discussions,
    footing,
    own,
    own_analysis,
    own_discussion,
    readers,
    seats,
)
from .board import Board, board, drafted, heard_in, mine, of_duty, talks
from .paper import told, told_of
from .studied import Studied, decisions_of, studied

__all__ = [
    "Board", "Studied", "analyses", "analysis_for", "board", "decisions_of", "discussion_for", "discussions", "drafted",
    "footing", "heard_in", "mine", "of_duty", "own", "own_analysis", "own_discussion", "readers", "seats", "studied",
    "talks", "told", "told_of",
]
