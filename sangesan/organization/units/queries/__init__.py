"""Reads of the unit tree at a date (单位查询)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.asking import asked, listed
from sangesan.foundation.door import Sign
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.succession import heir

from ..models import Kind, Line, Succession, Unit, UnitEdge

DEEPEST = 32
HOLDS_LINES = (Kind.GROUP, Kind.MINE)
"""Units under which committees of other lines may hang."""
_UP = """
WITH RECURSIVE up(start, id, depth) AS (
    SELECT u.id, u.id, 0 FROM units_unit u WHERE u.id IN ({starts})
    UNION ALL
    SELECT up.start, e.parent_id, up.depth + 1 FROM units_unitedge e JOIN up ON e.child_id = up.id
    WHERE e.since <= %s AND (e.until IS NULL OR e.until > %s) AND up.depth < {deepest}
) SELECT up.start, u.id, u.code, u.kind FROM up JOIN units_unit u ON u.id = up.id ORDER BY up.start, up.depth DESC
"""
_DOWN = """
WITH RECURSIVE down(id, depth) AS (
    SELECT CAST(%s AS bigint), 0
    UNION ALL
    SELECT e.child_id, down.depth + 1 FROM units_unitedge e JOIN down ON e.parent_id = down.id
    WHERE (e.since <= %s AND (e.until IS NULL OR e.until > %s){ended}) AND down.depth < {deepest}
) SELECT id FROM down
"""
_COVERED = """
SELECT branch_id, unit_id FROM units_coverage
WHERE branch_id IN ({branches}) AND since <= %(day)s AND (until IS NULL OR until > %(day)s) ORDER BY id
"""
_ENDED = " OR e.until >= (SELECT closed FROM units_unit u WHERE u.id = e.child_id)"


@dataclass(frozen=True)
class Step:
    """One unit on the way down from the root (上级链中的一级)."""

    pk: int
    code: str
    kind: str


@dataclass(frozen=True)
class Node:
    """A unit in the tree of a day (单位树节点); `depth` 0 is a root."""

    unit: Unit
    parent: int | None
    depth: int
    below: int


def on(rows: QuerySet, day: date) -> QuerySet:
    """Filter dated rows to those in force on a day (当日有效)."""
    return rows.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


def valid_code(code: str) -> bool:
    """Return whether a code may stand in a path and an address (编码检查).

    It begins like the paths and subjects of the ledger do, with a letter or a digit.

    >>> valid_code("ZC1-2"), valid_code("综采一队"), valid_code("A/B"), valid_code("-1")
    (True, False, False, False)
    """
    return bool(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}", code))


def standing(day: date) -> QuerySet[Unit]:
    """Return the units that exist on a day (当日存续的单位), in organisation order."""
    return Unit.objects.filter(Q(closed=None) | Q(closed__gt=day), opened__lte=day)


def lineages(units: Iterable[int], day: date) -> dict[int, list[Step]]:
    """Return for each unit the steps from the root down to it (上级链) on a day, in one query."""
    starts = sorted({int(pk) for pk in units})
    if not starts:
        return {}
    sql = _UP.format(starts=",".join(map(str, starts)), deepest=DEEPEST)
    found: dict[int, list[Step]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, [day, day])
        for start, *step in cursor.fetchall():
            found.setdefault(start, []).append(Step(*step))
    return found


def to_mine(way: list[Step]) -> list[Step]:
    """Return the steps from the root down to the nearest mine or group (到矿一级), else the root alone."""
    for deep in range(len(way), 0, -1):
        if way[deep - 1].kind in (Kind.MINE, Kind.GROUP):
            return way[:deep]
    return way[:1]


def lineage(unit: int, day: date) -> list[int]:
    """Return the ids from the root down to the unit (上级链) as they were on a day."""
    return [step.pk for step in lineages([unit], day).get(unit, [])]


def subtree(unit: int, day: date) -> list[int]:
    """Return the ids of the unit and all below it (下辖单位) on a day."""
    with connection.cursor() as cursor:
        cursor.execute(_DOWN.format(deepest=DEEPEST, ended=""), [unit, day, day])
        return [row[0] for row in cursor.fetchall()]


def subtree_during(unit: int, since: date, until: date) -> list[int]:
    """Return the ids of the unit and all below it (下辖单位) at the end of a period, and of those that ended in it."""
    with connection.cursor() as cursor:
        cursor.execute(_DOWN.format(deepest=DEEPEST, ended=_ENDED), [unit, until, until])
        found = Unit.objects.filter(pk__in=[row[0] for row in cursor.fetchall()], opened__lte=until)
        return list(found.filter(Q(closed=None) | Q(closed__gt=since)).values_list("pk", flat=True))


def within(scope: Scope, action: Action) -> set[int]:
    """Return the units over which an action reaches (管辖单位): all below today, and those that ended below."""
    day, found = clock.today(), set()
    with connection.cursor() as cursor:
        for unit in scope.units_for(action):
            cursor.execute(_DOWN.format(deepest=DEEPEST, ended=_ENDED), [unit, day, day])
            found |= {row[0] for row in cursor.fetchall()}
    return found


def join_path(steps: Iterable[Step]) -> str:
    """Return the unit path (单位路径): codes from the root, each closed by a slash."""
    return "".join(f"{step.code}/" for step in steps)


def path_of(unit: int, day: date) -> str:
    """Return the unit path of a day (当日单位路径)."""
    return paths_of([unit], day).get(unit, "")


def paths_of(units: Iterable[int], day: date) -> dict[int, str]:
    """Return the paths of many units on a day, in one query."""
    return {pk: join_path(steps) for pk, steps in lineages(units, day).items()}


def parent_of(unit: int, day: date) -> Unit | None:
    """Return the unit above on a day (直接上级单位), or None for a root."""
    edge = on(UnitEdge.objects.filter(child=unit), day).select_related("parent").first()
    return edge.parent if edge else None


def children(unit: int, day: date) -> QuerySet[Unit]:
    """Return the units right below on a day (直属单位), in organisation order."""
    return standing(day).filter(pk__in=on(UnitEdge.objects.filter(parent=unit), day).values("child"))


def covered(branch: int, day: date) -> list[int]:
    """Return the administrative units a unit of a line covers (覆盖单位) on a day."""
    return covered_by_many([branch], day).get(branch, [])


def covered_by_many(branches: Iterable[int], day: date) -> dict[int, list[int]]:
    """Return what each of many units of a line covers on a day, in one query."""
    found: dict[int, list[int]] = {}
    for branch, unit in asked(_COVERED.format(branches=listed(branches)), day=day):
        found.setdefault(branch, []).append(unit)
    return found


def tree(day: date, line: str | None = None) -> list[Node]:
    """Return all units of a day in the order of the tree (单位树), in two queries.

    With a line, its units and what stands above them.
    """
    units = {unit.pk: unit for unit in standing(day)}
    edges = on(UnitEdge.objects.all(), day).values_list("child_id", "parent_id")
    above = {child: parent for child, parent in edges if child in units and parent in units}
    if line is not None:
        units = _with_line(units, above, line)
    below: dict[int | None, list[int]] = {}
    for pk in units:
        below.setdefault(above.get(pk), []).append(pk)
    return [Node(units[pk], above.get(pk), depth, len(below.get(pk, ()))) for pk, depth in _walk(below)]


def named(day: date) -> dict[str, tuple[int, str]]:
    """Return place and name of every unit of a day by its code (各单位次序与名称), places in the order of the tree.

    A name that several have, as every team has its night crew, is told with what stands above it: 综采一队 零点班; one
    that two below the same have, as in a team that took another in, with its code.
    """
    units = {pk: (code, name) for pk, code, name in standing(day).values_list("pk", "code", "name")}
    edges = on(UnitEdge.objects.all(), day).values_list("child_id", "parent_id")
    above = {child: parent for child, parent in edges if child in units and parent in units}
    below: dict[int | None, list[int]] = {}
    for pk in units:
        below.setdefault(above.get(pk), []).append(pk)
    order = [pk for pk, _depth in _walk(below)]
    often = Counter(name for _code, name in units.values())
    names = {pk: f"{units[above[pk]][1]} {name}" if often[name] > 1 and pk in above else name
             for pk, (_code, name) in units.items()}
    still = Counter(names.values())
    return {units[pk][0]: (place, f"{names[pk]}（{units[pk][0]}）" if still[names[pk]] > 1 else names[pk])
            for place, pk in enumerate(order)}


def _walk(below: dict[int | None, list[int]]) -> Iterator[tuple[int, int]]:
    """Yield each unit and its depth (逐个单位), those below right after those above."""
    todo = [(pk, 0) for pk in reversed(below.get(None, []))]
    while todo:
        pk, depth = todo.pop()
        yield pk, depth
        todo += [(child, depth + 1) for child in reversed(below.get(pk, []))]


def places(day: date) -> list[tuple[str, str]]:
    """Return the units a speaker may name (可选单位), code and name in organisation order.

    Crews are left out: a crew of six would tell who spoke.
    """
    return [(node.unit.code, node.unit.name) for node in tree(day, Line.ADMINISTRATION)
            if node.unit.kind != Kind.CREW and node.depth]


def _with_line(units: dict[int, Unit], above: dict[int, int], line: str) -> dict[int, Unit]:
    wanted: set[int] = set()
    for pk, unit in units.items():
        here: int | None = pk if unit.line == line else None
        while here is not None and here not in wanted:
            wanted.add(here)
            here = above.get(here)
    return {pk: unit for pk, unit in units.items() if pk in wanted}


def find(words: str, day: date, limit: int = 20) -> list[Unit]:
    """Return units by name, code or pinyin initials (查找单位)."""
    words = words.strip()
    if not words:
        return []
    hit = Q(name__contains=words) | Q(code__istartswith=words) | Q(initials__contains=words.lower())
    return list(standing(day).filter(hit)[:limit])


def known_units() -> QuerySet:
    """Return every name of a unit (历来单位名称), of those that are closed as well."""
    return Unit.objects.values_list("name", flat=True)


def by_code(code: str) -> Unit | None:
    """Return the unit of a code (按编码), whatever the day, or None."""
    return Unit.objects.filter(code=code).first()


def code_of(name: str) -> str:
    """Return the code of the only unit of that whole name (按全名找编码), else ''."""
    found = list(standing(clock.today()).filter(name=name).values_list("code", flat=True)[:2])
    return found[0] if len(found) == 1 else ""


def unit_for(scope: Scope, code: str, action: Action, day: date | None = None) -> Unit:
    """Return the unit of that code over which the action is granted, else NotFound."""
    unit = Unit.objects.filter(code=code).first()
    day = day or clock.today()
    if unit is None or not scope.units_for(action) & set(lineage(unit.pk, min(day, last_day(unit)))):
        raise NotFound(_("没有找到这个单位"))
    return unit


def last_day(unit: Unit) -> date:
    """Return the last day on which a unit exists (存续末日)."""
    return unit.closed - timedelta(days=1) if unit.closed else date.max


def heir_of(unit: Unit, day: date) -> Unit | None:
    """Return who takes over what an ended unit left open (承接单位): the one that stands today, or None for a root."""
    while unit.closed is not None and unit.closed <= day:
        rows = Succession.objects.filter(old=unit).order_by("pk").select_related("new")
        found = heir([(row.new, row.share) for row in rows]) or parent_of(unit.pk, last_day(unit))
        if found is None:
            return None
        unit = found
    return unit


def signs(_scope: object, codes: list[str]) -> dict[str, Sign]:
    """Return what units are called (单位名称), by code; units that were closed keep their names."""
    return {code: Sign(name) for code, name in Unit.objects.filter(code__in=codes).values_list("code", "name")}
