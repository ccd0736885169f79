"""What is left undone this month (本月应办落实), in organisation order, never by number."""

from __future__ import annotations

from dataclasses import dataclass

from sangesan.execution.routines import queries as routines
from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope

MOST = 10


@dataclass(frozen=True)
class Owing:
    """A unit with something missing (有未办的单位): what it has done of what was due."""

    name: str
    done: int
    expected: int

    @property
    def said(self) -> str:
        return f"{self.done}/{self.expected}"


@dataclass(frozen=True)
class Month:
    """How this month's duties stand (本月应办): the first units that owe something, of all that had anything due."""

    owing: list[Owing]
    total: int
    units: int

    @property
    def clear(self) -> int:
        return self.units - self.total


def month(scope: Scope) -> Month | None:
    """Return this month's duties within reach (本月应办落实); None before anything fell due, or without the right."""
    if not scope.can(Action.COUNT_WORK):
        return None
    rows, units = routines.owing(scope, clock.today().replace(day=1))
    shown = [Owing(row.name, row.total.done, row.total.expected) for row in rows[:MOST]]
    return Month(shown, len(rows), units) if units else None
