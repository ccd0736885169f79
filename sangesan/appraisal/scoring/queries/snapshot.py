"""The organisation as a period saw it (组织快照): units with their people, posts with their holders.

A unit that closed within the period stands where it last stood, with the days of its people and the
day of its end; so a merge loses nobody (按人日). Kept with the run: what is corrected later moves no old result.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

from django.db.models import Q, QuerySet

from sangesan.method import period as method
from sangesan.method.holders import Held
from sangesan.method.period import Unit
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units import models as units
from sangesan.organization.units.models import Line

from ..models import HeadCount, Tree
from . import reading

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Seat:
    """A post in the period (岗位): its unit and line, who answers in a vacancy, who held it."""

    code: str
    unit: str
    line: str
    superior: str
    since: date
    until: date
    held: tuple[Held, ...]


def taken(since: date, until: date) -> dict[str, Any]:
    """Return the organisation of a period as plain content (快照)."""
    found = _units(since, until)
    return {"units": found, "posts": _posts(since, until, {row[0]: row[1] for row in found})}


def units_of(content: dict[str, Any]) -> dict[str, Unit]:
    """Read the units of a snapshot (单位)."""
    return {row[0]: Unit(*row[:6], tuple(row[6]), *map(date.fromisoformat, row[7:])) for row in content["units"]}


def seats_of(content: dict[str, Any]) -> list[Seat]:
    """Read the posts of a snapshot (岗位)."""
    day = cache(date.fromisoformat)
    return [Seat(code, unit, line, superior, day(since), day(until),
                 tuple(Held(code, who, share, day(a), day(b)) for who, share, a, b in held))
            for code, unit, line, superior, since, until, held in content["posts"]]


class Organisation:
    """Units and posts of a snapshot (组织), who reads whom, and the ways from a unit, a superior or a person to posts.

    Made once for all late facts of a night: what stands here is looked up, not looked for among all units.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        self.units, self.seats = units_of(content), seats_of(content)
        self.seat = {seat.code: seat for seat in self.seats}
        self.in_unit: dict[str, list[Seat]] = defaultdict(list)
        self.under: dict[str, list[Seat]] = defaultdict(list)
        self.held: dict[int, list[tuple[Seat, Held]]] = defaultdict(list)
        for seat in self.seats:
            self.in_unit[seat.unit].append(seat)
            self.under[seat.superior].append(seat)
            for one in seat.held:
                self.held[one.person].append((seat, one))
        self.sources = reading.sources(self.units)
        self._tree = method.Tree(self.units)

    def tree(self, contacts: Mapping[str, Sequence[str]]) -> method.Tree:
        """Return who reads whom (挂钩关系) with some contact units; the last one is kept."""
        if self._tree.contacts != contacts:
            self._tree = method.Tree(self.units, contacts)
        return self._tree


@lru_cache(maxsize=4)
def organisation(digest: str) -> Organisation:
    """Return the organisation of a kept snapshot (取快照); what its digest binds never changes."""
    return Organisation(Tree.objects.get(pk=digest).nodes)


def ids_of(codes: Iterable[str]) -> dict[str, int]:
    """Return the keys of units by code (单位编号)."""
    return dict(units.Unit.objects.filter(code__in=list(codes)).values_list("code", "pk"))


def turns(since: date, until: date) -> list[date]:
    """Return the days of a period on which some unit came to stand elsewhere (组织变动日), and its ends."""
    moved = units.UnitEdge.objects.filter(since__gt=since, since__lte=until).values_list("since", flat=True)
    return sorted({since, until, *moved})


def heads_on(day: date) -> dict[int, int]:
    """Return how many people each unit and all below it has on a day (在册人数); a branch those it covers."""
    own = Counter(on_day(Person.objects.all(), day).values_list("unit", flat=True))
    up = dict(on_day(units.UnitEdge.objects.all(), day).values_list("child", "parent"))
    covers: dict[int, list[int]] = defaultdict(list)
    for branch, unit in on_day(units.Coverage.objects.all(), day).values_list("branch", "unit"):
        covers[unit].append(branch)
    found: Counter[int] = Counter()
    for unit, count in own.items():
        at, seen = unit, set()
        while at and at not in seen:
            seen |= {at, *covers[at]}
            at = up.get(at)
        for one in seen:
            found[one] += count
    return found


