"""Reads of remarks (批示查询): whoever shows those of a subject has asked its door first."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from sangesan.foundation import clock, door
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import holders, scope_of
from sangesan.organization.units.models import Line, Unit
from sangesan.organization.units.queries import on, subtree

from .models import Remark
from .pages import NOUN, Page

LARGEST = 2**63 - 1
NOUNS = ("matters", "meetings", "duties", "routines", "plans", "results", "contacts", "visits", "inspections",
         "findings", "reports", "work", "analyses", "discussions", "publicity", "focus", NOUN)
"""What one may write a remark on (可批示的对象); never the discipline mailbox, care or calls."""
SHOWN = 40


def may_instruct(scope: Scope) -> bool:
    """Return whether a scope writes remarks at all (可否批示)."""
    return scope.can(Action.ASSIGN_WORK)


def instructable(scope: Scope, subject: str) -> bool:
    """Return whether a scope writes remarks on such a subject (此类可否批示); its door is asked besides."""
    return may_instruct(scope) and subject.partition("/")[0] in NOUNS


def about(scope: Scope, subject: str) -> object:
    """Open the subject of a remark (开门). Raises NotFound, absent or not visible alike."""
    found = door.open(scope, subject) if instructable(scope, subject) else None
    if found is None:
        raise NotFound()
    return found


def addressees(scope: Scope) -> list[Post]:
    """Return to which posts a scope may give an instruction (可批给的岗位): heads of its units and of those below."""
    day = clock.today()
    below = {pk for unit in scope.units_for(Action.ASSIGN_WORK) for pk in subtree(unit, day)}
    rows = on(Post.objects.filter(unit__in=below, head=True), day).exclude(code__in=scope.post_codes)
    rows = rows.exclude(unit__kind="crew") if len(below) > 40 else rows
    order = {Line.PARTY: 1, Line.ADMINISTRATION: 0}
    found = list(rows.select_related("unit").order_by("unit__position", "unit__code", "code"))
    return sorted(found, key=lambda post: order.get(post.line, 2))


def concerns(found: object, unit: Unit) -> bool:
    """Return whether a unit sees to something (是否由其办理), as far as it says so itself: of a matter its lead."""
    if isinstance(found, Page):
        return unit.code == found.unit
    return unit.pk == (found.lead_id if hasattr(found, "lead_id") else getattr(found, "unit_id", 0))


def shut(post: Post, subject: str, day: date) -> bool:
    """Return whether nobody who holds a post may open a subject (对方无权查看): then it is never routed there."""
    return not any(door.open(scope_of(person, day), subject) for person in holders(post.pk, day))


def of(subject: str) -> list[Remark]:
    """Return the remarks on a subject (某一项的批示), the latest first; its door was asked by the caller."""
    return list(Remark.objects.filter(about=subject).select_related("by__unit", "to__unit")[:SHOWN])


def mine(scope: Scope) -> QuerySet[Remark]:
    """Return what a scope wrote and what was written to it (我批的、批给我的)."""
    return Remark.objects.filter(Q(giver=scope.person) | Q(to__code__in=scope.post_codes))


def remark_for(scope: Scope, pk: int) -> Remark:
    """Fetch a remark (取批示): for its two ends, and for whoever may open what it is about. Raises NotFound."""
    found = Remark.objects.select_related("by__unit", "to__unit", "giver").filter(pk=min(pk, LARGEST)).first()
    if found is None or not (
            found.giver_id == scope.person or found.to.code in scope.post_codes or door.open(scope, found.about)):
        raise NotFound()
    return found


def opener(scope: Scope, key: str) -> Remark | None:
    """The door of `remarks/…` (批示之门)."""
    try:
        return remark_for(scope, int(key)) if key.isascii() and key.isdecimal() else None
    except NotFound:
        return None


def lists(scope: Scope) -> tuple[list[Remark], list[Remark]]:
    """Return what waits for an answer from a scope or was answered, and what it wrote itself (批给我的、我批的)."""
    rows = list(mine(scope).select_related("by__unit", "to__unit")[:200])
    came = [one for one in rows if one.to.code in scope.post_codes]
    given = [one for one in rows if one.giver_id == scope.person]
    return sorted(came, key=lambda one: bool(one.answer))[:SHOWN], given[:SHOWN]
