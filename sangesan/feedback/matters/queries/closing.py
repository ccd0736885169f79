"""Who must agree that a matter is closed (办结人): the groups of its own grading table."""

from __future__ import annotations

from collections.abc import Set

from sangesan.feedback.grades import queries as tables
from sangesan.method.authority import Role, Scope
from sangesan.method.grading import Told, Where, still_needed
from sangesan.organization.people.models import Post

from ..models import Matter
from .alongside import handlers
from .holders import appointed

CLOSING = "closing"
"""The kind of message by which somebody agrees (同意办结)."""
OFFICE = frozenset({Role.CADRE, Role.TRIAGE})
"""Who stands in where nobody of a group may: no branch, or its secretary handled it or is concerned."""


def missing(matter: Matter) -> tuple[Set[Role], ...]:
    """Return whose agreement is missing (尚缺谁同意): groups of roles, one person for each."""
    return still_needed(_groups(matter), [{role} for _person, role in _agreed(matter)])


def stands_for(matter: Matter, scope: Scope) -> str:
    """Return the post under which this person may agree now (以何岗位同意), '' when none is asked for."""
    agreed, groups = _agreed(matter), _groups(matter)
    if scope.person in {person for person, _role in agreed}:
        return ""
    before = [{role} for _person, role in agreed]
    left = len(still_needed(groups, before))
    return next((p.code for p in scope.posts if len(still_needed(groups, [*before, {p.role}])) < left), "")


def _groups(matter: Matter) -> list[Set[Role]]:
    return [_or_office(matter, group) for group in tables.of(matter.table).levels[matter.grade].closers]


def _agreed(matter: Matter) -> list[tuple[int, Role]]:
    """Return who agreed since the present answer (已同意), and as what."""
    rows = matter.messages.filter(kind=CLOSING, at__gte=matter.answered_at).values_list("person", "post")
    roles = dict(Post.objects.filter(code__in=[post for _, post in rows]).values_list("code", "role"))
    return [(person, Role(roles[post])) for person, post in rows if post in roles]


def _or_office(matter: Matter, group: Set[Role]) -> Set[Role]:
    places = [Told(role, Where.LEAD if role == Role.SECRETARY else Where.MINE) for role in group]
    if Role.SECRETARY in group and matter.lead_id:  # where it arose closes too, as it sees it too
        able = {row.person_id for row in appointed(matter, places)}
        return group if able - handlers(matter) else group | OFFICE
    return group
