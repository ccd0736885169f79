"""A month is frozen (月度统计): counted once, hidden where it points at somebody, never counted again.

What the months in figures show and what the analyses of committees show is put out of the same letters
by one secret that is then forgotten: two amounts drawn for one number would have a mean (ADR 0022).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from secrets import token_bytes
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from sangesan.feedback.matters.models import Reach, Submission
from sangesan.feedback.matters.words import CATEGORIES, CHANNELS
from sangesan.foundation import clock
from sangesan.method import cube
from sangesan.method.analysis import group_of
from sangesan.method.disclosure import voice
from sangesan.organization.people.queries import present
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import lineages

from ..models import Figure, Month

SETTLED = 3
"""On this day of the next month what came in at its end is graded (冻结日)."""
GRADES = ("A", "B", "C")
Said = tuple[int, str]
"""A letter: its key, and the voice it is counted by (一件)."""
Modes = dict[str, list[Said]]


@dataclass(frozen=True)
class Part:
    """A part of the enterprise that shows figures of its own (分统计): a committee, with its branches by name.

    `units` and the values of `branches` are codes of the units whose letters are counted.
    """

    unit: int
    units: frozenset[str]
    branches: dict[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Letter:
    """A letter as it is counted (计入的一件)."""

    key: int
    voice: str
    channel: str
    grade: str
    category: str
    unit: str


def freeze_due(day: date, parts: Sequence[Part] = ()) -> int:
    """Freeze the month before (冻结上月) once it is settled, and the parts of it; safe to run twice."""
    first = (day.replace(day=1) - timedelta(days=1)).replace(day=1)
    if day.day < SETTLED or Month.objects.filter(first=first).exists():
        return 0
    letters, draw = _letters(first), cube.drawn(token_bytes(32))
    tables, above = _tables(first, letters), _above(first)
    with transaction.atomic():
        month, made = Month.objects.get_or_create(first=first, defaults={"frozen_at": clock.now()})
        if made:
            _keep(month, tables, above, draw)
            month.parts = {str(one.unit): _part(one, letters, above, draw) for one in parts}
            month.save(update_fields=["parts"])
    return int(made)


def _keep(month: Month, tables: dict[str, Modes], above: dict[str, dict[str, str]], draw: cube.Draw) -> None:
    """Keep what is put out (存发布表); the total of the first table stands for all, or they would tell each other."""
    for dimension, values in tables.items():
        total, shown = _put_out(values, above.get(dimension, {}), draw)
        put_out = dict.fromkeys(values) | shown
        Figure.objects.bulk_create([Figure(month=month, dimension=dimension, value=value, place=place, shown=number)
                                    for place, (value, number) in enumerate(put_out.items())])
        month.total = total if dimension == next(iter(tables)) else month.total
    month.save(update_fields=["total"])


def _put_out(values: Modes, above: dict[str, str], draw: cube.Draw) -> tuple[int | None, dict[str, int | None]]:
    cells = {value: cube.cell((voice for _key, voice in said), (key for key, _voice in said))
             for value, said in values.items()}
    return cube.table(cube.rolled(cells, above), draw)


def _part(part: Part, letters: Iterable[Letter], above: dict[str, dict[str, str]], draw: cube.Draw) -> dict[str, Any]:
    """Return what is put out of a part (分统计发布表): the total and, by dimension, the numbers that are shown."""
    kinds = dict(Unit.objects.filter(code__in=part.units).values_list("code", "kind"))
    tables: dict[str, Modes] = {"category": {}, "group": {}, "grade": {}, "branch": {}}
    for one in letters:
        if one.unit not in part.units:
            continue
        homes = [name for name, codes in part.branches.items() if one.unit in codes] or [cube.REST]
        for dimension, value in (("category", one.category), ("group", group_of(kinds[one.unit])),
                                 ("grade", one.grade), *(("branch", name) for name in homes)):
            tables[dimension].setdefault(value, []).append((one.key, one.voice))
    told = {dimension: _put_out(values, above.get(dimension, {}), draw) for dimension, values in tables.items()}
    return {"total": told["category"][0]} | {
        dimension: {value: n for value, n in shown.items() if n is not None}
        for dimension, (_total, shown) in told.items()}


def count(first: date) -> dict[str, Modes]:
    """Count what was heard in a month (月内反映), by each dimension."""
    return _tables(first, _letters(first))


def _letters(first: date) -> list[Letter]:
    """Return what was heard in a month (月内反映).

    Only what stands in the ordinary flow: accusations, calls for help and history are left out. Whoever reports
    signed in is one speaker however often.
    """
    until = (first + timedelta(days=31)).replace(day=1)
    flow = Reach.objects.filter(matter=OuterRef("matter"), sealed=Reach.ORDINARY)
    said = Submission.objects.filter(Exists(flow), entered__gte=first, entered__lt=until, withdrawn=None,
                                     matter__history=False)
    rows = said.values_list("pk", "channel", "mode", "receipt__owner", "matter__grade", "matter__category",
                            "matter__unit__code")
    return [Letter(key, voice(mode, owner), channel, grade, category, unit)
            for key, channel, mode, owner, grade, category, unit in rows]


def _tables(first: date, letters: Iterable[Letter]) -> dict[str, Modes]:
    home = _homes((first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    tables: dict[str, Modes] = {
        "channel": {name: [] for name in CHANNELS if name != "discipline"}, "grade": {g: [] for g in (*GRADES, "")},
        "category": {name: [] for name in CATEGORIES}, "unit": {code: [] for code in dict.fromkeys(home.values())},
    }
    for one in letters:
        for dimension, value in (("channel", one.channel), ("grade", one.grade), ("category", one.category),
                                 ("unit", home.get(one.unit, one.unit))):
            tables[dimension].setdefault(value, []).append((one.key, one.voice))
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
