"""Coverage (覆盖图): which branch, team and crew has no node in which network."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sangesan.method.authority import Scope
from sangesan.method.networks import Cover, Standing, cover
from sangesan.organization.units import queries as units
from sangesan.organization.units.models import Kind, Unit

from ..models import Network
from ..words import COVERS, STANDINGS
from .nodes import branches, check_member, lines, standing_nodes


@dataclass(frozen=True)
class Spot:
    """A unit that a network needs a node in (覆盖图一格), and how it is covered."""

    unit: Unit
    above: Unit | None
    branch: Unit | None
    cover: Cover
    standing: Standing | None = None

    @property
    def word(self):
        """Why it is not covered (未覆盖原因)."""
        return STANDINGS[self.standing] if self.standing and self.cover == Cover.WAITING else COVERS[self.cover]


@dataclass
class Cell:
    """A branch in a network (支部一格): how many of its units have a node."""

    covered: int = 0
    total: int = 0

    @property
    def missing(self) -> int:
        return self.total - self.covered


@dataclass
class MapRow:
    """A branch as a row of the map (覆盖图一行): one cell for each network."""

    branch: Unit | None
    cells: dict[str, Cell] = field(default_factory=dict)


def coverage(day: date) -> dict[str, list[Spot]]:
    """Return for each network the units that need a node (应设联络员的单位), in organisation order."""
    tree = units.tree(day)
    by_pk = {node.unit.pk: node.unit for node in tree}
    branch_of = branches(day)
    held: dict[tuple[str, int], list[Standing]] = {}
    for line in lines(standing_nodes(day).select_related("network"), day):
        held.setdefault((line.node.network.slug, line.node.unit_id), []).append(line.standing)
    found: dict[str, list[Spot]] = {}
    for network in Network.objects.all():
        found[network.slug] = [
            _spot(node.unit, by_pk.get(node.parent or 0), by_pk.get(branch_of.get(node.unit.pk, 0)),
                  held.get((network.slug, node.unit.pk), []))
            for node in tree if node.unit.kind in network.kinds and _of_party(node.unit)
        ]
    return found


def _of_party(unit: Unit) -> bool:
    """Branches are the Party's; workshop unions and youth branches cover the same crews again."""
    return unit.kind != Kind.BRANCH or unit.line == "party"


def _spot(unit: Unit, above: Unit | None, branch: Unit | None, nodes: list[Standing]) -> Spot:
    return Spot(unit, above, branch, cover(nodes), nodes[0] if nodes else None)


def gaps(scope: Scope, day: date, *, network: str = "", branch: str = "") -> dict[str, list[Spot]]:
    """Return what is not covered (没有联络员的单位) by network, in organisation order: units, never men."""
    check_member(scope)
    return {
        slug: [spot for spot in spots if spot.cover != Cover.COVERED
               and (not branch or (spot.branch is not None and spot.branch.code == branch))]
        for slug, spots in coverage(day).items() if not network or slug == network
    }


def map_rows(scope: Scope, day: date) -> list[MapRow]:
    """Return the map (覆盖图): a row for each branch, a cell for each network; what has no branch stands last."""
    check_member(scope)
    rows: dict[int, MapRow] = {}
    loose = MapRow(None)
    everything = coverage(day)
    for node in units.tree(day):
        if node.unit.kind == Kind.BRANCH and _of_party(node.unit):
            rows[node.unit.pk] = MapRow(node.unit)
    for slug, spots in everything.items():
        for spot in spots:
            row = rows.get(spot.branch.pk, loose) if spot.branch else loose
            cell = row.cells.setdefault(slug, Cell())
            cell.total += 1
            cell.covered += spot.cover == Cover.COVERED
    return [*rows.values(), *([loose] if loose.cells else [])]
