"""Handbooks (手册): one of sixty pages as a request makes it, and thirty in the background, ordered and fetched.

A mine of thirty Party branches, each with a year of meetings and orders recorded through the
ledger, words and all; the figures are of the services that the pages use.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pypdfium2
from django.conf import settings
from django.db import connection, transaction

from sangesan.appraisal.handbooks import queries, services
from sangesan.foundation import clock, door
from sangesan.ledger.facts.services import record
from sangesan.method import facts
from sangesan.method.authority import Role, Scope
from sangesan.method.facts import Actor
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Coverage, Kind, Line, Unit, UnitEdge

from .figures import Figure, spans, timed

BRANCHES, MEETINGS, ORDERED, TIMES = 30, 400, 430, 10
SERIES = ("committee", "group", "assembly", "lecture", "party_day", "analysis")
WORDS = "会议听取上月情况，逐条核对职工反映事项的办理，奖金先公示后发放，由劳资科按班抽查，下次会报告结果。" * 2


def measure() -> Iterator[Figure]:
    """Measure one and thirty (一册与三十册)."""
    year, settings.SOON = clock.today().year - 1, False  # one hand alone makes what is measured
    made = timed(lambda: fill(year))
    scope, engine = reader(), connection.vendor
    door.guard("meetings", lambda _scope, key: key)
    door.guard("rectification", lambda _scope, key: key)
    yield Figure("handbook.made", made, "s", BRANCHES * (MEETINGS + ORDERED), engine)
    asked = {"scope": scope, "slug": "branch", "year": year}
    body = services.pdf(code=f"B{TIMES:02}", **asked).body
    codes = [f"B{turn:02}" for turn in range(TIMES)]
    pages = len(pypdfium2.PdfDocument(body))
    yield Figure("handbook.sixty_pages.pages", pages, "", 1, engine)
    yield Figure("handbook.sixty_pages.size", len(body) / 1000, "kB", 1, engine)
    # Each time another branch: what was set once is set again for nothing.
    printed = [timed(lambda code=code: services.pdf(code=code, **asked)) for code in codes]
    yield from spans("handbook.sixty_pages", printed, engine)
    read = [timed(lambda code=code: queries.book_for(code=code, **asked)) for code in codes]
    yield from spans("handbook.read", read, engine)
    yield from thirty(scope, year, engine)


def thirty(scope: Scope, year: int, engine: str) -> Iterator[Figure]:
    """Order the whole set, let it be made, fetch it (成套印制)."""
    orders: list = []
    spent = timed(lambda: orders.append(services.order(scope=scope, kind="set", year=year, slug="branch")))
    yield Figure("handbook.thirty.asked", spent * 1000, "ms", 1, engine)
    turns, made = [], [1]
    while made[-1]:
        turns.append(timed(lambda: made.append(services.make())))
    yield Figure("handbook.thirty.made", sum(turns), "s", sum(made) - 1, engine)
    yield Figure("handbook.thirty.longest_turn", max(turns), "s", len(turns), engine)
    spent = timed(lambda: services.fetch(scope=scope, number=orders[0].number))
    yield Figure("handbook.thirty.fetched", spent * 1000, "ms", 1, engine)
    orders[0].refresh_from_db()
    yield Figure("handbook.thirty.size", orders[0].size / 1e6, "MB", orders[0].pieces.filter(state="made").count(),
                 engine)


def fill(year: int) -> None:
    """Make thirty branches with a year's facts (造三十个支部)."""
    since, chance = date(year - 1, 1, 1), random.Random(year)  # noqa: S311 - no secret, a year of facts
    mine = Unit.objects.create(code="K", name="测速矿", kind=Kind.MINE, opened=since)
    party = Unit.objects.create(code="D", name="测速矿党委", kind=Kind.COMMITTEE, line=Line.PARTY, opened=since)
    UnitEdge.objects.create(child=party, parent=mine, since=since)
    who = Person.objects.create(work_number="1", name="测速员", unit=party, since=since)
    post = Post.objects.create(code="P", title="干事", unit=party, role=Role.CADRE.value, since=since, line=Line.PARTY)
    Appointment.objects.create(person=who, post=post, since=since)
    for number in range(BRANCHES):
        team = Unit.objects.create(code=f"T{number:02}", name=f"{number}队", kind=Kind.TEAM, opened=since)
        branch = Unit.objects.create(code=f"B{number:02}", name=f"{number}队党支部", kind=Kind.BRANCH, line=Line.PARTY,
                                     opened=since)
        UnitEdge.objects.create(child=team, parent=mine, since=since)
        UnitEdge.objects.create(child=branch, parent=party, since=since)
        Coverage.objects.create(branch=branch, unit=team, since=since)
        with transaction.atomic():
            live(number, year, chance)


def live(number: int, year: int, chance: random.Random) -> None:
    """Record a year of one branch (一年台账)."""
    for turn in range(MEETINGS):
        day = date(year, 1, 1) + timedelta(days=chance.randrange(360))
        record(facts.MeetingHeld(subject=f"meetings/{number}-{turn}", unit=f"K/D/B{number:02}/", line="party",
                                 occurred_at=_morning(day), quantity=9, series=SERIES[turn % len(SERIES)],
                                 expected=11, decisions=2), actor=Actor.post("P"), words=f"{turn} {WORDS}")
    for turn in range(ORDERED):
        day = date(year, 1, 1) + timedelta(days=chance.randrange(360))
        record(facts.RectificationOrdered(subject=f"rectification/{number}-{turn}", unit=f"K/T{number:02}/",
                                          occurred_at=_morning(day), due_day=day.isoformat()),
               actor=Actor.post("P"))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(10), clock.LOCAL)


def reader() -> Scope:
    """Return who reads all of them (读者)."""
    return scope_of(Person.objects.get())
