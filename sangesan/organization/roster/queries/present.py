"""The organisation as it stands (现状), read once for a whole workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from sangesan.method.turns import said
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units.models import Coverage, Unit, UnitEdge
from sangesan.organization.units.queries import on
from sangesan.organization.units.queries.rota import rotas


@dataclass
class Present:
    """All units, people, posts and appointments by their codes (现状), as of a day."""

    day: date
    units: dict[str, Unit]
    parents: dict[str, str]
    covers: dict[str, set[str]]
    shifts: dict[str, tuple[str, int]]
    people: dict[str, Person]
    posts: dict[str, Post]
    held: dict[str, list[Appointment]]


def present(day: date) -> Present:
    """Read the organisation of a day (读取现状), in seven queries."""
    units = {unit.code: unit for unit in Unit.objects.all()}
    codes = {unit.pk: code for code, unit in units.items()}
    covers: dict[str, set[str]] = {}
    for branch, unit in on(Coverage.objects.all(), day).values_list("branch_id", "unit_id"):
        covers.setdefault(codes[branch], set()).add(codes[unit])
    people = {person.work_number: person for person in Person.objects.all()}
    posts = {post.code: post for post in Post.objects.all()}
    numbers = {person.pk: number for number, person in people.items()}
    post_codes = {post.pk: post for post in posts.values()}
    held: dict[str, list[Appointment]] = {}
    for row in Appointment.objects.filter(Q(until=None) | Q(until__gt=day)):
        row.post = post_codes[row.post_id]
        held.setdefault(numbers[row.person_id], []).append(row)
    edges = on(UnitEdge.objects.all(), day).values_list("child_id", "parent_id")
    return Present(
        day=day, units=units, parents={codes[child]: codes[parent] for child, parent in edges}, covers=covers,
        shifts={codes[unit]: (said(row.turn for row in rota), rota[0].days)
                for unit, rota in rotas(day).items()},
        people=people, posts=posts, held=held,
    )
