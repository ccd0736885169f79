"""Routines and versions as they stand (制度与版本)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, Q, QuerySet

from sangesan.execution.duties.services.planning import Time
from sangesan.foundation import clock
from sangesan.foundation.door import Sign
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.cadence import read
from sangesan.method.deadlines import Calendar
from sangesan.method.occurrences import Cadence, Occurrence, Policy, Window, occurrences
from sangesan.organization.calendar.queries import calendar

from ..models import Routine, Version

DRAFT, WAITING, HOLDS, ENDED = "draft", "waiting", "holds", "ended"
MORNING = time(0)


def routines(scope: Scope) -> list[Routine]:
    """Return all routines with their versions (全部制度); whoever sees work or counts sees the rules it follows."""
    if not sees(scope):
        raise NotFound()
    versions = Version.objects.select_related("force", "end", "checker").order_by("-number")
    return list(Routine.objects.prefetch_related(Prefetch("versions", versions)))


def sees(scope: Scope) -> bool:
    """Return whether a scope may read the routines (可看制度)."""
    return any(scope.can(a) for a in (Action.SEE_WORK, Action.COUNT_WORK, Action.DO_WORK, Action.EDIT_ROUTINES))


def routine_for(scope: Scope, code: str, action: Action | None = None) -> Routine:
    """Fetch a routine (取制度); fetching is permission. Raises NotFound."""
    allowed = scope.can(action) if action else sees(scope)
    found = Routine.objects.filter(code=code).first() if allowed and "\x00" not in code else None
    if found is None:
        raise NotFound()
    return found


def shown(scope: Scope) -> QuerySet[Routine]:
    """Return the routines that open for a scope (可打开的制度)."""
    return Routine.objects.all() if sees(scope) else Routine.objects.none()


def signs(_scope: Scope, keys: list[str]) -> dict[str, Sign]:
    """Return what routines in force are called (门牌) by the number of a version: what was decided is no secret."""
    asked = {(code, int(number)): key for key in keys
             for code, dash, number in [key.rpartition("-")] if dash and number.isdecimal() and len(number) < 5}
    rows = Version.objects.filter(routine__code__in={code for code, _number in asked}, force__isnull=False)
    return {asked[code, number]: Sign(title) for code, number, title in
            rows.values_list("routine__code", "number", "title") if (code, number) in asked}


def state_of(version: Version, day: date | None = None) -> str:
    """Return how a version stands (版本状态): draft, waiting for its day, holds, ended."""
    day, force, end = day or clock.today(), getattr(version, "force", None), getattr(version, "end", None)
    if force is None:
        return DRAFT
    if end is not None and (end.until <= day or end.until <= force.since):
        return ENDED
    return HOLDS if force.since <= day else WAITING


def in_force(day: date) -> QuerySet[Version]:
    """Return the versions that hold on a day or will (施行中的版本), with what decided them."""
    rows = Version.objects.filter(force__isnull=False).filter(Q(end=None) | Q(end__until__gt=day))
    return rows.select_related("routine", "force__origin", "end").order_by("routine__position", "pk")


def without_steps(day: date) -> QuerySet[Version]:
    """Return the versions that hold on a day and do not say how it is done (没有步骤的制度)."""
    return in_force(day).filter(force__since__lte=day, steps=[])


def holding(code: str, day: date | None = None) -> Version | None:
    """Return the version of a routine that holds on a day (现行版本), or None."""
    day = day or clock.today()
    return in_force(day).filter(routine__code=code, force__since__lte=day).order_by("-force__since").first()


def latest(routine: Routine) -> Version | None:
    """Return the newest version (最新版本)."""
    return routine.versions.select_related("force", "end").order_by("-number").first()


def cadence_of(version: Version) -> Cadence:
    """Return how often a version recurs (周期). Raises CadenceError for a rule that cannot be read."""
    return Cadence(read(version.rule), Policy(version.policy), Window(version.window), version.offset, version.grace,
                   version.lead)


def times_of(version: Version, anchor: date, since: date, until: date, days: Calendar) -> list[Time]:
    """Return a version's dates in moments (应办时刻): it opens at midnight and is due at the version's hour."""
    return [_time(one, version.at) for one in occurrences(cadence_of(version), anchor, since, until, days)]


def _time(one: Occurrence, at: time) -> Time:
    zone = clock.LOCAL
    return Time(one.nominal, one.due, datetime.combine(one.opens, MORNING, zone), datetime.combine(one.due, at, zone),
                datetime.combine(one.closes, at, zone), one.provisional)


def preview(cadence: Cadence, anchor: date, most: int = 10) -> list[Occurrence]:
    """Return the next dates of a cadence (今后十次), for the editor."""
    day = max(anchor, clock.today())
    found: list[Occurrence] = []
    for year in range(day.year, day.year + 41):
        since = day if year == day.year else date(year, 1, 1)
        until = date(year, 12, 31)
        found += occurrences(cadence, anchor, since, until, calendar(since, until + timedelta(days=40)))
        if len(found) >= most:
            break
    return found[:most]
