"""Who may know (需知范围): who made it, the unit's head on that line, and the union in charge; nobody else.

There is no query by person and none that counts.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from sangesan.execution.duties.queries.access import beneath
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import fact
from sangesan.method import outreach as rule
from sangesan.method.authority import POWERS, Action, HeldPost, Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import covered, standing, subtree

from .models import Outreach

LARGEST = 2**63 - 1
PAGE = 30


def records(scope: Scope) -> QuerySet[Outreach]:
    """Return the records a scope may know of (需知的记录)."""
    seen = Q(made_by=scope.person) if scope.person else Q(pk__in=[])
    for post in scope.posts:
        if post.head:
            seen |= Q(unit__in=[post.unit, *covered(post.unit, clock.today())], line=post.line)
    union = scope.units_for(Action.HEAR_UNION)
    seen |= Q(kind__in=rule.UNION_SEES) & beneath(union)
    return Outreach.objects.filter(seen).select_related("unit", "post")


def record_for(scope: Scope, pk: int) -> Outreach:
    """Fetch a record (取记录); fetching is permission. Raises NotFound."""
    found = records(scope).filter(pk=min(pk, LARGEST)).first()
    if found is None:
        raise NotFound()
    return found


def words_of(found: Outreach) -> list[str]:
    """Return to whom it was and what was agreed (对象与商定的帮助), nothing once the words are gone."""
    row = fact(found.fact)
    said = text_of(str(row.content.get("words", ""))) if row else None
    return said.split("\n", 1) if said else []


def page(scope: Scope, after: str = "") -> tuple[list[Outreach], str]:
    """Return a page of what one may know of (谈心帮扶列表), without names, and where the next begins."""
    rows, (day, key) = records(scope), _cursor(after)
    if key:
        rows = rows.filter(Q(day__lt=day) | Q(day=day, pk__lt=key))
    found = list(rows.order_by("-day", "-pk")[:PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.day:%F}.{last.pk}" if last else ""


def giver(scope: Scope) -> HeldPost | None:
    """Return the post under which one records (登记岗位): a working post, the head's first."""
    return next((post for post in scope.posts if Action.DO_WORK in POWERS[post.role][1]), None)


def places(scope: Scope) -> list[Unit]:
    """Return whose people one may have visited (可登记单位): one's own units and those below."""
    today = clock.today()
    pks = {pk for unit in scope.units_for(Action.DO_WORK) for pk in subtree(unit, today)}
    return list(standing(today).filter(pk__in=pks))


def _cursor(after: str) -> tuple[date, int]:
    day, _dot, key = after.partition(".")
    try:
        return date.fromisoformat(day), min(int(key), LARGEST)
    except ValueError:
        return date.min, 0
