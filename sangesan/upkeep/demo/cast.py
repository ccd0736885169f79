"""Cast (角色): the scope of whoever holds a post, and the id of a unit, looked up once."""

from __future__ import annotations

from datetime import date
from functools import cache

from sangesan.method.authority import Scope
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import holders, scope_of
from sangesan.organization.units.models import Unit

DAY = date(2024, 6, 1)


@cache
def holder(post: str) -> Scope:
    """Return the scope of whoever holds a post (岗位上的人)."""
    return scope_of(holders(Post.objects.get(code=post).pk, DAY)[0], DAY)


@cache
def unit(code: str) -> int:
    return Unit.objects.get(code=code).pk
