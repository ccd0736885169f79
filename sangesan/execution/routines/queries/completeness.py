"""The table of expected, done, on time, late, missing, waived (完成情况): by unit or by routine, over months.

Counts are read from the roll-up and summed upwards by the unit path of the time. Whoever may only
count sees numbers; opening one asks for the right to see the duties themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import tree

from ..models import Completeness, Routine, Version

FIELDS = ("on_time", "late", "missing", "exempt", "running")


@dataclass
class Counts:
    """Five counts (五个数); the rest of the table follows from them."""

    on_time: int = 0
    late: int = 0
    missing: int = 0
    exempt: int = 0
    running: int = 0

    def add(self, values: tuple[int, ...]) -> None:
        on_time, late, missing, exempt, running = values
        self.on_time += on_time
        self.late += late
        self.missing += missing
        self.exempt += exempt
        self.running += running

    @property
    def expected(self) -> int:
        """What was to be done by now (应办): neither waived nor still running."""
        return self.on_time + self.late + self.missing

    @property
    def done(self) -> int:
        return self.on_time + self.late

    @property
    def cells(self) -> list[tuple[str, int, str]]:
        """The columns of the table (各栏): word, count, and the state under which the list shows them."""
        return [(_("应办"), self.expected, "expected"), (_("已办"), self.done, "done"),
                (_("按时"), self.on_time, "on_time"), (_("迟办"), self.late, "late"),
                (_("缺"), self.missing, "missing"), (_("免"), self.exempt, "exempt"), (_("未到期"), self.running, "")]


@dataclass
class Row:
    """A unit or a routine with its counts (一行), for the whole period and by month."""

    key: str
    name: str
    below: bool = False
    total: Counts = field(default_factory=Counts)
    months: dict[date, Counts] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.key.rstrip("/").rpartition("/")[2]

    def add(self, month: date, values: tuple[int, ...]) -> None:
        self.total.add(values)
        self.months.setdefault(month, Counts()).add(values)


def months_of(last: date, count: int) -> list[date]:
    """Return so many months up to one (各月), the oldest first."""
    found = [last.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def cells(scope: Scope, months: list[date], prefix: str = "", *, each: bool = False, routine: int = 0):
    """Yield (path, routine, month, counts) within reach (格子), all routines together unless `each`."""
    rows = Completeness.objects.filter(_reach(scope), month__gte=months[0], month__lte=months[-1])
    rows = rows.exclude(routine=0) if each else rows.filter(routine=routine)
    if prefix:
        rows = rows.filter(path__startswith=prefix)
    for path, of, month, *values in rows.values_list("path", "routine", "month", *FIELDS).iterator(chunk_size=5000):
        yield path, of, month, tuple(values)


def _reach(scope: Scope) -> Q:
    units = scope.units_for(Action.COUNT_WORK)
    within = Q(pk__in=[])
    for code in Unit.objects.filter(pk__in=units).values_list("code", flat=True):
        within |= Q(path__startswith=f"{code}/") | Q(path__contains=f"/{code}/")
    return within


def by_unit(scope: Scope, months: list[date], above: str = "", routine: int = 0) -> list[Row]:
    """Return a row for each unit right below a path (按单位), the units of all levels when the path is '*'."""
    found: dict[str, Row] = {}
    every, depth = above == "*", above.count("/") if above != "*" else 0
    prefix = "" if every else above
    for path, _routine, month, values in cells(scope, months, prefix, routine=routine):
        parts = path.rstrip("/").split("/")
        key = path if every or len(parts) <= depth else "/".join(parts[: depth + 1]) + "/"
        row = found.get(key)
        if row is None:
            row = found[key] = Row(key, key)
        row.below = row.below or path != key
        row.add(month, values)
    return _named(list(found.values()))


def owing(scope: Scope, month: date) -> tuple[list[Row], int]:
    """Return the units with something missing in a month (有未办的单位), and how many had anything due."""
    rows = Completeness.objects.filter(_reach(scope), month=month, routine=0)
    found: dict[str, Row] = {}
    for path, *values in rows.filter(missing__gt=0).values_list("path", *FIELDS):
        found.setdefault(path, Row(path, path)).add(month, tuple(values))
    return _named(list(found.values())), rows.values("path").distinct().count()


def _named(rows: list[Row]) -> list[Row]:
    """Give rows the names of their units, in organisation order (按组织顺序)."""
    codes = {row.key: row.key.rstrip("/").rpartition("/")[2] for row in rows}
    units = {node.unit.code: (place, node.unit.name) for place, node in enumerate(tree(clock.today()))}
    if gone := set(codes.values()) - units.keys():
        rest = Unit.objects.filter(code__in=gone).values_list("code", "name")
        units |= {code: (len(units), name) for code, name in rest}
    for row in rows:
        row.name = units.get(codes[row.key], (0, codes[row.key]))[1]
    return sorted(rows, key=lambda r: (units.get(codes[r.key], (10**6, ""))[0], r.key))


def by_routine(scope: Scope, months: list[date], above: str = "") -> list[Row]:
    """Return a row for each routine (按制度) under a path, in the order of the routines."""
    found: dict[int, Row] = {}
    for _path, of, month, values in cells(scope, months, above, each=True):
        found.setdefault(of, Row("", "")).add(month, values)
    titles = dict(Version.objects.filter(routine__in=list(found)).order_by("number").values_list("routine", "title"))
    order = {}
    for place, (pk, code) in enumerate(Routine.objects.filter(pk__in=list(found)).values_list("pk", "code")):
        found[pk].key, found[pk].name, order[pk] = code, titles.get(pk, code), place
    return [found[pk] for pk in sorted(found, key=lambda pk: order.get(pk, 10**6))]
