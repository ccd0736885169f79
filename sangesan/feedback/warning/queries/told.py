"""Who must know (告知对象): posts by role and place, without those the matter is about."""

from __future__ import annotations

from sangesan.feedback.grades import queries as tables
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.holders import holding
from sangesan.foundation import clock
from sangesan.method.authority import POWERS, Action, Role
from sangesan.method.grading import Told, Where
from sangesan.organization.people.queries import holders, post_keys


def told(matter: Matter) -> set[int]:
    """Return the persons the grading table names (按级告知) for a matter's grade."""
    return holding(matter, tables.of(matter.table).levels[matter.grade].told) if matter.grade else set()


def granted(matter: Matter, action: Action, where: Where) -> set[int]:
    """Return who holds an action somewhere (有此权限的人)."""
    return holding(matter, [Told(role, where) for role, (_reach, actions) in POWERS.items() if action in actions])


def leading(matter: Matter) -> set[int]:
    """Return who holds the post that took the matter on (包案领导): the post answers for it, whoever holds it now."""
    posts = post_keys(matter.cases.filter(signed_at=None).values_list("leader", flat=True))
    return {person for post in posts for person in holders(post, clock.today())}


def everywhere(*roles: Role) -> list[Told]:
    """Return roles of the whole mine (全矿岗位)."""
    return [Told(role, Where.MINE) for role in roles]
