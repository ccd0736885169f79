"""Table of visits made (到位表): units down, offices and cadres across, one month; each cell opens its record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sangesan.method.authority import Scope
from sangesan.organization.units.models import Unit

from ..models import Pair
from .access import pairs
from .standing import Standing, expected, standing_of, sums


@dataclass(frozen=True)
class Row:
    """A unit's row (一行): a cell for each column, None where nobody is paired, and the same without gaps."""

    unit: Unit
    cells: list[Standing | None]

    @property
    def filled(self) -> list[Standing]:
        return [cell for cell in self.cells if cell is not None]


@dataclass(frozen=True)
class Board:
    """The table of a month (到位表)."""

    month: date
    columns: list[str]
    rows: list[Row]
    sums: dict[str, int]


def board(scope: Scope, month: date) -> Board:
    """Return the table of a month over the pairs a scope may see (到位表), in four queries."""
    found = standing_of([pair for pair in pairs(scope) if expected(pair, month)], month)
    columns = sorted({(_rank(row.pair), row.pair.who) for row in found})
    place = {who: n for n, (_, who) in enumerate(columns)}
    rows: dict[int, Row] = {}
    for standing in found:
        unit = standing.pair.unit
        row = rows.setdefault(unit.pk, Row(unit, [None] * len(columns)))
        row.cells[place[standing.pair.who]] = standing
    return Board(month, [who for _, who in columns], list(rows.values()), sums(found))


def _rank(pair: Pair) -> tuple[bool, int, str]:
    """Cadres first, then offices in organisation order (列序)."""
    return pair.post is None, pair.office.position, pair.office.code
