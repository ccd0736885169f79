"""What waits for me (我的待办), and my dates (我的日程): one bounded query each, never one per row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.db import connection
from django.db.models import Q, QuerySet

from sangesan.foundation import clock
from sangesan.foundation.asking import asked
from sangesan.foundation.search import named
from sangesan.method.authority import Scope
from sangesan.method.duty_status import Status
from sangesan.organization.units.models import Unit

from .. import kinds
from ..models import Duty, Origin
from .access import own, visible
from .holders import answered_by, places_of
from .standing import LONGEST_GRACE, settled, with_status

MOST = 50
ORIGINS = 200
ACT = ("origin_id", "unit_id", "line", "counterpart", "due")
"""By what dates of a rule that fall on one day are one act (一次办理)."""
AHEAD = timedelta(days=100)
"""What may be done at any time of a year waits only in its last hundred days; the calendar shows it all along."""

_ACTS = """
SELECT DISTINCT {act}, d.origin_id, d.unit_id, d.line, d.counterpart, d.due
FROM duties_duty d JOIN duties_origin o ON o.id = d.origin_id
WHERE {place} AND {waits} AND d.opens <= %(now)s AND d.due <= %(ahead)s
  AND NOT EXISTS (SELECT 1 FROM duties_happening h WHERE h.duty_id = d.id AND h.withdrawn_at IS NULL
    AND h.what IN ('done', 'exempted', 'cancelled'))
"""
_OF_RULES = {"act": "0", "waits": "o.lapses AND d.closes >= %(now)s AND d.due >= %(since)s"}
_OF_ORDERS = {"act": "d.id", "waits": "NOT o.lapses"}
_COUNT = "SELECT COUNT(*) FROM ({acts} LIMIT %(most)s) AS acts"


@dataclass(frozen=True)
class Task:
    """A duty of mine (待办): what to do, until when, where it is done; `unit` is whom it is done with, if any."""

    name: str
    title: str
    unit: str
    until: datetime
    subject: str
    url: str
    icon: str


@dataclass(frozen=True)
class Entry:
    """A date of mine (日程): what falls due on a day, and how it stands."""

    day: date
    at: datetime
    word: str
    title: str
    unit: str
    url: str
    status: Status
    provisional: bool


def mine(scope: Scope) -> QuerySet[Duty]:
    """Return what a scope answers for (本人应办), settled or not."""
    return Duty.objects.filter(answered_by(scope))


def _waiting(scope: Scope) -> list[tuple[QuerySet[Duty], QuerySet[Duty]]]:
    """Return what waits, of rules and of orders, for each condition that an index serves (待办查询)."""
    now = clock.now()
    rows = Duty.objects.filter(opens__lte=now, due__lte=now + AHEAD).exclude(settled())
    lapsing = rows.filter(origin__lapses=True, closes__gte=now, due__gte=now - LONGEST_GRACE)
    orders = rows.filter(origin__lapses=False)
    conditions = [place.condition() for place in places_of(scope)]
    return [(lapsing.filter(place), orders.filter(place)) for place in conditions]


def todo(scope: Scope) -> list[Task]:
    """Return what waits for a scope (我的待办), the nearest due moment first."""
    if not scope.posts:
        return []
    found = [duty for rows in chain(*_waiting(scope))
             for duty in rows.select_related("origin", "unit").order_by("due", "pk")[:MOST]]
    once: dict[tuple, Duty] = {}
    for duty in sorted(found, key=lambda d: (d.due, d.pk)):
        once.setdefault(_act(duty), duty)
    shown = list(once.values())[:MOST]
    names = _with_whom(shown)
    return [_task(scope, duty, names.get(duty.counterpart, duty.unit.name)) for duty in shown]


def _act(duty: Duty) -> tuple:
    """Return what tells one act from another (一次办理): dates of a rule that fall on one day are one."""
    return tuple(getattr(duty, name) for name in ACT) if duty.origin.lapses else (duty.pk,)


def waiting(scope: Scope, most: int = 100) -> int:
    """Count what waits for a scope (待办件数), up to `most`: as many as `todo` lists, dates of one act once."""
    places = places_of(scope) if scope.posts else []
    if not places:
        return 0
    now, moment = clock.now(), connection.ops.adapt_datetimefield_value
    acts = [_ACTS.format(place=place.sql(), **which) for place in places for which in (_OF_RULES, _OF_ORDERS)]
    [[count]] = asked(_COUNT.format(acts=" UNION ".join(acts)), now=moment(now), ahead=moment(now + AHEAD),
                      since=moment(now - LONGEST_GRACE), most=most)
    return count


def _task(scope: Scope, duty: Duty, unit: str) -> Task:
    kind = kinds.of(duty.origin.kind)
    return Task(str(kind.word), duty.origin.title, unit, duty.due, duty.subject, kind.shown(duty, scope), kind.icon)


def _with_whom(duties: list[Duty]) -> dict[int, str]:
    """Return the names of the units that duties are done with (对方单位): else three visits are three lines alike."""
    wanted = {duty.counterpart for duty in duties if duty.counterpart}
    return dict(Unit.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def dates(scope: Scope, since: date, until: date, most: int = 500) -> list[Entry]:
    """Return a scope's own dates (我的日程) by due day, both days included."""
    if not scope.posts:
        return []
    start = datetime.combine(since, time(0), clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time(0), clock.LOCAL)
    rows = with_status(Duty.objects.filter(own(scope), due__gte=start, due__lt=end))
    rows = rows.exclude(standing="cancelled").select_related("origin", "unit").order_by("due", "pk")
    found = list(rows[:most])
    names = _with_whom(found)
    return [_entry(scope, duty, names.get(duty.counterpart, duty.unit.name)) for duty in found]


def _entry(scope: Scope, duty: Duty, unit: str) -> Entry:
    kind, at = kinds.of(duty.origin.kind), clock.local(duty.due)
    return Entry(at.date(), at, str(kind.word), duty.origin.title, unit, kind.shown(duty, scope),
                 Status(duty.standing), duty.provisional)


def find(scope: Scope, words: str, most: int = 20) -> list[Task]:
    """Find duties by the title of their origin (查找应办事项), the latest due first.

    Of what recurs only the last three months: an old rule has a million of them.
    """
    now = clock.now()
    origins = list(Origin.objects.filter(named("title", words)).order_by("-pk")[:ORIGINS])
    rows = visible(scope).filter(origin__in=origins, opens__lte=now)
    rows = rows.filter(Q(origin__lapses=False) | Q(due__gte=now - AHEAD))
    return [_task(scope, duty, duty.unit.name) for duty in rows.order_by("-due", "-pk")[:most]]
