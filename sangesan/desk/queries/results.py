"""The last result in a few lines (最近考核): who has points to win back, in organisation order, never who was first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sangesan.appraisal.scoring import queries as scoring
from sangesan.foundation import clock
from sangesan.organization.units import queries as units

FULL = 10_000
OWN, FINAL = 2, 4


@dataclass(frozen=True)
class Short:
    """A unit whose own points are not full (有扣分的单位); `score` in hundredths."""

    name: str
    url: str
    score: int

    @property
    def said(self) -> str:
        return f"{self.score / 100:.2f}"


@dataclass(frozen=True)
class Yesterday:
    """The last assessed day and the thirty days up to it (最近一日与近三十日结果)."""

    day: date
    subject: str
    assessed: int
    full: int
    month: int
    short: list[Short]


def yesterday() -> Yesterday | None:
    """Return the last daily result of the past week (最近日结果), or None before the first closing."""
    day = clock.today()
    run = next((r for n in range(1, 8) if (r := scoring.latest("day", day - timedelta(days=n)))), None)
    if run is None:
        return None
    finals = [row[FINAL] for row in scoring.stored(run)]
    rolling = scoring.latest("rolling", run.until)
    rows = {row[0]: row for row in scoring.stored(rolling)} if rolling else {}
    owing = [n.unit for n in units.tree(run.until) if (r := rows.get(n.unit.code)) and (r[OWN] or FULL) < FULL]
    short = [Short(u.name, f"/w/{rolling.subject}/{u.code}/", rows[u.code][OWN]) for u in owing] if rolling else []
    return Yesterday(run.until, run.subject, len(finals), sum(f >= FULL for f in finals), len(rows), short)
