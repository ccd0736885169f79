"""Whether a pool is still what its fact binds (兑现核对): the digest of all its lines stands in the ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from sangesan.ledger.facts.queries import several

from ..models import Payout, Pool


def digest_of(rows: Sequence[Sequence[int]]) -> str:
    """Return the digest of the lines of a pool (名单摘要): person, unit, base, share, days, factor, cents."""
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def altered(pool: Pool) -> bool:
    """Return whether a pool or its lines were changed after they were shared out (奖金分配被改动)."""
    told = several([pool.record]).get(pool.record)
    if told is None:
        return False
    rows = Payout.objects.filter(pool=pool, person__isnull=False, adjusts=None).order_by("pk").values_list(
        "person", "unit", "base", "share", "days", "factor", "cents")
    said = told.content
    return (said.get("digest"), said.get("quantity"), said.get("run")) != (
        digest_of([list(row) for row in rows]), pool.amount, pool.run_id)


def altered_pools() -> Iterator[Pool]:
    """Return the pools that are not what the ledger binds (被改动的奖金池)."""
    return (pool for pool in Pool.objects.order_by("pk").iterator() if altered(pool))
