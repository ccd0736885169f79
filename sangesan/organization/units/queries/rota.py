"""Reads of who works when (班次查询): the shift of a day follows from the rota and the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sangesan.method.turns import Turn, place

from ..models import Shift
from . import on


def shifts(day: date, units: Iterable[int] | None = None) -> dict[int, Shift]:
    """Return the shift units work on a day (当日班次), by unit; who rests that day has one without hours."""
    return {unit: rota[_place(rota, day)] for unit, rota in rotas(day, units).items()}


def rotas(day: date, units: Iterable[int] | None = None) -> dict[int, list[Shift]]:
    """Return the shifts units work in turn (班次表), in their order; the last that was entered holds for a day."""
    rows = on(Shift.objects.all() if units is None else Shift.objects.filter(unit__in=list(units)), day)
    found: dict[int, list[Shift]] = {}
    for row in rows.order_by("pk"):
        found[row.unit_id] = [row] if row.place == 0 else [*found.get(row.unit_id, []), row]
    return found


def from_here(rota: list[Shift], day: date) -> tuple[list[Turn], date]:
    """Return the same turns beginning with the one that is on, and since when it is (从当前班起)."""
    at, days = _place(rota, day), rota[0].days
    since = day - timedelta(days=(day - rota[0].since).days % days) if days else day
    return [row.turn for row in rota[at:] + rota[:at]], since


def _place(rota: list[Shift], day: date) -> int:
    return place(rota[0].since, rota[0].days, len(rota), day)
