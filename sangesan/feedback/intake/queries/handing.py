"""Reads of papers handed up (原件上交查询)."""

from __future__ import annotations

from dataclasses import dataclass

from sangesan.feedback.sealed import queries as discipline
from sangesan.method.authority import Action, Scope
from sangesan.method.channels import handed_late
from sangesan.organization.calendar.queries import calendar

from ..channels import SHELVES
from ..models import HandedUp


@dataclass(frozen=True)
class Line:
    """A paper that was handed up (原件上交): when it came and went, and whether that took too long."""

    row: HandedUp
    form: str
    late: bool


def upper() -> str:
    """Return who the level above is (上级纪委), '' before the mailbox was founded."""
    box = discipline.mailbox()
    return box.upper[:60] if box else ""


def handed_up(scope: Scope, most: int = 100) -> list[Line]:
    """Return what this person handed up (本人上交的原件), newest first; nobody else's, whatever they lead."""
    if not scope.person or not scope.can(Action.REGISTER):
        return []
    rows = list(HandedUp.objects.filter(person=scope.person).order_by("-handed", "-received", "pk")[:most])
    if not rows:
        return []
    days = calendar(min(row.received for row in rows), max(row.handed for row in rows))
    return [Line(row, str(SHELVES[row.form].name), handed_late(row.received, row.handed, days)) for row in rows]
