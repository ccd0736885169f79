"""Whose books one may read (可查看的支部)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.books import KEPT
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import Step, last_day, lineages

SHELF = 2
"""So many years before this one the books of ended branches are kept at hand (留存年数)."""


def heard(scope: Scope, unit: Unit) -> bool:
    """Return whether the scope may read a branch's matters (可否查看其事项); to nobody else are they counted."""
    way = lineages([unit.pk], seen_on(unit)).get(unit.pk, [])
    return bool(scope.units_for(Action.SEE) & {step.pk for step in way})


def branches(scope: Scope) -> list[Unit]:
    """Return the branches whose books this scope may read (可查看的支部), in organisation order.

    Those that ended stay on the shelf for a while: who stood above them still reads and prints their books.
    """
    granted, today = scope.units_for(Action.READ_BOOKS), clock.today()
    found = list(Unit.objects.filter(Q(closed=None) | Q(closed__gt=date(today.year - SHELF, 1, 1)), kind=Kind.BRANCH,
                                     line__in=KEPT, opened__lte=today))
    ways: dict[int, list[Step]] = {}
    for day in {seen_on(unit) for unit in found}:
        ways |= lineages([unit.pk for unit in found if seen_on(unit) == day], day)
    return [unit for unit in found if granted & {step.pk for step in ways.get(unit.pk, [])}]


def seen_on(unit: Unit) -> date:
    """Return the day on which a branch is looked at (所见之日): today, or the last one on which it stood."""
    return min(clock.today(), last_day(unit))


def branch_for(scope: Scope, code: str) -> Unit:
    """Return a branch whose books the scope may read (按权限取支部), else NotFound."""
    found = next((unit for unit in branches(scope) if unit.code == code), None)
    if found is None:
        raise NotFound(_("没有找到这本手册"))
    return found
