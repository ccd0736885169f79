"""Reads of the leading group and the focus (领导小组与工作重点): all read it, who see the whole mine keep it."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Value, When

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.queries import on

from .models import Focus, Seat

MOST_ID = 2**62
_ORDER = Case(When(seat="head", then=Value(0)), When(seat="deputy", then=Value(1)), default=Value(2),
              output_field=IntegerField())


def reads(scope: Scope) -> bool:
    """Return whether a scope reads it (可看): whoever works here; the focus is there to be known."""
    return bool(scope.posts)


def keeps(scope: Scope) -> bool:
    """Return whether a scope keeps it (可登记): leaders and the Party work department, who see the whole mine."""
    return scope.can(Action.OVERVIEW)


def of_year(scope: Scope, year: int) -> list[Focus]:
    """Return the focus of a year that still stands (当年工作重点), by number."""
    rows = Focus.objects.filter(year=year, ended_at=None).select_related("post__unit")
    return list(rows) if reads(scope) else []


def ended(scope: Scope, year: int) -> list[Focus]:
    """Return what was ended in a year (已停止的)."""
    rows = Focus.objects.filter(year=year, ended_at__isnull=False).select_related("post__unit")
    return list(rows) if reads(scope) else []


def focus_for(scope: Scope, pk: int) -> Focus:
    """Fetch one focus (取一项). Raises NotFound."""
    found = Focus.objects.filter(pk=min(pk, MOST_ID)).select_related("post__unit").first() if reads(scope) else None
    if found is None:
        raise NotFound()
    return found


def group(scope: Scope) -> list[tuple[Seat, str]]:
    """Return the leading group (领导小组): each seat with the name of who holds its post today, '' when vacant."""
    if not reads(scope):
        return []
    rows = list(Seat.objects.filter(until=None).select_related("post__unit").annotate(rank=_ORDER).order_by(
        "rank", "post__unit__position", "pk"))
    held: dict[int, str] = {}
    sitting = on(Appointment.objects.filter(post__in=[row.post_id for row in rows]), clock.today())
    for post, name in sitting.order_by("-kind", "-since").values_list("post_id", "person__name"):
        held[post] = name
    return [(row, held.get(row.post_id, "")) for row in rows]


def posts() -> list[tuple[str, str]]:
    """Return the posts that can lead or sit (可选岗位): heads and leaders, by unit."""
    rows = Post.objects.filter(until=None).filter(head=True) | Post.objects.filter(until=None, role="leader")
    rows = rows.select_related("unit").order_by("unit__position", "code").distinct()
    return [(post.code, f"{post.unit.name} {post.title}") for post in rows[:400]]


def aims(year: int) -> dict[str, str]:
    """Return what a plan's line may serve (可对应的工作重点): title by address."""
    return {one.subject: one.title for one in Focus.objects.filter(year=year, ended_at=None)}


def opener(scope: Scope, key: str) -> Focus | None:
    """The door of `focus/…` (工作重点之门)."""
    try:
        return focus_for(scope, int(key)) if key.isascii() and key.isdecimal() else None
    except NotFound:
        return None
