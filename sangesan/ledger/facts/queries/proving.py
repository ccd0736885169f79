"""What proves the ledger (存证查询): seals, the roots of the days, inclusion proofs.

The public sees day, number and digest only: the size of a batch would tell how many spoke.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from sangesan.method import merkle

from ..models import Fact, Seal
from ..signing import message


@dataclass(frozen=True)
class Root:
    """A day's root (当日总根): the digest of its last seal, which binds every seal before it."""

    day: date
    number: int
    digest: str

    @property
    def groups(self) -> list[str]:
        """The digest in groups of eight, as it is printed and read aloud (分组)."""
        return [self.digest[i:i + 8] for i in range(0, 64, 8)]

    def __str__(self) -> str:
        return f"{self.day.isoformat()} {self.number} {self.digest}"


@dataclass(frozen=True)
class Proof:
    """That a fact is in a published seal (包含证明); all bytes in hexadecimal.

    The holder hashes salt and body to the commitment, climbs the path to the root, and finds
    the signed seal's digest on the board.
    """

    body: str
    salt: str
    commitment: str
    index: int
    size: int
    path: list[str]
    root: str
    number: int
    day: date
    signed: str
    signature: str
    digest: str


def seals(day: date | None = None) -> QuerySet[Seal]:
    """Return the seals (封存), of one day or all, in their order."""
    found = Seal.objects.order_by("number")
    return found.filter(day=day) if day else found


def begun() -> date | None:
    """Return the day of the first seal (启用日); before it nothing could be recorded, so nothing is missing."""
    return Seal.objects.order_by("number").values_list("day", flat=True).first()


def roots(day: date) -> list[Root]:
    """Return the seals of a day (当日各封) as they stand on the board."""
    return [Root(s.day, s.number, bytes(s.digest).hex()) for s in seals(day)]


def published(limit: int = 0) -> list[Root]:
    """Return the root of each day (每日总根), newest first; all of them, or the last `limit` days."""
    last: dict[date, Root] = {}
    for seal in Seal.objects.order_by("-number").values_list("day", "number", "digest").iterator():
        if seal[0] not in last:
            if limit and len(last) == limit:
                break
            last[seal[0]] = Root(seal[0], seal[1], bytes(seal[2]).hex())
    return list(last.values())


def proof_of(fact_id: int) -> Proof | None:
    """Return the inclusion proof of a fact (包含证明); None while it is not sealed, or erased."""
    return Prover().proofs([fact_id]).get(fact_id)


@dataclass(frozen=True)
class Batch:
    """A seal with what it holds (封存批次): after which fact it begins, where each leaf stands, the tree."""

    seal: Seal
    after: int
    places: dict[bytes, int]
    levels: list[list[bytes]]


class Prover:
    """Proves many facts (批量出证): each seal is looked up, and its tree made, once."""

    def __init__(self) -> None:
        self._batches: dict[str, list[Batch]] = defaultdict(list)

    def proofs(self, fact_ids: Collection[int]) -> dict[int, Proof]:
        """Return the proofs of facts (各条证明); those not sealed yet, or erased, are missing."""
        facts = Fact.objects.filter(pk__in=fact_ids, body__isnull=False).select_related("body")
        found = {fact.pk: (fact, self._batch(fact)) for fact in facts}
        return {pk: _proof(fact, batch) for pk, (fact, batch) in found.items() if batch is not None}

    def _batch(self, fact: Fact) -> Batch | None:
        known = self._batches[fact.stream]
        place = bisect_left(known, fact.pk, key=_upto)
        if place < len(known) and known[place].after < fact.pk:
            return known[place]
        seal = Seal.objects.filter(stream=fact.stream, upto__gte=fact.pk).order_by("upto").first()
        if seal is None:
            return None
        leaves = sorted(merkle.leaf(c) for c in batch_of(seal))
        batch = Batch(seal, _before(seal), {leaf: n for n, leaf in enumerate(leaves)}, merkle.levels(leaves))
        insort(known, batch, key=_upto)
        return batch


def _upto(batch: Batch) -> int:
    return batch.seal.upto


def _proof(fact: Fact, batch: Batch) -> Proof:
    seal, index = batch.seal, batch.places[merkle.leaf(bytes(fact.commitment))]
    return Proof(
        body=bytes(fact.body.content).decode(), salt=bytes(fact.body.salt).hex(),
        commitment=bytes(fact.commitment).hex(), index=index, size=len(batch.places),
        path=[p.hex() for p in merkle.climb(batch.levels, index)], root=bytes(seal.root).hex(), number=seal.number,
        day=seal.day, signed=signed_part(seal).decode(), signature=bytes(seal.signature).hex(),
        digest=bytes(seal.digest).hex(),
    )


def signed_part(seal: Seal) -> bytes:
    """Return the bytes that a seal's signature covers (签名内容)."""
    return message(number=seal.number, day=seal.day, stream=seal.stream, size=seal.size, upto=seal.upto,
                   root=bytes(seal.root), previous=bytes(seal.previous))


def batch_of(seal: Seal) -> Iterable[bytes]:
    """Return the commitments that a seal holds (批次)."""
    found = Fact.objects.filter(stream=seal.stream, pk__gt=_before(seal), pk__lte=seal.upto)
    return (bytes(c) for c in found.values_list("commitment", flat=True))


def _before(seal: Seal) -> int:
    """Return the last fact of the seal before (上一封截止号)."""
    rows = Seal.objects.filter(stream=seal.stream, upto__lt=seal.upto).order_by("-upto")
    return rows.values_list("upto", flat=True).first() or 0
