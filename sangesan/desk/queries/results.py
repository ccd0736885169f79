"""Yesterday's result in two sentences (昨日考核): how many units, which lost points, never who was first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sangesan.appraisal.scoring import queries as scoring
from sangesan.foundation import clock

FULL = 10_000


@dataclass(frozen=True)
class Yesterday:
    """The last assessed day (最近一日结果)."""

    day: date
    subject: str
    assessed: int
    full: int


def yesterday() -> Yesterday | None:
    """Return the last daily result of the past week (最近日结果), or None before the first closing."""
    day = clock.today()
    for back in range(1, 8):
        run = scoring.latest("day", day - timedelta(days=back))
        if run is not None:
            finals = [row[4] for row in scoring.stored(run)]
            return Yesterday(run.until, run.subject, len(finals), sum(f >= FULL for f in finals))
    return None
