"""Whether a pool is still what its fact binds (兑现核对): the digest of all its lines stands in the ledger."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sangesan.ledger.facts.queries import entries, several

from ..models import Payout, Pool


def digest_of(rows: Sequence[Sequence[int]]) -> str:
    """Return the digest of the lines of a pool (名单摘要): person, unit, base, share, days, factor, cents."""
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def bound(row: Payout) -> list[int]:
    """Return what a digest binds of a line (名单一行)."""
    return [row.person_id, row.unit_id, row.base, row.share, row.days, row.factor, row.cents]


def altered(pool: Pool) -> bool:
    """Return whether a pool or its lines were changed after they were shared out (奖金分配被改动), or a top-up was."""
    told = several([pool.record]).get(pool.record)
    if told is None:
        return False
    rows = list(Payout.objects.filter(pool=pool).order_by("pk"))
    lines = [row for row in rows if row.person_id is not None and row.adjusts_id is None]
    said = told.content
    if (said.get("digest"), said.get("quantity"), said.get("run")) != (
            digest_of([bound(row) for row in lines]), pool.amount, pool.run_id):
        return True
    return _units_altered(rows, lines) or _top_ups_altered(pool, rows)


def _units_altered(rows: Sequence[Payout], lines: Sequence[Payout]) -> bool:
    """Return whether a unit's share is not what its lines add up to (单位金额被改动); where all weigh nought it may."""
    paid: Counter[int] = Counter()
    for row in lines:
        paid[row.parent_id] += row.cents
    return any(paid[row.pk] not in (0, row.cents) for row in rows if row.person_id is None)


def _top_ups_altered(pool: Pool, rows: Sequence[Payout]) -> bool:
    """Return whether top-ups are not what their facts bind (补发被改动); the first were bound by their sums alone."""
    made: dict[int, list[Payout]] = defaultdict(list)
    for row in rows:
        if row.adjusts_id is not None:
            made[row.run_id].append(row)
    told = {int(one.content["run"]): one for one in entries(subject=pool.subject, kinds=["payout.adjusted"])}
    if told.keys() != made.keys():
        return True
    return any((one.quantity, one.content["rows"]) != (sum(row.cents for row in made[run]), len(made[run]))
               or one.content.get("digest") not in (None, digest_of([bound(row) for row in made[run]]))
               for run, one in told.items())


def altered_pools() -> Iterator[Pool]:
    """Return the pools that are not what the ledger binds (被改动的奖金池)."""
    return (pool for pool in Pool.objects.order_by("pk").iterator() if altered(pool))
