"""Reads of the ledger (台账查询): facts as they were recorded, and what proves them."""

from .columns import columns
from .erased import commitment, erased
from .proving import Proof, Prover, begun, proof_of, published, roots, seals
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
    paths_after,
    several,
    total,
    touched,
    under,
)
from .soundness import flaws, torn
from .tallying import latest, tallies

__all__ = [
    "Proof", "Prover", "Row", "after", "begun", "columns", "commitment", "count", "cursor_of", "cutoff", "days_touched",
    "entries", "erased", "fact", "failures", "flaws", "history", "latest", "paths_after", "proof_of", "published",
    "roots", "seals", "several", "tallies", "torn", "total", "touched", "under",
]
