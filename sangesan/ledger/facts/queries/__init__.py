"""Reads of the ledger (台账查询): facts as they were recorded, and what proves them."""

from .proving import Proof, proof_of, published, roots, seals
from .reading import (
    Row,
    after,
    count,
    cursor_of,
    cutoff,
    days_touched,
    entries,
    fact,
    failures,
    history,
    several,
    total,
    under,
)

__all__ = [
    "Proof", "Row", "after", "count", "cursor_of", "cutoff", "days_touched", "entries", "fact", "failures", "history",
    "proof_of", "published", "roots", "seals", "several", "total", "under",
]
