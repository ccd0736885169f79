"""Lists of meetings (会议列表): what is to be held, what was held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, Q

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.execution.duties.queries.access import own
from sangesan.foundation import clock
from sangesan.foundation.search import named, read
from sangesan.method import meetings as rule
from sangesan.method.authority import Scope

from ..models import Meeting
from .access import LARGEST, host_units, own_units, visible

AHEAD = timedelta(days=14)
BACK = timedelta(days=31)
PAGE = 30
MEETINGS = Q(origin__kind="meeting") | Q(
    origin__subject__in=[f"routines/{one.routine}" for one in rule.SERIES if one.routine])
"""Duties that are done by a meeting (开会的应办事项)."""


@dataclass(frozen=True)
class Coming:
    """A meeting to come (将开的会): one that is open, or a duty for which none was opened."""

    title: str
    unit: str
    at: datetime
    url: str
    opened: bool
    begins: datetime | None = None
    """From when on it can be prepared (何时起准备), where that lies ahead."""


def routine_of(duty: Duty) -> str:
    """Return the code of the routine a duty comes from (制度编码), or ''."""
    noun, _slash, code = duty.origin.subject.partition("/")
    return code if noun == "routines" else ""


def page_of(duty: Duty) -> str:
    """Return where a duty is done as a meeting (开会地址), '' when it is none."""
    known = duty.origin.kind == "meeting" or rule.of_routine(routine_of(duty))
    return f"/w/meetings/of/{duty.pk}/" if known else ""


def coming(scope: Scope) -> list[Coming]:
    """Return what a scope has to hold or arranges soon (将开的会), the nearest first."""
    if not scope.posts:
        return []
    now = clock.now()
    mine = visible(scope).filter(closed_at=None, annulled_at=None).filter(
        Q(unit__in=own_units(scope)) | Q(begins__gte=now - BACK))
    found = [Coming(m.title, m.unit.name, m.begins, f"/w/{m.subject}/", True) for m in mine.order_by("begins")[:PAGE]]
    opened = Meeting.objects.filter(annulled_at=None, duty__isnull=False).values("duty")
    arranged = Q(unit__in=[unit.pk for unit in host_units(scope)])
    duties = Duty.objects.filter(own(scope) | arranged, MEETINGS, opens__lte=now + AHEAD, closes__gte=now)
    duties = duties.exclude(settled()).exclude(pk__in=opened).select_related("origin", "unit").order_by("due", "pk")
    for d in duties[:PAGE]:
        url, begins = (page_of(d), None) if d.opens <= now else (f"/w/{d.subject}/", d.opens)
        found.append(Coming(d.origin.title, d.unit.name, d.due, url, False, begins))
    return sorted(found, key=lambda c: c.at)


def find(scope: Scope, words: str, most: int = 20) -> list[Meeting]:
    """Find meetings by what they are called (查找会议), the latest first."""
    runs = read(words).runs
    series = [one.slug for one in rule.SERIES if runs and all(run in one.word for run in runs)]
    called = named("name", words) | Q(name="", series__in=series)
    return list(visible(scope).filter(called, annulled_at=None).order_by("-begins", "-pk")[:most])


@dataclass(frozen=True)
class Held:
    """A page of meetings that were held (已开的会): rows, and the cursor of the next page or ''."""

    rows: list[Meeting]
    after: str


def held(scope: Scope, series: str = "", after: str = "") -> Held:
    """Return the meetings that were held (已开的会), the latest first, a page at a time."""
    rows = visible(scope).filter(closed_at__isnull=False).annotate(
        decided=Count("items", filter=Q(items__what="decision")))
    if series:
        rows = rows.filter(series=series)
    at, _, pk = after.partition("_")
    if at.isascii() and at.isdecimal() and pk.isascii() and pk.isdecimal() and len(after) < 40:
        moment = datetime.fromtimestamp(min(int(at), 2**33), UTC)
        rows = rows.filter(Q(begins__lt=moment) | Q(begins=moment, pk__lt=min(int(pk), LARGEST)))
    found = list(rows.order_by("-begins", "-pk")[: PAGE + 1])
    more = found[PAGE - 1] if len(found) > PAGE else None
    return Held(found[:PAGE], f"{int(more.begins.timestamp())}_{more.pk}" if more else "")
