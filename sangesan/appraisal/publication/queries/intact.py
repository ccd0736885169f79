"""Whether what was published is dated as the ledger says (公布核对): the time for objections is reckoned from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sangesan.ledger.facts.queries import entries

from ..models import Publication

APART = timedelta(minutes=1)
"""Row and fact are written in one transaction, a second apart at the most (相差)."""


def altered(found: Publication) -> bool:
    """Return whether a publication is dated otherwise than its fact (公布时间被改动)."""
    told = [row.occurred_at for row in entries(kinds=["result.published"], subject=found.run.subject)]
    return bool(told) and all(abs(found.published_at - at) > APART for at in told)


def altered_publications() -> Iterator[Publication]:
    """Return the publications that are dated otherwise than the ledger says (被改动的公布)."""
    return (one for one in Publication.objects.select_related("run").order_by("pk").iterator() if altered(one))
