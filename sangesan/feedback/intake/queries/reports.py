"""Reads of intake (受理查询): what became of reports that waited on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from sangesan.feedback.matters.models import Submission
from sangesan.feedback.matters.queries.speaking import answering
from sangesan.feedback.speakers import codes
from sangesan.feedback.speakers.services import owned_by
from sangesan.method.authority import Scope

MOST = 200
"""Reports one phone may ask about at once (一次最多查询)."""


def arrived(scope: Scope, keys: Sequence[str]) -> dict[str, str]:
    """Return which of one's own reports have come in (到达情况): `received` or `answered` by request key."""
    stored = {codes.stored(codes.issue(key)): key for key in keys[:MOST]}
    rows = Submission.objects.filter(receipt__owner=owned_by(scope.person), receipt__code__in=stored)
    rows = list(rows.select_related("receipt", "matter")) if scope.person else []
    now = answering([said.matter for said in rows])
    return {stored[said.receipt.code]: "answered" if now[said.matter_id].answered_at else "received" for said in rows}
