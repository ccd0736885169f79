"""Who may stand in, and who does (代办人选、现有代办)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Scope
from sangesan.method.delegation import delegable
from sangesan.organization.units.models import Coverage
from sangesan.organization.units.queries import on

from .models import Appointment, Person, Post

ACTING = Appointment.Kind.ACTING.value
MOST = 300


def own(scope: Scope, day: date | None = None) -> list[Appointment]:
    """Return the posts of one's own that may be handed over (可委托的本人岗位), not those one only stands in for."""
    rows = on(Appointment.objects.filter(person=scope.person), day or clock.today()).exclude(kind=ACTING)
    return [row for row in rows.select_related("post__unit").order_by("-post__head", "post__code")
            if delegable(row.post.role)]


def own_appointment(scope: Scope, code: str) -> Appointment:
    """Return one's own appointment to a post of that code (本人任职). Raises NotFound."""
    found = next((row for row in own(scope) if row.post.code == code), None)
    if found is None:
        raise NotFound()
    return found


def candidates(post: Post, scope: Scope) -> list[Person]:
    """Return who may stand in for a post (代办人选): who holds one in its unit or a covering branch, or is superior."""
    today = clock.today()
    branches = on(Coverage.objects.filter(unit=post.unit_id), today).values("branch")
    near = Q(post__unit=post.unit_id) | Q(post__unit__in=branches) | Q(post__code__in=scope.superiors)
    rows = on(Appointment.objects.filter(near), today).exclude(person=scope.person)
    people = Person.objects.filter(pk__in=rows.values("person")).filter(Q(until=None) | Q(until__gt=today))
    return list(people.select_related("unit").order_by("unit__code", "work_number")[:MOST])


def given(scope: Scope) -> QuerySet[Appointment]:
    """Return who stands in for one's own posts, now and later (我委托的)."""
    posts = [row.post_id for row in own(scope)]
    rows = Appointment.objects.filter(post__in=posts, kind=ACTING).exclude(person=scope.person)
    return rows.filter(Q(until=None) | Q(until__gt=clock.today())).select_related("post", "person").order_by("since")


def taken(scope: Scope) -> QuerySet[Appointment]:
    """Return for whom one stands in, now and later (我代办的)."""
    rows = Appointment.objects.filter(person=scope.person, kind=ACTING)
    return rows.filter(Q(until=None) | Q(until__gt=clock.today())).select_related("post__unit").order_by("since")


def standing_in(persons: Iterable[int], day: date | None = None) -> set[int]:
    """Return who stands in for some people that day (代办他们的人)."""
    day = day or clock.today()
    posts = on(Appointment.objects.filter(person__in=list(persons)), day).exclude(kind=ACTING).values("post")
    return set(on(Appointment.objects.filter(post__in=posts, kind=ACTING), day).values_list("person", flat=True))


def as_one(person: int, day: date | None = None) -> set[int]:
    """Return who counts as one person with somebody (视同一人): who stands in for them that day, or gave it to them.

    Where a second person is asked for, they can't say yes to each other (docs/adr/0037).
    """
    day = day or clock.today()
    posts = on(Appointment.objects.filter(person=person), day).values("post")
    handed = on(Appointment.objects.filter(post__in=posts, kind=ACTING), day).values("post")
    return {person, *on(Appointment.objects.filter(post__in=handed), day).values_list("person", flat=True)}
