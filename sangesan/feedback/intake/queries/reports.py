"""Reads of intake (受理查询): what became of reports that waited on a phone, and answers worth offering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sangesan.feedback.matters.models import Submission
from sangesan.feedback.matters.queries.speaking import answering
from sangesan.feedback.speakers import codes
from sangesan.feedback.speakers.services import owned_by
from sangesan.method.authority import Scope

MOST = 200
"""Reports one phone may ask about at once (一次最多查询)."""


@dataclass(frozen=True)
class Offer:
    """A published answer worth reading before one writes (公开答复)."""

    title: str
    url: str


def offers(text: str) -> list[Offer]:
    """Return published answers to similar matters (类似事项的公开答复); none are published yet."""
    return []


def arrived(scope: Scope, keys: Sequence[str]) -> dict[str, str]:
    """Return which of one's own reports have come in (到达情况): `received` or `answered` by request key."""
    stored = {codes.stored(codes.issue(key)): key for key in keys[:MOST]}
    rows = Submission.objects.filter(receipt__owner=owned_by(scope.person), receipt__code__in=stored)
    rows = rows.select_related("receipt", "matter__parent")
    return {stored[said.receipt.code]: "answered" if answering(said.matter).answered_at else "received"
            for said in rows} if scope.person else {}
