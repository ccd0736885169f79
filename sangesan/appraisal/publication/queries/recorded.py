"""Who recorded facts (登记的人), from the posts under which they stand in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sangesan.foundation import clock
from sangesan.ledger.facts.queries import Row
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import holders


def recorded_by(rows: Iterable[Row]) -> set[int]:
    """Return who held the posts that recorded some facts (登记的人), when it happened or when it was written down."""
    posts = {(row.actor.removeprefix("post:"), day) for row in rows if row.actor.startswith("post:")
             for day in (row.day, recorded_on(row))}
    ids = dict(Post.objects.filter(code__in={code for code, _day in posts}).values_list("code", "pk"))
    return {person for code, day in posts if code in ids for person in holders(ids[code], day)}


def recorded_on(row: Row) -> date:
    """Return the day on which a fact was written down (登记日): of one that came late, not that of what it tells."""
    said = str(row.content["recorded_at"])
    return clock.local(datetime.fromisoformat(said)).date() if "T" in said else date.fromisoformat(said)
