"""Where a point goes (意见的去处): roads that lead out of this room are hung from above."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError
from sangesan.method.authority import Scope

if TYPE_CHECKING:
    from .models import Point

Road = Callable[[Scope, "Point"], str]
_roads: dict[str, Road] = {}


def hang(name: str, road: Road) -> None:
    """Hang a road (挂去处): it takes scope and point, and returns an address."""
    _roads[name] = road


def of(name: str) -> Road:
    """Return a road (取去处). Raises UserError for one nobody hung."""
    if name not in _roads:
        raise UserError(_("没有登记"), why=_("没有这样的去处"), next=_("请从列表里选择"), code="road")
    return _roads[name]
