"""Making duties (生成应办): 400 days ahead, from each version in force, every night and without harm.

They pass New Year and holidays for they come from the rule, never from the one before. Units that
opened, closed, merged or moved and posts that changed are differences between two sets of bearers.
A year that was confirmed meanwhile gives its provisional dates their certain times.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Making, Origin
from sangesan.execution.duties.services import planning
from sangesan.method.deadlines import Calendar
from sangesan.organization.calendar.queries import calendar

from ..models import Version
from ..queries.checking import CHECK, check_times_of
from ..queries.targets import Standing, checkers_of, marked_targets, standing
from ..queries.versions import in_force, times_of

HORIZON = timedelta(days=400)
Times = Callable[[Version, date, date, date, Calendar], list[planning.Time]]
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
    made = _make(version, version.force.origin, *marked_targets(version, now), times_of, day, days)
    if version.checks:
        looks = checkers_of(version, now)
        made += _make(version, check_origin(version), looks, planning.digest(looks), check_times_of, day, days)
    return made


def check_origin(version: Version) -> Origin:
    """Return the origin of a version's checks (检查的来由): a superior's own duty, beside what is checked."""
    done = version.force.origin
    return Origin.objects.get_or_create(
        kind=CHECK, subject=f"{done.subject}/check", code=f"{done.code}-C", defaults={
            "title": _("检查：%s") % version.title, "line": version.line, "lapses": False,
            "note": _("看下级办了没有、办得怎样；没有办的，催一下或说明")})[0]


def _make(version: Version, origin: Origin, targets: list[planning.Target], mark: str, times_of: Times, day: date,
          days: Calendar) -> int:
    """Make the duties of one origin of a version (生成一个来由的应办) up to the horizon."""
    since = version.force.since
    upto = day + HORIZON
    if (ends := getattr(version, "end", None)) is not None:
        upto = min(upto, ends.until - timedelta(days=1))
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
