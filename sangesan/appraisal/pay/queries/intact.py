"""Whether a pool is still what its fact binds (兑现核对): the digest of all its lines stands in the ledger."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sangesan.ledger.facts.queries import Row, entries, several
from sangesan.method.payout import allocate

from ..models import Payout, Pool

MADE = "payout.made"
NEWEST, MOST = 3, 6_000
"""So many pools, and so many lines of them together, are looked at on a page of one's own (当面核对)."""


class Kept(NamedTuple):
    """A row as the table keeps it (分配一行); the last seven are what a digest binds of a line."""

    pk: int
    parent: int | None
    adjusts: int | None
    run: int
    person: int | None
    unit: int
    base: int
    share: int
    days: int
    factor: int
    cents: int

    @property
    def bound(self) -> Sequence[int]:
        return self[4:]


def digest_of(rows: Sequence[Sequence[int]]) -> str:
    """Return the digest of the lines of a pool (名单摘要): person, unit, base, share, days, factor, cents."""
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def bound(row: Payout) -> list[int]:
    """Return what a digest binds of a line (名单一行)."""
    return [row.person_id, row.unit_id, row.base, row.share, row.days, row.factor, row.cents]


def altered(pool: Pool) -> bool:
    """Return whether a pool or its lines were changed after they were shared out (奖金分配被改动), or a top-up was."""
    told = several([pool.record]).get(pool.record)
    if told is None or (told.kind, told.subject) != (MADE, pool.subject):
        return True
    rows = [Kept(*row) for row in Payout.objects.filter(pool=pool).order_by("pk").values_list(*Kept._fields)]
    lines = [row for row in rows if row.person is not None and row.adjusts is None]
    said = told.content
    if (said.get("digest"), said.get("quantity"), said.get("run")) != (
            digest_of([row.bound for row in lines]), pool.amount, pool.run_id):
        return True
    if pool.amount != sum(row.cents for row in lines) + pool.reserve + pool.left:
        return True
    return _units_altered(pool, rows, lines) or _top_ups_altered(pool, rows)


def altered_lately(pools: Iterable[Pool]) -> set[int]:
    """Return which of some pools, newest first, are not what the ledger binds (近期被改动的奖金池).

    A page that everybody opens looks at the newest whatever it holds, at a few before it as far as they hold no more
    lines than it may read; `verify` at all.
    """
    newest, found, left = list(pools)[:NEWEST], set(), MOST
    told = several(pool.record for pool in newest)
    for pool in newest:
        left -= int(told[pool.record].content.get("rows", 0)) if pool.record in told else 0
        if left < 0 and pool is not newest[0]:
            break
        found |= {pool.pk} if altered(pool) else set()
    return found


def agrees(cents: int, parts: int) -> bool:
    """Return whether a unit's share is what its lines add up to (单位金额相符); where all weigh nought they may not."""
    return parts in (0, cents)


def _units_altered(pool: Pool, rows: Sequence[Kept], lines: Sequence[Kept]) -> bool:
    """Return whether a unit's share is not what its factor gives it, or not what its lines got (单位分配被改动)."""
    units, paid, present = [row for row in rows if row.person is None], Counter[int | None](), Counter[int | None]()
    for row in lines:
        paid[row.parent] += row.cents
        present[row.parent] += row.base * row.share * row.days
    given = allocate(pool.amount - pool.reserve, {row.unit: present[row.pk] * row.factor for row in units})
    return any(row.cents != given[row.unit] or not agrees(row.cents, paid[row.pk]) for row in units)


def _top_ups_altered(pool: Pool, rows: Sequence[Kept]) -> bool:
    """Return whether top-ups are not what their facts bind (补发被改动); the first were bound by their sums alone."""
    made: dict[int, list[Kept]] = defaultdict(list)
    for row in rows:
        if row.adjusts is not None:
            made[row.run].append(row)
    told = {one.content.get("run"): one for one in entries(subject=pool.subject, kinds=["payout.adjusted"])}
    if told.keys() != made.keys():
        return True
    return any((one.quantity, one.content.get("rows")) != (sum(row.cents for row in made[run]), len(made[run]))
               or one.content.get("digest") not in (None, digest_of([row.bound for row in made[run]]))
               for run, one in told.items())


def altered_pools() -> Iterator[Pool]:
    """Return the pools that are not what the ledger binds (被改动的奖金池)."""
    return (pool for pool in Pool.objects.order_by("pk").iterator() if altered(pool))


def lost_pools() -> Iterator[Row]:
    """Return the facts whose pool is not there any more (不见了的奖金池)."""
    there = set(Pool.objects.values_list("record", flat=True))
    return (row for row in entries(kinds=[MADE]) if row.id not in there)
