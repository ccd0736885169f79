"""Analyses and discussions for tests (造月分析、座谈): voices through the mailbox, drafts by night, all by services."""

from __future__ import annotations

from datetime import date

from sangesan.execution.analysis import services
from sangesan.execution.analysis.models import Analysis, Discussion
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.services import record_speakers
from sangesan.foundation import clock
from sangesan.procedures import drafts
from tests.builders import Mine, heard

MONTH = date(2026, 11, 1)


def spoke(n: int, category: str, unit: str = "ZC1", mode: str = "named") -> None:
    """Let so many people speak of one thing in a unit (反映)."""
    for number in range(n):
        taken = heard(f"{category} 的事，第 {number} 个人说的", unit=unit, mode=mode, name=f"马{number}")
        Matter.objects.filter(number=taken.number).update(category=category)


def drafted(day: date = date(2026, 12, 2)) -> None:
    """Record what was said and draft the analyses of the month before (起草)."""
    record_speakers(clock.today())
    drafts.freeze(day)
    drafts.analyses(day)


def of(mine: Mine, unit: str) -> Analysis:
    """Return a unit's analysis of November (取月分析)."""
    return Analysis.objects.get(unit=mine.units[unit], month=MONTH)


def talk(mine: Mine, *, by: str = "secretary", unit: str = "ZB1", **parts) -> Discussion:
    """Write down a discussion (登记座谈)."""
    given = {"day": clock.today(), "heard": {"front": 6, "contractor": 2}, "key": "k" * 24,
             "place": "二楼会议室"} | parts
    return services.hold(scope=mine.scope(by), unit=mine.units[unit].pk, **given)
