"""The list a pool is shared out by, as far as it is known (预填名单): whom the posts held put into which unit."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries.snapshot import during
from sangesan.method.paylist import spread
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.people.queries import present
from sangesan.organization.units.models import Line, Unit
from sangesan.organization.units.queries import subtree_during

from ..sheet import ROSTER
from .pools import Order

KINDS = [kind.value for kind in Appointment.Kind]
"""Which posts fill the whole first (先后): full ones, concurrent ones, those held for others."""
NEXT = timedelta(days=1)


def roster(run: Run, top: int) -> list[list]:
    """Return the list of a period as far as it is known (预填名单): by the shares and days of the posts held.

    What no post says is in the unit where a person is on the roll; so is a post of a branch or another unit of a line.
    """
    units = Unit.objects.in_bulk(subtree_during(top, run.since, run.until))
    people = present(run.until).filter(unit__in=units)
    held, rows = _held(run, people, units), []
    for person in people:
        days = (run.until - max(run.since, person.since)).days + 1
        for unit, share, worked in spread(held[person.pk], person.unit_id, days):
            one = units[unit]
            rows.append([one.code, one.name, person.work_number, person.name, Decimal("1.00"),
                         Decimal(share).scaleb(-2).normalize(), worked])
    order = Order(run)
    return [[column.name for column in ROSTER.columns], *sorted(rows, key=lambda row: (*order.place(row[0]), row[2]))]


def _held(run: Run, people, units: dict[int, Unit]) -> dict[int, list[tuple[int, int, int]]]:
    """Return the posts each person held in a period (任职), as unit, share and days, the main one first."""
    home: dict[int, Person] = {person.pk: person for person in people}
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    rows = during(Appointment.objects.filter(person__in=people), run.since, run.until)
    for row in sorted(rows.select_related("post"), key=lambda row: (KINDS.index(row.kind), row.since, row.pk)):
        person = home[row.person_id]
        there = units.get(row.post.unit_id)
        unit = there.pk if there is not None and there.line == Line.ADMINISTRATION else person.unit_id
        first = max(row.since, run.since, person.since)
        last: date = min(row.until or date.max, run.until + NEXT)
        found[row.person_id].append((unit, row.share, max(0, (last - first).days)))
    return found
