"""To whom a version applies (适用范围): units of some kinds in a line, or those named; shifts; posts that hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sangesan.execution.duties.services.planning import Target, digest
from sangesan.method.checking import checker
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Shift, Unit
from sangesan.organization.units.queries import on, tree

from .. import sources
from ..models import Version


@dataclass
class Standing:
    """The units of a day with their paths (当日单位), read once for all versions."""

    day: date
    units: dict[int, Unit] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    shifts: dict[int, str] = field(default_factory=dict)
    posts: dict[tuple[int, str], int] = field(default_factory=dict)
    ways: dict[int, tuple[int, ...]] = field(default_factory=dict)
    heads: dict[str, set[int]] = field(default_factory=dict)
    known: dict[tuple, tuple[list[Target], str]] = field(default_factory=dict)


def standing(day: date) -> Standing:
    """Read the units of a day (读当日单位) in a fixed number of queries."""
    found = Standing(day)
    for node in tree(day):
        found.units[node.unit.pk] = node.unit
        found.paths[node.unit.pk] = f"{found.paths.get(node.parent, '')}{node.unit.code}/"
        found.ways[node.unit.pk] = (*found.ways.get(node.parent, ()), node.unit.pk)
    # What is asked of a shift is asked of those who always work it, not of whoever has it this week.
    found.shifts = dict(on(Shift.objects.filter(days=0), day).values_list("unit_id", "pattern"))
    rows = on(Post.objects.all(), day).order_by("-code")
    for pk, unit, role, head, line in rows.values_list("pk", "unit_id", "role", "head", "line"):
        found.posts[unit, role] = pk
        if head:
            found.heads.setdefault(line, set()).add(unit)
    return found


def targets_of(version: Version, now: Standing) -> list[Target]:
    """Return who bears a version's duties (承担单位) among the units of a day.

    Where a room above says itself who bears this kind, its word counts, for the units that stand.
    """
    source = sources.of(version.routine.kind)
    if source is not None:
        return [t for t in source(now.day) if t.unit in now.units]
    return [_target(version, unit, now) for unit in _chosen(version, now)]


def marked_targets(version: Version, now: Standing) -> tuple[list[Target], str]:
    """Return the targets with their digest (承担单位与摘要), found once for versions that apply alike."""
    if sources.of(version.routine.kind) is not None:
        targets = targets_of(version, now)
        return targets, digest(targets)
    alike = (version.line, version.role, version.shift, frozenset(version.unit_kinds), frozenset(version.units))
    if alike not in now.known:
        targets = targets_of(version, now)
        now.known[alike] = targets, digest(targets)
    return now.known[alike]


def _chosen(version: Version, now: Standing) -> Iterable[Unit]:
    kinds, named = set(version.unit_kinds), set(version.units)
    for unit in now.units.values():
        wanted = unit.code in named if named else unit.kind in kinds and unit.line == version.line
        if wanted and (not version.shift or now.shifts.get(unit.pk) == version.shift):
            yield unit


def _target(version: Version, unit: Unit, now: Standing) -> Target:
    post = now.posts.get((unit.pk, version.role)) if version.role else None
    return Target(unit.pk, version.line, now.paths[unit.pk], post, until=unit.closed)


def paths_and_targets(version: Version, day: date) -> list[Target]:
    """Return who would bear a version's duties on a day (适用单位), for the editor."""
    return targets_of(version, standing(day))


def checkers_of(version: Version, now: Standing) -> list[Target]:
    """Return who bears the check of a version (检查单位): the post named, or the heads above those who do it."""
    if version.checks == Version.Checks.POST and version.checker and version.checker.unit_id in now.units:
        at = version.checker.unit_id
        return [Target(at, version.line, now.paths[at], version.checker_id, until=now.units[at].closed)]
    if version.checks != Version.Checks.ABOVE:
        return []
    headed = now.heads.get(version.line, set())
    above = {checker(now.ways[target.unit], headed) for target in marked_targets(version, now)[0]}
    return [Target(at, version.line, now.paths[at], until=now.units[at].closed) for at in sorted(above - {None})]
