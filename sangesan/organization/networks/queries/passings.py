"""Passings (转送查询): what came to the networks one stands in, and what one passed on."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.foundation import clock, door
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Scope
from sangesan.method.networks import passable
from sangesan.organization.people.queries import holders, scope_of

from ..models import Node, Passing
from ..words import NOUNS

PAGE = 30


@dataclass(frozen=True)
class Row:
    """A passing as a line (转送一行); `url` is empty when the door is shut by now."""

    passing: Passing
    word: str
    url: str
    mine: bool


def door_open(scope: Scope, subject: str) -> bool:
    """Ask the door (问门): may this person see it, and is it a thing that passes between networks?"""
    if not passable(subject):
        return False
    thing = door.open(scope, subject)
    return thing is not None and not getattr(thing, "sealed", False)


def word_of(subject: str) -> str:
    """Return what a subject is called where it passes (所转的事): its noun and its number."""
    noun, _slash, key = subject.partition("/")
    return f"{NOUNS.get(noun, noun)} {key}"


def opens_for(node: Node, subject: str) -> bool:
    """Return whether the door opens for a holder of the receiving node (对方可否看)."""
    today = clock.today()
    return any(door_open(scope_of(person, today), subject) for person in holders(node.post_id, today))


def passings(scope: Scope) -> QuerySet[Passing]:
    """Return what passed to one's nodes or from one's posts (与我有关的转送)."""
    own = Q(node__post__code__in=scope.post_codes) | Q(by__code__in=scope.post_codes)
    return Passing.objects.filter(own).select_related("source", "target", "node__post", "node__unit", "by__unit")


def passed_of(subject: str) -> list[Passing]:
    """Return where a subject was passed (转送去向); the caller has asked its door."""
    return list(Passing.objects.filter(subject=subject).select_related("target", "node__post", "node__unit")[:PAGE])


def passing_for(scope: Scope, pk: int) -> Passing:
    """Fetch a passing to one of one's own nodes (取转来的事). Raises NotFound."""
    found = passings(scope).filter(pk=min(pk, 2**63 - 1), node__post__code__in=scope.post_codes).first()
    if found is None:
        raise NotFound(_("没有找到这次转送"))
    return found


def rows_for(scope: Scope) -> list[Row]:
    """Return the latest passings as lines (转送记录), each link asked at the door."""
    found = []
    for each in passings(scope)[:PAGE]:
        noun = each.subject.partition("/")[0]
        url = f"/w/{each.subject}/" if door_open(scope, each.subject) else ""
        found.append(Row(each, word_of(each.subject) if url else str(NOUNS.get(noun, noun)), url,
                         each.node.post.code in scope.post_codes))
    return found
