"""What the year is about (今年工作重点), on the leader's page."""

from __future__ import annotations

from sangesan.decision.focus import queries
from sangesan.decision.focus.models import Focus
from sangesan.foundation import clock
from sangesan.method.authority import Scope


def focus_of(scope: Scope) -> list[Focus]:
    """Return the focus of this year (今年工作重点)."""
    return queries.of_year(scope, clock.today().year)
