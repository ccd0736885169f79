"""What is cared for (关怀件): the one permission query of the quiet road."""

from __future__ import annotations

from django.db.models import QuerySet

from sangesan.feedback.matters.queries.access import without_conflict
from sangesan.feedback.matters.words import CARE
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope

from ..models import Care


def visible(scope: Scope) -> QuerySet[Care]:
    """Return the matters in care a scope sees (可见关怀件): the carer's and the doctor's, nobody else's."""
    rows = Care.objects.filter(mine__in=scope.units_for(Action.CARE), matter__kind=CARE)
    return without_conflict(rows, scope, "matter_id").select_related("matter", "matter__unit")


def listed(scope: Scope) -> list[Care]:
    """Return them (关怀件列表), those nobody got in touch about first."""
    order = {"open": 0, "contacted": 1}
    return sorted(visible(scope).order_by("-day", "pk")[:200], key=lambda care: order.get(care.state, 2))


def care_for(scope: Scope, number: str) -> Care:
    """Fetch one (取关怀件); fetching is permission. Raises NotFound."""
    found = visible(scope).filter(matter__number=number).first() if "\x00" not in number else None
    if found is None:
        raise NotFound()
    return found


def opener(scope: Scope, key: str) -> Care | None:
    """The door of `care/…` (关怀件之门)."""
    return visible(scope).filter(matter__number=key).first() if "\x00" not in key else None
