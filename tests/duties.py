"""Duties for tests (造应办事项): assigned through the service, in the small mine."""

from __future__ import annotations

from datetime import datetime, timedelta

from sangesan.execution.duties import services
from sangesan.execution.duties.models import Duty
from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from tests.builders import Mine


def owed(mine: Mine, unit: str = "ZC1", line: str = "administration", *, hours: float = 24, title: str = "核对考勤",
         **parts) -> Duty:
    """Give a unit something to do (交办一件), by default by tomorrow at this hour."""
    given = {"kind": "task", "subject": "meetings/1", "actor": SYSTEM} | parts
    for place in ("post", "verifier"):
        if isinstance(given.get(place), str):
            given[place] = mine.posts[given[place]]
    if isinstance(given.get("counterpart"), str):
        given["counterpart"] = mine.units[given["counterpart"]]
    due = given.pop("due", clock.now() + timedelta(hours=hours))
    return services.assign(unit=mine.units[unit], line=line, title=title, due=due, **given)


def later(**parts) -> datetime:
    """Return a moment after now (过后)."""
    return clock.now() + timedelta(**parts)
