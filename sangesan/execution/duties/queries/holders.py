"""Who answers for a duty (责任人): the acting holder first, else the full one, else the superior's head.

What a person has to do is asked with today's holders, for only they can act; whose duty it was is
told by the holders of the due date.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db.models import Exists, OuterRef, Q

from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units.models import UnitEdge
from sangesan.organization.units.queries import lineages, on

from ..models import Duty

ACTING = Appointment.Kind.ACTING.value


def answered_by(scope: Scope, day: date | None = None) -> Q:
    """Return the condition "this person answers for it" (本人负责) on a day."""
    found = Q(pk__in=[])
    for one in places_of(scope, day):
        found |= one
    return found


def places_of(scope: Scope, day: date | None = None) -> list[Q]:
    """Return what a person answers for as conditions that do not meet (负责范围), each served by one index.

    A post that somebody else stands in for is left out: rights and duties move for that time.
    """
    day = day or clock.today()
    own = {code: (pk, stood_in) for code, pk, stood_in in _own(scope, day)}
    held = [post for post in scope.posts if post.code in own and (post.acting or not own[post.code][1])]
    posts = [own[post.code][0] for post in held]
    places: dict[str, set[int]] = defaultdict(set)
    for post in held:
        if post.head:
            places[post.line] |= {post.unit, *_without_head(post.unit, post.line, day)}
    found = [Q(post__in=posts)] if posts else []
    return found + [Q(line=line, unit__in=units) & _falls_to_head(units, line, day) for line, units in places.items()]


def _falls_to_head(units: set[int], line: str, day: date) -> Q:
    """Return the condition "the head answers" (由负责人办): for the unit itself, or for a post that nobody holds."""
    held = on(Appointment.objects.filter(post=OuterRef("pk")), day)
    vacant = Post.objects.filter(~Exists(held), unit__in=units).values_list("pk", flat=True)
    return Q(post=None) | Q(post__in=list(vacant)) if vacant else Q(post=None)


def _own(scope: Scope, day: date):
    """Yield my posts as (code, id, whether another acts in it) (本人岗位，有无他人代理)."""
    acting = on(Appointment.objects.filter(post=OuterRef("pk"), kind=ACTING), day).exclude(person=scope.person)
    rows = Post.objects.filter(code__in=scope.post_codes).annotate(stood_in=Exists(acting))
    yield from rows.values_list("code", "pk", "stood_in")


def _without_head(unit: int, line: str, day: date) -> set[int]:
    """Return the units below that have no head of their own in a line (无人负责的下级), down to the next head."""
    held = on(Appointment.objects.filter(post=OuterRef("pk")), day)
    headed = on(Post.objects.filter(unit=OuterRef("child"), line=line, head=True), day).filter(Exists(held))
    found: set[int] = set()
    level = {unit}
    while level:
        rows = on(UnitEdge.objects.filter(parent__in=level, child__line=line), day).exclude(Exists(headed))
        level = set(rows.values_list("child", flat=True)) - found
        found |= level
    return found


def responsible(duty: Duty) -> Person | None:
    """Return whose duty it is (责任人): resolved at the due date, or today while that lies ahead."""
    return holder_of(duty.unit_id, duty.line, duty.post_id, _asked_on(duty))


def _asked_on(duty: Duty) -> date:
    """Return the day whose holders count (责任人取自哪天): today's where another unit took it over late."""
    today = clock.today()
    return min(clock.local(duty.due).date(), today) if duty.path.endswith(f"{duty.unit.code}/") else today


def answering(duty: Duty) -> set[int]:
    """Return all whose duty it is (责任人，含委托人与代办人): who gave it to a stand-in is no second person for it."""
    day = _asked_on(duty)
    held = on(Appointment.objects.filter(post=duty.post_id), day) if duty.post_id else Appointment.objects.none()
    found = set(held.values_list("person", flat=True))
    for step in reversed(lineages([duty.unit_id], day).get(duty.unit_id, [])):
        if found:
            break
        heads = Appointment.objects.filter(post__unit=step.pk, post__line=duty.line, post__head=True)
        found = set(on(heads, day).values_list("person", flat=True))
    return found


def above(duty: Duty, person: int = 0) -> Person | None:
    """Return who answers for the next unit above (上级责任人) that has somebody other than the holder and `person`."""
    day, own = clock.today(), {person, *answering(duty)}
    for step in list(reversed(lineages([duty.unit_id], day).get(duty.unit_id, [])))[1:]:
        found = _holder(Q(post__unit=step.pk, post__head=True), day)
        if found is not None and found.pk not in own:
            return found
    return None


def holder_of(unit: int, line: str, post: int | None, day: date) -> Person | None:
    """Return who answers for a post, or for a unit in a line, on a day (当日责任人); None when nobody does."""
    if post is not None and (person := _holder(Q(post=post), day)):
        return person
    for step in reversed(lineages([unit], day).get(unit, [])):
        if person := _holder(Q(post__unit=step.pk, post__line=line, post__head=True), day):
            return person
    return None


def _holder(which: Q, day: date) -> Person | None:
    rows = on(Appointment.objects.filter(which), day).filter(Q(post__until=None) | Q(post__until__gt=day))
    found = sorted(rows.select_related("person"), key=lambda r: (r.kind != ACTING, r.since, r.pk))
    return found[0].person if found else None
