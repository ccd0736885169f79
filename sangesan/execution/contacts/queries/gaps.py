"""Gaps (缺口): units nobody keeps in touch with, offices that keep in touch with nobody; never persons."""

from __future__ import annotations

from dataclasses import dataclass

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import standing, within

from ..models import Pair
from .access import in_force

GRASS_ROOTS = (Kind.TEAM, Kind.ENTERPRISE, Kind.CONTRACTOR, Kind.RETIREES)
"""Kinds of units that are kept in touch with (被联系的单位)."""


@dataclass(frozen=True)
class Gaps:
    """What is missing (缺口)."""

    units: list[Unit]
    offices: list[Unit]


def gaps(scope: Scope) -> Gaps:
    """Return the gaps within one's reach (缺口), in three queries and one for each grant."""
    reached = within(scope, Action.SEE_WORK)
    rows = list(in_force(Pair.objects.all()).values_list("unit", "office"))
    known, calling = {unit for unit, _ in rows}, {office for _, office in rows}
    found = list(standing(clock.today()).filter(pk__in=reached, kind__in=[*GRASS_ROOTS, Kind.OFFICE]))
    return Gaps([u for u in found if u.kind != Kind.OFFICE and u.pk not in known],
                [u for u in found if u.kind == Kind.OFFICE and u.pk not in calling])
