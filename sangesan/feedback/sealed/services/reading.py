"""A letter is read (查看纪检件): noted before it is served."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Scope

from .. import packing, queries

PORTION = 20
"""Letters that a browser is given at a time to hand on (每批补发件数)."""


def taken_out(*, scope: Scope, number: str) -> dict[str, Any]:
    """Return one letter's ciphertext (取件) after the reading was noted."""
    matter = queries.letter_for(scope, number)
    found = packing.letter(scope, matter)
    with transaction.atomic():
        audit("discipline.read", scope=scope, subject=matter.subject)
    return found


def lacking(*, scope: Scope, after: str = "") -> dict[str, Any]:
    """Return letters that colleagues lack (待补发), a portion by number, for a browser that hands them on by itself.

    What could be read of them is noted before it is served. `left` counts them with those of later portions.
    """
    found = sorted((one for one in queries.missing(scope) if one.matter.number > after), key=lambda m: m.matter.number)
    given = found[:PORTION]
    with transaction.atomic():
        for matter in (one.matter for one in given if one.matter.state != "received"):
            audit("discipline.checked", scope=scope, subject=matter.subject)
    return {"letters": [packing.lacking(scope, one) for one in given], "left": len(found)}
