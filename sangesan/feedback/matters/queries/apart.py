"""Later words of despair (后来的绝望的话): each is a matter of the carers' own; nothing stored ties it to the first.

Which it is follows from the receipt and the request under a key that lies outside the database.
"""

from __future__ import annotations

from collections.abc import Collection

from sangesan.feedback.speakers import codes
from sangesan.feedback.speakers.models import Receipt

from .speaking import Heard, heard_by

WORDED = ("reply", "review", "third_review")
"""Steps of which words are part (带文字的步骤)."""


def request_of(receipt: int, key: str) -> str:
    """Return the request (提交口令) of a word that came later under a receipt, and is a matter by itself."""
    return f"despair {receipt} {key}"


def apart_from(receipts: Collection[Receipt]) -> dict[int, list[Heard]]:
    """Return what became of later words of despair that came from outside (另件办理), by the first receipt.

    Nobody outside was given the receipts of their own.
    """
    first = {codes.stored(codes.issue(request_of(receipt.pk, one.key))): receipt.pk
             for receipt in receipts for one in receipt.afterwords.all() if one.step in WORDED}
    own = {receipt.pk: receipt.code for receipt in Receipt.objects.filter(code__in=list(first))}
    found: dict[int, list[Heard]] = {}
    for pk, heard in heard_by(list(own)).items():
        found.setdefault(first[own[pk]], []).append(heard)
    return found
