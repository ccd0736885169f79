"""Inspections for tests (造检查): a safety office looks at the first team."""

from __future__ import annotations

from datetime import date

from sangesan.execution.rectification import services
from sangesan.foundation import clock
from sangesan.organization.units.models import Kind, Shift
from tests.builders import START, Mine, Role, hire, small_mine, unit

TODAY = date(2026, 11, 24)
KEY = "k" * 32


def checked_mine() -> Mine:
    """Build the small mine with a safety office, its chief and an inspector of the night shift (小矿)."""
    mine = small_mine()
    mine.units["AJ"] = unit("AJ", "安监处", Kind.OFFICE, mine.units["QSL"])
    for code, name, shift in (("AJ1", "安监检修班", "检修班"), ("AJ0", "安监零点班", "零点班")):
        mine.units[code] = unit(code, name, Kind.CREW, mine.units["AJ"])
        Shift.objects.create(unit=mine.units[code], pattern=shift, begins="08:00", ends="16:00", since=START)
    hire(mine, "safety", "安监处处长", "AJ", Role.CHIEF, "3001", head=True)
    hire(mine, "night", "零点班安监员", "AJ0", Role.CREW_LEADER, "3002", head=True)
    hire(mine, "day", "检修班安监员", "AJ1", Role.CREW_LEADER, "3003", head=True)
    hire(mine, "crew", "检修班班长", "ZC1J", Role.CREW_LEADER, "3004", head=True)
    return mine


def inspected(mine: Mine, who: str = "safety", **parts):
    """Record an inspection (检查)."""
    said = {"form": "check", "day": clock.today(), "unit": "ZC1", "shift": "检修班", "key": KEY} | parts
    return services.inspect(scope=mine.scope(who), **said)


def found(mine: Mine, who: str = "safety", **parts):
    """Record an inspection and a problem in it (查出问题)."""
    said = {"text": "风筒漏风三处", "key": parts.pop("mark", "f" * 32)} | parts
    return services.find(scope=mine.scope(who), inspection=inspected(mine, who).pk, **said)
