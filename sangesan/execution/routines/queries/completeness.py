"""The table of expected, done, on time, late, missing, waived (完成情况): by unit or by routine, over months.

Counts are read from the roll-up and summed upwards by the unit path of the time. Whoever may only
count sees numbers; opening one asks for the right to see the duties themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Func, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Left, Length, StrIndex, Substr
from django.utils.translation import gettext as _

from sangesan.execution.duties.queries.lists import APART
from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import named

from ..models import Beneath, Completeness, Routine, Version

FIELDS = ("on_time", "late", "missing", "exempt", "running")
SUMS = {f"{field}_sum": Sum(field) for field in FIELDS}


@dataclass
class Counts:
    """Five counts (五个数); the rest of the table follows from them."""

    on_time: int = 0
    late: int = 0
    missing: int = 0
    exempt: int = 0
    running: int = 0

    def add(self, more: Counts) -> None:
        self.on_time += more.on_time
        self.late += more.late
        self.missing += more.missing
        self.exempt += more.exempt
        self.running += more.running

    def without(self, less: Counts) -> Counts:
        """Return what is left of these counts (余数)."""
        return Counts(*(getattr(self, name) - getattr(less, name) for name in FIELDS))

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
                (_("缺"), self.missing, "missing"), (_("免"), self.exempt, "exempt"),
                (_("未到期"), self.running, "running")]


@dataclass
class Row:
    """A unit or a routine with its counts (一行) of the whole period."""

    key: str
    name: str
    below: bool = False
    total: Counts = field(default_factory=Counts)

    @property
    def code(self) -> str:
        return self.key.rstrip("/").rpartition("/")[2]


def months_of(last: date, count: int) -> list[date]:
    """Return so many months up to one (各月), the oldest first."""
    found = [last.replace(day=1)]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def cells(scope: Scope, months: list[date], above: str = "", *, routine: int = 0) -> QuerySet:
    """Return the cells within reach under a path (格子), of one routine, or of all together."""
    rows = Completeness.objects.filter(month__gte=months[0], month__lte=months[-1], routine=routine)
    codes = _codes(scope)
    if above:
        rows = rows.filter(path__startswith=above)
    return rows if codes & set(above.split("/")) else rows.filter(_reach(codes))


def _codes(scope: Scope) -> set[str]:
    return set(Unit.objects.filter(pk__in=scope.units_for(Action.COUNT_WORK)).values_list("code", flat=True))


def _reach(codes: set[str]) -> Q:
    within = Q(pk__in=[])
    for code in codes:
        within |= Q(path__startswith=f"{code}/") | Q(path__contains=f"/{code}/")
    return within


def by_unit(scope: Scope, months: list[date], above: str = "", routine: int = 0) -> list[Row]:
    """Return a row for each unit right below a path (按单位), the units of all levels when the path is '*'.

    The database adds up: what comes back is one row for each row of the table, however many months.
    """
    every = above == "*"
    rows = cells(scope, months, "" if every else above, routine=routine)
    key = F("path") if every else _below(above)
    found: list[Row] = []
    grouped = rows.order_by().annotate(key=key).values_list("key")
    for unit, longest, *values in grouped.annotate(longest=Max(Length("path")), **SUMS):
        found.append(Row(unit, unit, longest > len(unit), Counts(*values)))
    return _named(found)


def _below(above: str) -> Func:
    """Return the path cut right below another (截到下一级); the path itself where nothing follows."""
    start = len(above)
    return Left("path", start + StrIndex(Substr("path", start + 1), Value("/")))


def owing(scope: Scope, month: date) -> tuple[list[Row], int]:
    """Return the units with something missing in a month (有未办的单位), and how many had anything due."""
    rows = cells(scope, [month])
    found: dict[str, Row] = {}
    for path, *values in rows.filter(missing__gt=0).values_list("path", *FIELDS):
        found.setdefault(path, Row(path, path)).total.add(Counts(*values))
    return _named(list(found.values())), rows.values("path").distinct().count()


def _named(rows: list[Row]) -> list[Row]:
    """Give rows the names of their units, in organisation order (按组织顺序)."""
    codes = {row.key: row.code for row in rows}
    units = named(clock.today())
    if gone := set(codes.values()) - units.keys():
        rest = Unit.objects.filter(code__in=gone).values_list("code", "name")
        units |= {code: (len(units), name) for code, name in rest}
    for row in rows:
        row.name = units.get(codes[row.key], (0, codes[row.key]))[1]
    return sorted(rows, key=lambda r: (units.get(codes[r.key], (10**6, ""))[0], r.key))


def _tops(scope: Scope, months: list[date], above: str) -> list[str]:
    """Return the paths to add up (合计起点): the one asked for, or the highest within reach at any time."""
    codes = _codes(scope)
    if above and codes & set(above.split("/")):
        return [above]
    spans = {"month__gte": months[0], "month__lte": months[-1], "routine": 0}
    own = Completeness.objects.filter(unit__in=scope.units_for(Action.COUNT_WORK), **spans)
    within = set(own.order_by().values_list("path", flat=True).distinct())
    within |= set(Beneath.objects.filter(_reach(codes), **spans).order_by().values_list("path", flat=True).distinct())
    within = {path for path in within if path.startswith(above) and codes & set(path.split("/"))}
    return sorted(path for path in within if not any(path != other and path.startswith(other) for other in within))


def _sums_at(path: str, months: list[date]) -> Iterator[tuple]:
    """Yield the sums by routine of a unit and all below it (单位及以下各制度合计), 0 for all together."""
    below = Beneath.objects.filter(month__gte=months[0], month__lte=months[-1], path=path).order_by()
    yield from below.values_list("routine").annotate(**SUMS)
    rest = set(months) - set(below.values_list("month", flat=True).distinct())
    if rest:  # a month in which nothing lay below it: its own cells, found by the index of the cells
        code = path.rstrip("/").rpartition("/")[2]
        every = [0, *Routine.objects.values_list("pk", flat=True)]
        rows = Completeness.objects.filter(routine__in=every, month__in=rest, path=path,
                                           unit__in=Unit.objects.filter(code=code).values("pk"))
        yield from rows.order_by().values_list("routine").annotate(**SUMS)


def by_routine(scope: Scope, months: list[date], above: str = "") -> list[Row]:
    """Return a row for each routine (按制度) under a path, in the order of the routines.

    The last row is what comes from no routine, so that the rows add up to what the units have.
    """
    found: dict[int, Row] = {}
    for of, *values in (row for place in _tops(scope, months, above) for row in _sums_at(place, months)):
        found.setdefault(of, Row("", "")).total.add(Counts(*values))
    every, ruled = found.pop(0, Row("", "")).total, Counts()
    for row in found.values():
        ruled.add(row.total)
    titles = dict(Version.objects.filter(routine__in=list(found)).order_by("number").values_list("routine", "title"))
    order = {}
    for place, (pk, code) in enumerate(Routine.objects.filter(pk__in=list(found)).values_list("pk", "code")):
        found[pk].key, found[pk].name, order[pk] = code, titles.get(pk, code), place
    rows = [found[pk] for pk in sorted(found, key=lambda pk: order.get(pk, 10**6))]
    rest = Row(APART, _("不属制度的：交办、决定、批示、整改、联系点等"), total=every.without(ruled))
    return [*rows, rest] if rest.total != Counts() else rows
