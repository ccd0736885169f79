"""Roads from a remark into work (批示的去向): hung by a procedure, for this room knows nothing of duties."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from sangesan.method.authority import Scope

if TYPE_CHECKING:
    from .models import Remark

Road = Callable[[Scope, "Remark"], object]
_roads: dict[str, Road] = {}
_offers: dict[str, tuple[object, frozenset[str]]] = {}


def hang(name: str, road: Road) -> None:
    """Hang a road (挂去向): `given` makes somebody's task of a remark, `answered` settles it."""
    _roads[name] = road


def take(name: str, scope: Scope, remark: Remark) -> None:
    """Take a road (走去向). Raises KeyError when none is hung: an instruction nobody gets would be lost."""
    _roads[name](scope, remark)


def offer(word: object, url: str, nouns: Collection[str]) -> None:
    """Offer something else to do about subjects of some nouns (挂其他去向): `url` ends where the address goes."""
    _offers[url] = word, frozenset(nouns)


def offers(subject: str) -> list[tuple[str, object]]:
    """Return what is offered beside a remark on a subject (其他去向): address and word."""
    noun = subject.partition("/")[0]
    return [(url, word) for url, (word, nouns) in _offers.items() if noun in nouns]
