"""Dates of one rule that fall on one day (同日应办): what is put off over a holiday meets the next date."""

from __future__ import annotations

from django.db.models import QuerySet

from ..models import Duty


def twins(duty: Duty) -> QuerySet[Duty]:
    """Return the other duties of the same rule, unit and moment (同日应办): one act answers them all.

    Each keeps its nominal date and counts by itself (scoring.md, Calendar); what was entered once is not asked
    for again. What comes from one cause has a line of its own for each thing to do, and no twins.
    """
    if not duty.origin.lapses:
        return Duty.objects.none()
    return Duty.objects.filter(origin=duty.origin_id, unit=duty.unit_id, line=duty.line, counterpart=duty.counterpart,
                               due=duty.due).exclude(pk=duty.pk)
