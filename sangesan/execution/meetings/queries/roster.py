"""Whom a meeting expects (应到人员) and who may be given a decision (可承办的岗位): from posts, never typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.method.meetings import EXPECTED, THERE, seat
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import children, covered, on, subtree

from ..models import Attendee, Meeting
from .agenda import earlier

ACTING = Appointment.Kind.ACTING.value
POLITICAL = [r.value for r in (Role.CADRE, Role.INSPECTOR, Role.UNION, Role.YOUTH, Role.TRIAGE)]
"""Posts by which an office counts among the political-work departments (政工部门)."""


def expected(meeting: Meeting) -> list[tuple[Person, Post]]:
    """Return who is expected (应到): the posts of the last meeting, else those the series expects."""
    day = clock.local(meeting.begins).date()
    if meeting.kind.counted:
        return []
    last = earlier(meeting).first()
    posts = set(last.attendees.filter(standing__in=EXPECTED, post__isnull=False).values_list("post", flat=True)) if (
        last) else set()
    return holding(posts or _posts(meeting.unit, meeting.kind.expects, day), day)


def _posts(unit: Unit, whom: str, day: date) -> set[int]:
    heads = on(Post.objects.filter(head=True), day)
    if whom == "branches":
        found = heads.filter(unit__in=children(unit.pk, day), line=unit.line)
    elif whom == "departments":
        mine = subtree(unit.edges_up.filter(until=None).values_list("parent", flat=True).first() or unit.pk, day)
        offices = on(Post.objects.filter(unit__in=mine, unit__kind=Kind.OFFICE, role__in=POLITICAL), day).values("unit")
        found = heads.filter(Q(unit__in=offices) | Q(unit__in=mine, unit__kind=Kind.COMMITTEE))
    else:
        below = {pk for one in covered(unit.pk, day) or [unit.pk] for pk in subtree(one, day)}
        found = on(Post.objects.filter(Q(unit=unit) | Q(unit__in=below, head=True)), day)
    return set(found.values_list("pk", flat=True))


def holding(posts: Iterable[int], day: date) -> list[tuple[Person, Post]]:
    """Return who holds posts on a day (在任者), acting holders first; each person once, in organisation order."""
    rows = on(Appointment.objects.filter(post__in=list(posts)), day).select_related("person", "post__unit")
    chosen: dict[int, Appointment] = {}
    for row in sorted(rows, key=lambda r: (r.kind != ACTING, r.since, r.pk)):
        chosen.setdefault(row.post_id, row)
    ordered = sorted(chosen.values(), key=lambda r: (
        r.post.unit.position, r.post.unit.code, not r.post.head, r.post.code))
    people: dict[int, tuple[Person, Post]] = {}
    for row in ordered:
        people.setdefault(row.person_id, (row.person, row.post))
    return list(people.values())


def owners(meeting: Meeting) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return which posts may be given a decision (可承办的岗位), by unit: those expected, and heads below.

    A committee may also give it to the offices and teams of its mine.
    """
    day = clock.today()
    top = meeting.unit_id
    if meeting.unit.kind == Kind.COMMITTEE:
        top = meeting.unit.edges_up.filter(until=None).values_list("parent", flat=True).first() or top
    below = set(subtree(top, day)) | {pk for one in covered(meeting.unit_id, day) for pk in subtree(one, day)}
    there = meeting.attendees.filter(post__isnull=False).values("post")
    rows = on(Post.objects.filter(Q(pk__in=there) | Q(unit=meeting.unit) | Q(unit__in=below, head=True)), day)
    if top != meeting.unit_id:
        rows = rows.exclude(unit__kind=Kind.CREW)
    groups: dict[str, list[tuple[int, str]]] = {}
    for post in rows.select_related("unit").order_by("unit__position", "unit__code", "-head", "code"):
        groups.setdefault(post.unit.name, []).append((post.pk, seat(post.unit.name, post.title)))
    return list(groups.items())


def chairs(meeting: Meeting, roster: list[Attendee]) -> dict[str, str]:
    """Return who may be in the chair (可主持的人): those expected, the unit's own posts, whoever does it now."""
    found = {one.post.code: f"{one.person.name}（{one.place}）" for one in roster if one.post}
    more = Post.objects.filter(Q(unit=meeting.unit) | Q(code__in=[meeting.chair, meeting.recorder]))
    held = holding(on(more, clock.today()).exclude(code__in=found).values_list("pk", flat=True), clock.today())
    return found | {post.code: f"{person.name}（{seat(post.unit.name, post.title)}）" for person, post in held}


def roll(meeting: Meeting) -> tuple[int, int]:
    """Return how many came of how many expected (到会、应到)."""
    rows = list(meeting.attendees.values_list("standing", flat=True))
    missing = sum(s in ("absent", "excused") for s in rows)
    if meeting.kind.counted:
        return max(0, meeting.expected - missing), meeting.expected
    return sum(s in THERE for s in rows), sum(s in EXPECTED for s in rows)


def belongs(meeting: Meeting, person: Person) -> bool:
    """Return whether a person is of the units this meeting is for (是否本单位人员)."""
    day = clock.local(meeting.begins).date()
    units = {pk for one in [meeting.unit_id, *covered(meeting.unit_id, day)] for pk in subtree(one, day)}
    held = on(Appointment.objects.filter(person=person), day).values_list("post__unit", flat=True)
    return person.unit_id in units or bool(units & set(held))


def rows(meeting: Meeting) -> list[Attendee]:
    """Return the roster (到会名单)."""
    return list(meeting.attendees.select_related("person__unit", "post__unit").order_by("pk"))
