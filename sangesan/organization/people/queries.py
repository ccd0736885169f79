"""Reads of people (人员查询): the scope of a person at a day."""

from __future__ import annotations

from datetime import date

from sangesan.foundation import clock
from sangesan.method.authority import NOBODY, POWERS, Grant, HeldPost, Reach, Role, Scope
from sangesan.organization.units.models import Kind
from sangesan.organization.units.queries import covered, lineage

from .models import Appointment, Person, Post, Unit


def holders(post: int, day: date) -> list[int]:
    """Return who holds a post on a day (在任者), acting holders first."""
    rows = Appointment.objects.filter(post=post, since__lte=day).exclude(until__lte=day)
    return [r.person_id for r in sorted(rows, key=lambda r: (r.kind != "acting", r.since, r.pk))]


def head_post(unit: int, line: str, day: date) -> Post | None:
    """Return the head's post of a unit in a line (负责人岗位), or None."""
    rows = Post.objects.filter(unit=unit, line=line, head=True, since__lte=day).exclude(until__lte=day)
    return rows.first()


def scope_of(person: Person | int, day: date | None = None) -> Scope:
    """Return what a person may reach on a day (权限范围), frozen.

    A post's actions reach its unit and, for a unit of a line, the units it covers; roles with
    the reach of the mine reach the nearest mine above (Reach.MINE).
    """
    day = day or clock.today()
    person = person if isinstance(person, Person) else Person.objects.filter(pk=person).first()
    if person is None or (person.until and person.until <= day) or person.since > day:
        return NOBODY
    rows = (
        Appointment.objects.filter(person=person, since__lte=day, post__since__lte=day)
        .exclude(until__lte=day).exclude(post__until__lte=day)
        .select_related("post", "post__unit").order_by("-post__head", "kind", "since", "pk")
    )
    posts, grants, superiors, paths = [], set(), set(), []
    for row in rows:
        post, above = row.post, lineage(row.post.unit_id, day)
        units = {u.pk: u for u in Unit.objects.filter(pk__in=above)}
        path = "".join(f"{units[i].code}/" for i in above)
        held = HeldPost(post.code, post.title, Role(post.role), post.unit_id, path, post.line, post.head,
                        row.kind == Appointment.Kind.ACTING)
        posts.append(held)
        paths.append(path)
        reach, actions = POWERS[held.role]
        roots = [post.unit_id, *covered(post.unit_id, day)] if reach == Reach.UNIT else [mine_of(above, units)]
        grants |= {Grant(action, root) for action in actions for root in roots}
        superiors |= superior_of(post, above, day)
    return Scope(person=person.pk, name=person.name, posts=tuple(posts), grants=frozenset(grants),
                 superiors=frozenset(superiors), paths=tuple(paths))


def mine_of(above: list[int], units: dict[int, Unit]) -> int:
    """Return the nearest mine or group on a path read from below (所属矿), else its root."""
    for pk in reversed(above):
        if units[pk].kind in (Kind.MINE, Kind.GROUP):
            return pk
    return above[0]


def superior_of(post: Post, above: list[int], day: date) -> set[str]:
    """Return the code of the post this post reports to (直接上级): the head here, or one above."""
    for unit in reversed(above if not post.head else above[:-1]):
        head = head_post(unit, post.line, day)
        if head and head.pk != post.pk:
            return {head.code}
    return set()
