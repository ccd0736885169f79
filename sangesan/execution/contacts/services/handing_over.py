"""Handing over (移交结对): a pair of a unit that ended goes on with whoever took it over."""

from __future__ import annotations

from django.db import transaction

from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from sangesan.organization.units.models import Kind, Unit

from ..models import Pair
from ..queries.access import in_force
from ..queries.gaps import GRASS_ROOTS
from .pairing import ended


@transaction.atomic
def hand_over(*, old: Unit, heir: Unit | None) -> int:
    """End the pairs of an ended unit and pair its heir in its place (移交结对); returns how many go on.

    A cadre whose post ended keeps in touch as the office. Where the heir is no grass-roots unit, or no
    office, or paired already, the pair just ends: the gaps say who is left.
    """
    rows = list(in_force(Pair.objects.filter(unit=old) | Pair.objects.filter(office=old)).select_related("post"))
    going = 0
    for found in rows:
        if ended(found, SYSTEM):  # one that somebody ended meanwhile does not go on
            going += heir is not None and _goes_on(found, old, heir)
    return going


def _goes_on(found: Pair, old: Unit, heir: Unit) -> bool:
    """Pair the heir in the place of the ended unit (接着结对)."""
    if found.unit_id == old.pk:
        fits, office, post, unit = heir.kind in GRASS_ROOTS, found.office_id, found.post_id, heir.pk
    else:
        fits, office, post, unit = heir.kind == Kind.OFFICE, heir.pk, None, found.unit_id
    if not fits or office == unit:
        return False
    _pair, new = Pair.objects.get_or_create(office_id=office, post_id=post, unit_id=unit, until=None, defaults={
        "on": found.on, "since": clock.today()})
    return new
