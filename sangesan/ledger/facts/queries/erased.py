"""What was erased (已清除的条目), so that a restored backup can be brought up to it."""

from __future__ import annotations

from collections.abc import Iterator

from ..models import Erasure, Fact


def erased() -> Iterator[tuple[int, str]]:
    """Yield id and commitment (in hexadecimal) of every fact whose body is gone (已清除内容的条目)."""
    for pk, commitment in Erasure.objects.values_list("fact_id", "fact__commitment").iterator():
        yield pk, bytes(commitment).hex()


def commitment(fact_id: int) -> str:
    """Return a fact's commitment (承诺值) in hexadecimal, '' when there is no such fact with a body."""
    row = Fact.objects.filter(pk=fact_id, body__isnull=False).values_list("commitment", flat=True).first()
    return "" if row is None else bytes(row).hex()
