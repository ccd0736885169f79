"""Duties and completeness (应办与完成情况): 5,000 units with a year of routines.

The mix, for every unit: one daily routine (班前会), four weekly ones (周计划、三个学习日), eight monthly
and two quarterly ones: about 740 duties in 400 days, 3.7 million in all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db import connection

from sangesan.execution.duties import queries as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.routines import services
from sangesan.execution.routines.queries import completeness
from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as calendar
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Unit

from .figures import Figure, spans, timed
from .nightly import OPENED, tree

UNITS = 5_000
KINDS = ["mine", "specialty", "team"]
MIX = [("FREQ=DAILY", "as_is", "day")] + [(f"FREQ=WEEKLY;BYDAY={d}", "next", "day") for d in ("MO", "TU", "TH", "FR")]
MIX += [(f"FREQ=MONTHLY;BYMONTHDAY={n}", "next", "day") for n in range(3, 11)]
MIX += [("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=1", "previous", "quarter")] * 2
TURNS = 50


def measure(count: int = UNITS) -> Iterator[Figure]:
    """Measure (测量): a year made, made again, counted, looked at; one head's list among them all."""
    now = clock.now()
    begun = clock.today() - timedelta(days=365)
    tree(count)
    for year in range(begun.year, clock.today().year + 1):
        calendar.confirm(year=year, actor=SYSTEM)
    name, engine = f"duties.{count}_units", connection.vendor
    with clock.at(datetime.combine(begun, time(1), clock.LOCAL)):
        for place, (rule, policy, window) in enumerate(MIX):
            version = services.begin(
                code=f"R{place:02d}", kind="task", actor=SYSTEM, title=f"制度{place}", rule=rule, policy=policy,
                window=window, at=time(18), line="administration", unit_kinds=KINDS, grace=1)
            services.put_in_force(version=version, since=begun, decided_by="测速", actor=SYSTEM)
        first = timed(lambda: services.make(begun))
        total = Duty.objects.count()
        yield Figure(name, first, "s", total, engine)
        yield Figure(f"{name}.again", timed(lambda: services.make(begun)), "s", total, engine)
    with clock.at(datetime.combine(begun + timedelta(days=1), time(1), clock.LOCAL)):
        yield Figure(f"{name}.next_night", timed(lambda: services.make(begun + timedelta(days=1))), "s", total, engine)
    with clock.at(now):
        settle()
        yield from looked(count, total, engine)


def settle() -> None:
    """Let nineteen of twenty duties that are over have been done (办结), in bulk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO duties_happening (duty_id, what, at, entered_at, reason, words, post, person, fact,"
            " withdrawn_why)"
            " SELECT id, 'done', due, due, '', '', 'BENCH', 0, 0, '' FROM duties_duty WHERE due < %s AND id %% 20 <> 0",
            [connection.ops.adapt_datetimefield_value(clock.now())])
        cursor.execute("ANALYZE")


def looked(count: int, total: int, engine: str) -> Iterator[Figure]:
    """Measure the roll-up, the table and the to-do list (汇总、表、待办)."""
    yield Figure(f"completeness.{count}_units.rebuild", timed(services.rebuild), "s", total, engine)
    heads()
    leader, head = (scope_of(Person.objects.get(work_number=f"H{n}")) for n in (0, count - 1))
    months = completeness.months_of(clock.today(), 12)
    table = [timed(lambda: completeness.by_unit(leader, months, "*")) for _ in range(5)]
    yield from spans(f"completeness.{count}_units.table", table, engine)
    top = [timed(lambda: completeness.by_unit(leader, months, "U0/")) for _ in range(5)]
    yield from spans(f"completeness.{count}_units.top", top, engine)
    each = [timed(lambda: completeness.by_routine(leader, months, "U0/")) for _ in range(5)]
    yield from spans(f"completeness.{count}_units.by_routine", each, engine)
    for who, scope in (("leader", leader), ("head", head)):
        yield from spans(f"duties.todo.{who}", [timed(lambda s=scope: duties.todo(s)) for _ in range(TURNS)], engine)


def heads() -> None:
    """Give every unit a head (负责人), in bulk."""
    units = list(Unit.objects.order_by("position"))
    people = Person.objects.bulk_create([
        Person(work_number=f"H{n}", name=f"人{n}", unit=u, since=OPENED) for n, u in enumerate(units)], 1000)
    posts = Post.objects.bulk_create([
        Post(code=f"H{n}", title="负责人", unit=u, role="chief" if n else "leader", head=True, since=OPENED)
        for n, u in enumerate(units)], 1000)
    Appointment.objects.bulk_create([
        Appointment(person=person, post=post, since=OPENED) for person, post in zip(people, posts, strict=True)], 1000)
