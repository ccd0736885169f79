"""Who must know (告知对象): posts by role and place, without those the matter is about."""

from __future__ import annotations

from sangesan.feedback.grades import queries as tables
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.holders import holding
from sangesan.method.authority import POWERS, Action, Role
from sangesan.method.grading import Told, Where


def told(matter: Matter) -> set[int]:
    """Return the persons the grading table names (按级告知) for a matter's grade."""
    return holding(matter, tables.of(matter.table).levels[matter.grade].told) if matter.grade else set()


def granted(matter: Matter, action: Action, where: Where) -> set[int]:
    """Return who holds an action somewhere (有此权限的人)."""
    return holding(matter, [Told(role, where) for role, (_reach, actions) in POWERS.items() if action in actions])


def everywhere(*roles: Role) -> list[Told]:
    """Return roles of the whole mine (全矿岗位)."""
    return [Told(role, Where.MINE) for role in roles]
