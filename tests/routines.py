"""Routines for tests (造制度): begun, put in force and made through the services, in the small mine."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sangesan.execution.routines import services
from sangesan.execution.routines.models import Routine, Version
from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM, Actor
from sangesan.organization.calendar import services as calendar

CADRE = Actor.post("cadre")
WEEKLY: dict[str, Any] = {
    "title": "安全活动日", "rule": "FREQ=WEEKLY;BYDAY=FR", "policy": "next", "at": time(18), "line": "administration",
    "unit_kinds": ["team"], "grace": 1, "lead": 1, "steps": ["讲近期隐患", "议本班怎么防"],
}


def ruled(since: date | None = None, *, code: str = "AQR", kind: str = "study", **parts: Any) -> Version:
    """Put a routine in force (施行一项制度), by default from today; a routine that is there gets a new version."""
    content = WEEKLY | parts
    routine = Routine.objects.filter(code=code).first()
    version = (services.save_draft(routine=routine, actor=CADRE, **content) if routine
               else services.begin(code=code, kind=kind, actor=CADRE, **content))
    services.put_in_force(version=version, since=since or clock.today(), decided_by="党委会", actor=CADRE)
    return Version.objects.get(pk=version.pk)


def made(day: date | None = None) -> int:
    """Make the duties of a day (生成应办)."""
    return services.make(day or clock.today())


def confirm(*years: int) -> None:
    """Confirm years of the calendar (核定日历)."""
    for year in years:
        calendar.confirm(year=year, actor=SYSTEM)
