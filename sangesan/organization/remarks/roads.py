"""Roads from a remark into work (批示的去向): hung by a procedure, for this room knows nothing of duties."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sangesan.method.authority import Scope

if TYPE_CHECKING:
    from .models import Remark

Road = Callable[[Scope, "Remark"], object]
_roads: dict[str, Road] = {}


def hang(name: str, road: Road) -> None:
    """Hang a road (挂去向): `given` makes somebody's task of a remark, `answered` settles it."""
    _roads[name] = road


def take(name: str, scope: Scope, remark: Remark) -> None:
    """Take a road (走去向). Raises KeyError when none is hung: an instruction nobody gets would be lost."""
    _roads[name](scope, remark)
