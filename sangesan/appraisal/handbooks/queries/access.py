"""Whose books one may read (可查看的支部)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.books import KEPT
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import lineages, standing


def branches(scope: Scope) -> list[Unit]:
    """Return the branches whose books this scope may read (可查看的支部), in organisation order."""
    granted, today = scope.units_for(Action.READ_BOOKS), clock.today()
    found = list(standing(today).filter(kind=Kind.BRANCH, line__in=KEPT))
    ways = lineages([unit.pk for unit in found], today)
    return [unit for unit in found if granted & {step.pk for step in ways.get(unit.pk, [])}]


def branch_for(scope: Scope, code: str) -> Unit:
    """Return a branch whose books the scope may read (按权限取支部), else NotFound."""
    found = next((unit for unit in branches(scope) if unit.code == code), None)
    if found is None:
        raise NotFound(_("没有找到这本手册"))
    return found
