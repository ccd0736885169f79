"""Search (查找): matters, units and posts side by side; each system answers for what a scope may see."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sangesan.feedback.matters import queries as matters
from sangesan.foundation import clock, door
from sangesan.foundation.search import Query, read
from sangesan.method.authority import Scope
from sangesan.organization.people import queries as people
from sangesan.organization.units import queries as units

READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
"""Crockford's letters that are easily mistaken (易混字符)."""
FEW = 8


@dataclass(frozen=True)
class Results:
    """What was found (查找结果): matters page by page, a few units and posts beside the first page."""

    words: str
    query: Query
    matters: matters.Found
    units: list
    posts: list

    @property
    def nothing(self) -> bool:
        return not (self.matters.hits or self.units or self.posts)


def search(scope: Scope, words: str, after: str = "") -> Results:
    """Look for words (查找) in all that a scope may see; words too short are said to be so, not asked."""
    query = read(words)
    found = matters.find(scope, query, after=after)
    beside = bool(scope.posts and query and not after)
    day, name = clock.today(), " ".join(query.runs)
    return Results(words, query, found, units.find(name, day, FEW) if beside else [],
                   people.find_posts(name, day, FEW) if beside else [])


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
