"""From a discussion into the loop (座谈意见转为事项): a point becomes a matter, and its answer comes back.

It comes in as the report of whoever kept the discussion; who raised it stands nowhere in it.
"""

from __future__ import annotations

import hashlib

from sangesan.execution.analysis.models import Point
from sangesan.execution.analysis.services import answered
from sangesan.feedback.intake.services import submit
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import Row
from sangesan.method.authority import Scope
from sangesan.organization.units.queries import covered


def become_matter(scope: Scope, point: Point) -> str:
    """Register a point as a matter of the unit the branch covers (转为事项) and return its address."""
    token = hashlib.sha256(f"{point.discussion.subject}/{point.place}".encode()).hexdigest()
    units = covered(point.discussion.unit_id, clock.today())
    taken = submit(channel="correspondent", mode="named", text=point.text, key=token, name=scope.name,
                   person=scope.person, unit=units[0] if len(units) == 1 else None, day=point.discussion.day)
    return f"matters/{taken.number}"


def matter_answered(row: Row) -> int:
    """Note the answer of the point a matter came from (事项已答复), if it came from one."""
    return answered(subject=row.subject)
