"""Reads of contact points (联系点查询)."""

from .access import carried, footing, mine_to_confirm, pair_for, pairs, visit_for
from .board import Board, board
from .gaps import gaps
from .record import Record, record_of
from .standing import standing_of

__all__ = [
    "Board", "Record", "board", "carried", "footing", "gaps", "mine_to_confirm", "pair_for", "pairs", "record_of",
    "standing_of", "visit_for",
]
