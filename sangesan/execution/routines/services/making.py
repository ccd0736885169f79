"""Making duties (生成应办): 400 days ahead, from each version in force, every night and without harm.

They pass New Year and holidays for they come from the rule, never from the one before. Units that
opened, closed, merged or moved and posts that changed are differences between two sets of bearers.
A year that was confirmed meanwhile gives its provisional dates their certain times.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from sangesan.execution.duties.models import Making
from sangesan.execution.duties.services import planning
from sangesan.method.deadlines import Calendar
from sangesan.organization.calendar.queries import calendar

from ..models import Version
from ..queries.targets import Standing, marked_targets, standing
from ..queries.versions import in_force, times_of

HORIZON = timedelta(days=400)
BEYOND = timedelta(days=60)
"""How far the calendar is read past the last nominal date: dates are put off, and graces end, over holidays."""


def make(day: date) -> int:
    """Make what is missing of the next 400 days (生成应办) and return how many duties are new."""
    now, days = standing(day), calendar(day - BEYOND, day + HORIZON + BEYOND)
    return sum(make_version(version, day, now, days) for version in in_force(day))


def make_version(
    version: Version, day: date, now: Standing | None = None, days: Calendar | None = None
) -> int:
    """Make one version's duties (生成一项制度的应办) up to the horizon."""
    now, days = now or standing(day), days or calendar(day - BEYOND, day + HORIZON + BEYOND)
    origin, since = version.force.origin, version.force.since
    upto = day + HORIZON
    if (ends := getattr(version, "end", None)) is not None:
        upto = min(upto, ends.until - timedelta(days=1))
    targets, mark = marked_targets(version, now)
    said = Making.objects.filter(origin=origin).first()
    if said and said.upto >= upto and said.bearers == mark and not _certain(said, days):
        return 0
    made = 0
    if said is not None and _certain(said, days):
        made += planning.retime(origin, times_of(version, since, said.provisional_since, said.upto, days),
                                said.provisional_since)
    if said is None or said.bearers != mark:
        with transaction.atomic():
            if planning.bear(origin, targets, max(day, since)) and said is not None:
                begun = max(day, since)
                made += planning.make(origin, times_of(version, since, begun, min(said.upto, upto), days), begun)
            planning.note_made(origin, upto=said.upto if said else since - timedelta(days=1), bearers=mark,
                               provisional_since=said.provisional_since if said else None)
    first = said.upto + timedelta(days=1) if said else since
    times = times_of(version, since, first, upto, days)
    made += planning.make(origin, times)
    planning.note_made(origin, upto=max(upto, said.upto if said else upto), bearers=mark,
                       provisional_since=_provisional(version, since, day, upto, days))
    return made


def _certain(said: Making, days: Calendar) -> bool:
    """Return whether the year of the first provisional date has been confirmed since (是否已核定)."""
    return said.provisional_since is not None and days.confirmed(said.provisional_since.year)


def _provisional(version: Version, anchor: date, day: date, upto: date, days: Calendar) -> date | None:
    """Return from where on dates are provisional (暂定起点): the first day of a year nobody has confirmed."""
    for year in range(day.year, upto.year + 1):
        if not days.confirmed(year):
            return max(date(year, 1, 1), anchor)
    return None
