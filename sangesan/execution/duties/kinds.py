"""Kinds of duties (应办事项的类别): each room above hangs its own, so that a task leads to the right page.

A room calls `hang(Kind(...))` in the `ready` of its app. A kind without a page of its own is served
by the plain page of a duty, where it is done with one optional sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as lazy

if TYPE_CHECKING:
    from sangesan.method.authority import Action, Scope

    from .models import Duty


@dataclass(frozen=True)
class Kind:
    """A kind (类别): `word` is a verb with its object (开例会), `url` where it is done, '' on the plain page.

    Another date is asked for here unless its own room does (`moves`). What has a page of its own is done there
    alone: what is asked there, minutes or heads or a second person, would be missing. It is taken back here only
    where that page reads how the duty stands (`follows`): a record that stands by itself is not written twice,
    and the duty could never be done again. A page that is open to a power alone (`needs`) is no address for others of
    the unit, who see the duty among their dates.
    """

    slug: str
    word: Any
    icon: str = "check"
    url: Callable[[Duty], str] | None = None
    moves: bool = True
    follows: bool = False
    needs: Action | None = None

    def elsewhere(self, duty: Duty) -> str:
        """Return the address of its own page (专页), '' when it is done on the plain page."""
        return self.url(duty) if self.url else ""

    def undoes(self, duty: Duty) -> bool:
        """Return whether its settlement may be taken back on the plain page (可否撤回)."""
        return self.follows or not self.elsewhere(duty)

    def where(self, duty: Duty) -> str:
        """Return the address where this duty is done (办理地址)."""
        return self.elsewhere(duty) or f"/w/duties/{duty.pk}/"

    def lets(self, scope: Scope) -> bool:
        """Return whether a scope may open its own page (能否打开专页)."""
        return self.needs is None or scope.can(self.needs)

    def shown(self, duty: Duty, scope: Scope) -> str:
        """Return the address under which a scope finds this duty (查看地址)."""
        return self.where(duty) if self.lets(scope) else f"/w/duties/{duty.pk}/"


PLAIN = Kind("task", lazy("办理"))
_kinds: dict[str, Kind] = {PLAIN.slug: PLAIN}


def hang(kind: Kind) -> None:
    """Hang a kind (挂类别)."""
    _kinds[kind.slug] = kind


def of(slug: str) -> Kind:
    """Return the kind of a slug (取类别); one that nobody hung is done on the plain page."""
    return _kinds.get(slug, PLAIN)


def hung(slug: str) -> bool:
    """Return whether a kind was hung (是否已挂)."""
    return slug in _kinds


def every() -> list[Kind]:
    """Return all kinds (全部类别) in the order they were hung."""
    return list(_kinds.values())
