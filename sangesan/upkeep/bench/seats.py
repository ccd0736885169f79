"""Posts for the assessment's figures (测速岗位): each unit has a head; some lead two units, some posts fall vacant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sangesan.method.authority import Role
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units.models import Unit

SECOND, VACANT = 7, 3
"""Of ten posts this one is held by the neighbour beside its own, and this one stands empty from mid-year on."""
DID = frozenset({"duty.done", "duty.late", "matter.first_answered", "matter.answered", "matter.closed"})
"""What a head does; the rest is the system's."""


def indicators() -> list[dict]:
    """Return what posts are assessed by themselves (岗位指标), beside the forty of their units."""
    return [
        {"code": "own_duties", "weight": 6_000, "late_share": 5_000, "tallies": [
            {"kind": "duty.done", "as": "good"}, {"kind": "duty.late", "as": "late"}]},
        {"code": "own_answers", "weight": 4_000, "tallies": [
            {"kind": "matter.answered", "as": "good", "where": {"in_time": 1}},
            {"kind": "matter.answered", "as": "bad", "where": {"in_time": 0}}]},
    ]


def code_of(path: str) -> str:
    """Return the post that leads a unit (单位负责岗位), by the unit's path."""
    return f"P{path.rstrip('/').rpartition('U')[2]}"


def actor_of(kind: str, path: str) -> str:
    """Return who does a fact of a kind in a unit (经办)."""
    return f"post:{code_of(path)}" if kind in DID else "system"


def fill(year: tuple[date, date]) -> None:
    """Make a head's post in every unit and appoint people to them (造岗位、任职)."""
    units: Sequence[Unit] = list(Unit.objects.order_by("pk"))
    people = Person.objects.bulk_create([
        Person(work_number=f"W{n}", name=f"职工{n}", unit=unit, since=year[0]) for n, unit in enumerate(units)],
        batch_size=1000)
    posts = Post.objects.bulk_create([
        Post(code=f"P{unit.code[1:]}", title=f"{unit}负责人", unit=unit, role=Role.CHIEF.value, head=True,
             since=year[0])
        for unit in units], batch_size=1000)
    middle = year[0] + timedelta(days=(year[1] - year[0]).days // 2)
    rows = []
    for n, (who, post) in enumerate(zip(people, posts, strict=True)):
        rows.append(Appointment(person=who, post=post, since=year[0], until=middle if n % 10 == VACANT else None,
                                share=7_000 if n % 10 == SECOND - 1 else 10_000))
        if n % 10 == SECOND:
            rows[-1] = Appointment(person=people[n - 1], post=post, since=year[0], share=3_000,
                                   kind=Appointment.Kind.CONCURRENT)
    Appointment.objects.bulk_create(rows, batch_size=1000)
