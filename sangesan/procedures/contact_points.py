"""From a contact point into the loop (联系点的问题转为事项): what a cadre found becomes a matter.

It comes in as his report, under his name; whoever told him stands nowhere in it. The receipt is
his: he follows the matter like a correspondent, and its answer takes the step 落实 by itself.
"""

from __future__ import annotations

import hashlib

from sangesan.execution.contacts.models import Visit
from sangesan.execution.contacts.services import answered
from sangesan.feedback.intake.services import submit
from sangesan.ledger.facts.queries import Row
from sangesan.method.authority import Scope


def become_matter(scope: Scope, visit: Visit, key: str) -> str:
    """Register what a visit found as a matter (转为事项) and return its address."""
    token = hashlib.sha256(f"visit/{visit.pk}/{key}".encode()).hexdigest()
    taken = submit(channel="correspondent", mode="named", text=visit.text, key=token, name=scope.name,
                   person=scope.person, unit=visit.pair.unit_id, day=visit.day)
    return f"matters/{taken.number}"


def matter_answered(row: Row) -> int:
    """Take the step 落实 of the visit a matter came from (事项已答复), if it came from one."""
    return answered(subject=row.subject)
