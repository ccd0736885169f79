"""Who recorded facts (登记的人), from the posts under which they stand in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sangesan.foundation import clock
from sangesan.ledger.facts.queries import Row
from sangesan.organization.people.models import Appointment


def recorded_by(rows: Iterable[Row]) -> set[int]:
    """Return who held the posts that recorded some facts (登记的人), when it happened or when it was written down.

    A year's line holds hundreds of them: all appointments of the posts are asked for at once.
    """
    posts = {(row.actor.removeprefix("post:"), day) for row in rows if row.actor.startswith("post:")
             for day in (row.day, recorded_on(row))}
    held: dict[str, list[tuple[int, date, date | None]]] = {}
    asked = Appointment.objects.filter(post__code__in={code for code, _day in posts})
    for code, *term in asked.values_list("post__code", "person", "since", "until"):
        held.setdefault(code, []).append(tuple(term))
    return {person for code, day in posts for person, since, until in held.get(code, ())
            if since <= day and (until is None or until > day)}


def led(unit: int, since: date, until: date) -> set[int]:
    """Return who headed a unit on any day of a period (期内负责人), also one that ended or was left since."""
    rows = Appointment.objects.filter(post__unit=unit, post__head=True, since__lte=until)
    return set(rows.exclude(until__lte=since).values_list("person", flat=True))


def recorded_on(row: Row) -> date:
    """Return the day on which a fact was written down (登记日): of one that came late, not that of what it tells."""
    said = str(row.content["recorded_at"])
    return clock.local(datetime.fromisoformat(said)).date() if "T" in said else date.fromisoformat(said)
