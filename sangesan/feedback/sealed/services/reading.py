"""A letter is read (查看纪检件): noted before it is served."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Scope

from .. import packing, queries


def taken_out(*, scope: Scope, number: str) -> dict[str, Any]:
    """Return one letter's ciphertext (取件) after the reading was noted."""
    matter = queries.letter_for(scope, number)
    found = packing.letter(scope, matter)
    with transaction.atomic():
        audit("discipline.read", scope=scope, subject=matter.subject)
    return found