def on_day(rows: QuerySet, day: date) -> QuerySet:
    """Filter dated rows to those of a day (当日有效)."""
    return rows.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


def during(rows: QuerySet, since: date, until: date) -> QuerySet:
    """Filter dated rows to those of some day of a period (期间有效)."""
    return rows.filter(Q(until=None) | Q(until__gt=since), since__lte=until)


def _units(since: date, until: date) -> list[list[Any]]:
    rows = units.Unit.objects.filter(Q(closed=None) | Q(closed__gt=since), opened__lte=until)
    there = {u.pk: u for u in rows}
    last = {pk: min(until, u.closed - DAY) if u.closed else until for pk, u in there.items()}
    parents: dict[int, str] = {}
    for child, parent, a, b in during(units.UnitEdge.objects.all(), since, until).values_list(
            "child", "parent", "since", "until"):
        if child in last and parent in there and a <= last[child] and (b is None or b > last[child]):
            parents[child] = there[parent].code
    covering: dict[int, list[str]] = defaultdict(list)
    for branch, unit, a, b in during(units.Coverage.objects.all(), since, until).values_list(
            "branch", "unit", "since", "until"):
        if unit in last and branch in there and a <= last[unit] and (b is None or b > last[unit]):
            covering[unit].append(there[branch].code)
    counted = _head_counts()
    found = []
    for pk, u in there.items():
        heads, days = counted(pk, max(since, u.opened), last[pk])
        ended = [_said(u.closed)] if u.closed and u.closed <= until else []
        found.append([u.code, parents.get(pk, ""), u.kind, u.line, heads, days, sorted(covering[pk]), *ended])
    return sorted(found)


def _head_counts() -> Callable[[int, date, date], tuple[int, int]]:
    """Return a function that gives the people on the last day and their days from a day to another."""
    days: dict[int, list[date]] = defaultdict(list)
    heads: dict[int, list[int]] = defaultdict(list)
    for unit, since, count in HeadCount.objects.order_by("unit", "since").values_list("unit", "since", "heads"):
        days[unit].append(since)
        heads[unit].append(count)

    def at(unit: int, day: date) -> int:
        place = max(0, bisect_right(days[unit], day) - 1)
        return heads[unit][place] if heads[unit] else 0

    def counted(unit: int, since: date, until: date) -> tuple[int, int]:
        edges = [since, *(d for d in days[unit] if since < d <= until), until + DAY]
        total = sum(at(unit, a) * (b - a).days for a, b in zip(edges, edges[1:], strict=False))
        return at(unit, until), total
    return counted


def _posts(since: date, until: date, parents: dict[str, str]) -> list[list[Any]]:
    rows = list(during(Post.objects.select_related("unit"), since, until).order_by("code"))
    heads = {(p.unit.code, p.line): p.code for p in rows if p.head}
    held: dict[int, list[list[Any]]] = defaultdict(list)
    stretches = during(Appointment.objects.all(), since, until).order_by("post", "since", "person")
    for post, person, share, a, b in stretches.values_list("post", "person", "share", "since", "until"):
        held[post].append([person, share, _said(max(a, since)), _said(min(b or until + DAY, until + DAY))])
    return [[p.code, p.unit.code, p.line, _superior(p, heads, parents), _said(max(p.since, since)),
             _said(min(p.until or until + DAY, until + DAY)), held[p.pk]]
            for p in rows if p.unit.code in parents]


def _superior(post: Post, heads: dict[tuple[str, str], str], parents: dict[str, str]) -> str:
    """Return the post that answers for a vacant one (代为负责的岗位): the nearest head above."""
    at: Iterable[str] = _way(post.unit.code, parents)
    for unit in at:
        for line in dict.fromkeys((post.line, Line.ADMINISTRATION.value)):
            found = heads.get((unit, line))
            if found and found != post.code:
                return found
    return ""


def _way(unit: str, parents: dict[str, str]) -> Iterable[str]:
    for _step in range(len(parents)):
        if not unit:
            return
        yield unit
        unit = parents.get(unit, "")


def _said(day: date) -> str:
    return day.isoformat()
