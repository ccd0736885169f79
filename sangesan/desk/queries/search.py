"""Search by number (按编号查找): through the door, so what one may not see is as if it were not."""

from __future__ import annotations

import re

from sangesan.foundation import clock, door
from sangesan.method.authority import Scope

READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Crockford's letters that are easily mistaken (易混字符)."""


def place_of(scope: Scope, words: str) -> str:
    """Return the address a number leads to (编号所指), or '' when it leads nowhere for this scope.

    The year may be left out; spaces, lower case and mistaken letters are forgiven.
    """
    said = re.sub(r"[\s　]", "", words).upper()[:40]
    year, dash, tail = said.partition("-")
    if not dash:
        year, tail = str(clock.today().year), said
    subject = f"matters/{year}-{tail.translate(READ_AS)}"
    return f"/w/{subject}/" if tail and door.open(scope, subject) is not None else ""
