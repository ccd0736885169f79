"""The table as the page shows it (完成情况表): rows within reach, below the unit chosen, with their way to the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sangesan.execution.duties.queries.lists import APART
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import last_day, lineage, lineages, path_of

from ..models import Routine
from .completeness import Row, by_routine, by_unit, months_of


@dataclass(frozen=True)
class Table:
    """What is shown (表): rows and their sum, for which unit, routine and months."""

    rows: list[tuple[Row, str]]
    total: Row
    ask: str
    unit: Unit | None
    routine: str
    by: str
    since: date
    months: int


def table(
    scope: Scope, *, month: date | None = None, months: int = 1, by: str = "unit", unit: str = "", routine: str = ""
) -> Table:
    """Return the table (完成情况) below a unit, by default below the highest one within reach."""
    above = _unit(scope, unit)
    path = path_of(above.pk, min(clock.today(), last_day(above))) if above else ""
    span = months_of(month or clock.today(), months)
    routine = "" if routine == APART else routine
    of = Routine.objects.filter(code=routine).values_list("pk", flat=True).first() or 0 if routine else 0
    rows = by_routine(scope, span, path) if by == "routine" else by_unit(scope, span, path, of)
    total = Row("", "")
    for row in rows:
        total.total.add(row.total)
    since = span[0]
    asked = {"month": f"{since:%Y-%m}", "months": months}

    def ask(below: str, of: str) -> str:
        return urlencode({k: v for k, v in (asked | {"unit": below, "routine": of}).items() if v})

    asks = [ask(row.code, routine) if by == "unit" else ask(unit, row.key) for row in rows]
    return Table(list(zip(rows, asks, strict=True)), total, ask(unit, routine), above, routine, by, since, months)


def _unit(scope: Scope, code: str) -> Unit | None:
    """Return the unit chosen (所选单位), within reach or above it; by default the highest one of one's own.

    Above one's own stand the rows through which one finds them, with the sums of one's own alone.
    """
    reach = scope.units_for(Action.COUNT_WORK)
    if code:
        found = Unit.objects.filter(code=code).first()
        if found is None or not (reach & set(lineage(found.pk, min(clock.today(), last_day(found))))
                                 or found.pk in _above(reach)):
            raise NotFound()
        return found
    return Unit.objects.filter(pk__in=reach).first() if len(reach) == 1 else None


def _above(units: frozenset[int]) -> set[int]:
    """Return these units and all above them today (本级及上级), in one query."""
    return {step.pk for way in lineages(units, clock.today()).values() for step in way}
