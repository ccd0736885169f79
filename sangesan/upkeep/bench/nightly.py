"""Closing (日终结账): a day with facts in every team, for so many units."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.facts import Actor, MatterAnswered, MatterClosed, MatterFirstAnswered
from sangesan.organization.units.models import Unit, UnitEdge
from sangesan.procedures import nightly

from .figures import Figure, timed

OPENED = date(2024, 1, 1)
BROAD = 20  # units under each


def measure(count: int) -> Iterator[Figure]:
    """Measure one closing (测量): the whole, and each step above a tenth of a second."""
    day = clock.today() - timedelta(days=1)
    paths = tree(count)
    facts = 0
    with clock.at(datetime.combine(day, datetime.min.time(), clock.LOCAL) + timedelta(hours=11)):
        for start in range(0, len(paths), 500):
            with transaction.atomic():
                facts += sum(work(place, path) for place, path in enumerate(paths[start : start + 500], start))
    name, engine = f"nightly.{count}_units", connection.vendor
    cpu = time.process_time()
    spans = {step.word: timed(lambda step=step: step.do(day)) for step in nightly.STEPS}
    cpu = time.process_time() - cpu
    yield Figure(name, sum(spans.values()), "s", facts, engine)
    yield Figure(f"{name}.cpu", cpu, "s", facts, engine)
    yield from (Figure(f"{name}.{word}", span, "s", facts, engine) for word, span in spans.items() if span > 0.1)
    yield Figure(f"{name}.again", timed(lambda: nightly.run(day)), "s", facts, engine)


def tree(count: int) -> list[str]:
    """Make so many units (建单位) in a tree and return the paths of the lowest."""
    units = [Unit(code=f"U{n}", name=f"单位{n}", kind="mine" if n == 0 else "specialty" if n <= BROAD else "team",
                  opened=OPENED, position=n) for n in range(count)]
    Unit.objects.bulk_create(units, batch_size=1000)
    UnitEdge.objects.bulk_create(
        [UnitEdge(child=unit, parent=units[(n - 1) // BROAD], since=OPENED) for n, unit in enumerate(units) if n],
        batch_size=1000)
    paths = ["U0/"]
    for n in range(1, count):
        paths.append(f"{paths[(n - 1) // BROAD]}U{n}/")
    return paths[len(units) // BROAD :]


def work(place: int, path: str) -> int:
    """Record a day's work of one unit (一天的台账), one in ten late."""
    now, actor = clock.now(), Actor.post("BENCH")
    subject, in_time = f"matters/2026-B{place:05d}", int(place % 10 > 0)
    for fact in (
        MatterFirstAnswered(subject=subject, unit=path, occurred_at=now, in_time=in_time),
        MatterAnswered(subject=subject, unit=path, occurred_at=now, in_time=in_time),
        MatterClosed(subject=subject, unit=path, occurred_at=now, grade="C", in_time=in_time),
    ):
        record(fact, actor=actor)
    return 3
