"""Where an analysis was studied (研究情况): meetings of its unit as the ledger tells them, and what they decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sangesan.ledger.facts.queries import entries
from sangesan.method import analysis as rule
from sangesan.method.meetings import of

from ..models import Analysis

WITHIN = timedelta(days=62)
"""An analysis is studied within so many days after its month (研究期限)."""


@dataclass(frozen=True)
class Studied:
    """A meeting in which it may have been studied (研究分析的会): when, which, how many came, what it decided."""

    subject: str
    day: date
    word: str
    present: int
    decisions: int


def studied(analysis: Analysis) -> list[Studied]:
    """Return the meetings of the unit since the month ended (可选的会), the latest first, by facts that stand."""
    end = rule.days_of(analysis.month)[1]
    rows = entries(kinds=["meeting.held"], units=[analysis.path], days=(end, end + WITHIN))
    found = [Studied(row.subject, row.day, of(str(row.content["series"])).word, row.quantity,
                     int(row.content["decisions"]))
             for row in rows if row.content["series"] in rule.STUDIED_IN]
    return found[::-1]


def decisions_of(analysis: Analysis) -> list[tuple[str, str]]:
    """Return the decisions of the meeting it was studied in (研究决定), as address and due day."""
    if not analysis.meeting:
        return []
    return [(str(row.content["duty"]), str(row.content["due_day"]))
            for row in entries(kinds=["decision.taken"], subject=analysis.meeting)]
