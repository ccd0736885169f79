"""A month is frozen (月度统计): counted once, hidden where it points at somebody, never counted again."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from random import SystemRandom

from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from sangesan.feedback.matters.models import Reach, Submission
from sangesan.feedback.matters.words import CATEGORIES, CHANNELS
from sangesan.foundation import clock
from sangesan.method import cube
from sangesan.method.disclosure import voice
from sangesan.organization.people.queries import present
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import lineages

from ..models import Figure, Month

SETTLED = 3
"""On this day of the next month what came in at its end is graded (冻结日)."""
CHANCE = SystemRandom()
GRADES = ("A", "B", "C")
Modes = dict[str, list[str]]


def freeze_due(day: date) -> int:
    """Freeze the month before (冻结上月) once it is settled; safe to run twice."""
    first = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    if day.day < SETTLED or Month.objects.filter(first=first).exists():
        return 0
    tables, above = count(first), _above(first)
    with transaction.atomic():
        month, made = Month.objects.get_or_create(first=first, defaults={"frozen_at": clock.now()})
        if made:
            _keep(month, tables, above)
    return int(made)


def _keep(month: Month, tables: dict[str, Modes], above: dict[str, dict[str, str]]) -> None:
    """Keep what is put out (存发布表); the total of the first table stands for all, or they would tell each other."""
    for dimension, values in tables.items():
        cells = {value: cube.cell(modes) for value, modes in values.items()}
        total, shown = cube.table(cube.rolled(cells, above.get(dimension, {})), CHANCE)
        put_out = dict.fromkeys(values) | shown
        Figure.objects.bulk_create([Figure(month=month, dimension=dimension, value=value, place=place, shown=number)
                                    for place, (value, number) in enumerate(put_out.items())])
        month.total = total if dimension == next(iter(tables)) else month.total
    month.save(update_fields=["total"])


def count(first: date) -> dict[str, Modes]:
    """Count what was heard in a month (月内反映), by each dimension.

    Only what stands in the ordinary flow: accusations, calls for help and history are left out. Whoever reports
    signed in is one speaker however often.
    """
    until = (first + timedelta(days=31)).replace(day=1)
    flow = Reach.objects.filter(matter=OuterRef("matter"), sealed=Reach.ORDINARY)
    said = Submission.objects.filter(Exists(flow), entered__gte=first, entered__lt=until, withdrawn=None,
                                     matter__history=False)
    home = _homes(until - timedelta(days=1))
    tables: dict[str, Modes] = {
        "channel": {name: [] for name in CHANNELS if name != "discipline"}, "grade": {g: [] for g in (*GRADES, "")},
        "category": {name: [] for name in CATEGORIES}, "unit": {code: [] for code in dict.fromkeys(home.values())},
    }
    rows = said.values_list("channel", "mode", "receipt__owner", "matter__grade", "matter__category",
                            "matter__unit__code")
    for channel, mode, owner, grade, category, unit in rows:
        for dimension, value in (("channel", channel), ("grade", grade), ("category", category),
                                 ("unit", home.get(unit, unit))):
            tables[dimension].setdefault(value, []).append(voice(mode, owner))
    return tables


def _above(first: date) -> dict[str, dict[str, str]]:
    """Return with what small numbers of each table are counted (并入处): a unit with the one above, none with the root.

    The root stands for what was said of no unit below it, and is counted as any other.
    """
    day = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    home, units = _homes(day), dict(Unit.objects.values_list("pk", "code"))
    above = {}
    for pk, way in lineages(units, day).items():
        over = [home[step.code] for step in reversed(way[1:-1]) if home[step.code] != home[units[pk]]]
        if over and home[units[pk]] == units[pk]:
            above[units[pk]] = over[0]
    return {"unit": above} | {name: {value: group for group, values in groups.items() for value in values}
                              for name, groups in cube.GROUPS.items()}


def _homes(day: date) -> dict[str, str]:
    """Return for each unit the one it is counted with (统计单位): no crew, and none of fewer than fifteen people."""
    units = {unit.pk: unit for unit in Unit.objects.all()}
    ways = lineages(units, day)
    people: dict[int, int] = defaultdict(int)
    for unit, n in present(day).values_list("unit_id").annotate(n=Count("pk")).order_by():
        for step in ways.get(unit, []):
            people[step.pk] += n
    found = {}
    for pk, unit in units.items():
        way = [step.pk for step in reversed(ways.get(pk, []))] or [pk]
        large = (p for p in way if units[p].kind != Kind.CREW and people[p] >= cube.SMALLEST_UNIT)
        found[unit.code] = units[next(large, way[-1])].code
    return found
