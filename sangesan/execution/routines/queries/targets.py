"""To whom a version applies (适用范围): units of some kinds in a line, or those named; shifts; posts that hold it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sangesan.execution.duties.services.planning import Target, digest
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
    known: dict[tuple, tuple[list[Target], str]] = field(default_factory=dict)


def standing(day: date) -> Standing:
    """Read the units of a day (读当日单位) in a fixed number of queries."""
    found = Standing(day)
    for node in tree(day):
        found.units[node.unit.pk] = node.unit
        found.paths[node.unit.pk] = f"{found.paths.get(node.parent, '')}{node.unit.code}/"
    found.shifts = dict(on(Shift.objects.all(), day).values_list("unit_id", "pattern"))
    for pk, unit, role in on(Post.objects.all(), day).order_by("-code").values_list("pk", "unit_id", "role"):
        found.posts[unit, role] = pk
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
