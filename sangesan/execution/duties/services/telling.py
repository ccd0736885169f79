"""What facts about duties have in common (台账条目的共同字段)."""

from __future__ import annotations

from typing import Any

from sangesan.foundation import clock
from sangesan.organization.units.queries import path_of

from ..models import Duty


def of_duty(duty: Duty, paths: dict[int, str] | None = None) -> dict[str, Any]:
    """Return what every fact about a duty carries (共同字段); `paths` of counterparts, when many are told."""
    with_whom = ""
    if duty.counterpart:
        day = min(clock.local(duty.due).date(), clock.today())
        with_whom = paths[duty.counterpart] if paths is not None else path_of(duty.counterpart, day)
    return {"subject": duty.subject, "unit": duty.path, "line": duty.line, "reason": duty.origin.kind,
            "rule": duty.origin.code, "counterpart": with_whom}
