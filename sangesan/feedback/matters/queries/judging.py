"""How long triage alone reads a letter that it has not judged (先阅期限): the rule for the round and for the page."""

from __future__ import annotations

from datetime import date, timedelta

from sangesan.method.deadlines import DAY, add_working_days
from sangesan.organization.calendar.queries import calendar

from ..models import Matter
from .access import thing_of

DAYS = 2
"""Working days that triage has for a letter before the others read it as well (先阅期限)."""
SPAN = timedelta(days=30)


def opens_on(since: date) -> date:
    """Return the day from which the others read what came in on a day and nobody judged (放开日)."""
    return add_working_days(since, DAYS, calendar(since, since + SPAN)) + DAY


def came_before(day: date) -> date:
    """Return the day before which all has come in that the others read from `day` on (放开的收件日), as `opens_on`."""
    return add_working_days(day, -DAYS, calendar(day - SPAN, day))


def fresh_until(matter: Matter) -> date | None:
    """Return from which day on others read it though nobody has judged it (放开日), None where they may already."""
    since = [since for *_reach, since in matter._reaches if since] if thing_of(matter).fresh else []
    return opens_on(min(since)) if since else None
