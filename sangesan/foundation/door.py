"""Door (门): may this scope open that subject?

A subject is an address, `matters/2026-K7Q4MX`: a noun and a key. `config` fills the table of
nouns; whoever shows another's subject asks here first, and of many subjects all at once. A
closed door and an absent thing look the same: `None`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

Opener = Callable[[Any, str], Any | None]
Rows = Callable[[Any], QuerySet[Any]]
LARGEST = 2**63 - 1
"""The largest key that every database holds."""
AT_ONCE = 1_000
"""Keys asked for in one question."""


@dataclass(frozen=True)
class Shelf:
    """The rows that a scope may see (可见之物), and the field that a subject's key names."""

    rows: Rows
    field: str

    def value(self, key: str) -> int | str | None:
        """Return a key as the field holds it (键值); None for what can be no key."""
        if self.field != "pk":
            return key if key and "\x00" not in key else None
        if not (key.isascii() and key.isdecimal() and len(key) < 20):
            return None
        return int(key) if int(key) <= LARGEST else None

    def take(self, scope: Any, key: str) -> Any | None:
        """Fetch one (取一件), None when absent or not visible."""
        value = self.value(key)
        return None if value is None else self.rows(scope).filter(**{self.field: value}).first()

    def visible(self, scope: Any, keys: Iterable[str]) -> set[str]:
        """Return the keys of those visible (可见之键), a thousand in one question."""
        values = {key: value for key in keys if (value := self.value(key)) is not None}
        asked, found = sorted(set(values.values())), set()
        for start in range(0, len(asked), AT_ONCE):
            rows = self.rows(scope).order_by().filter(**{f"{self.field}__in": asked[start:start + AT_ONCE]})
            found |= set(rows.values_list(self.field, flat=True))
        return {key for key, value in values.items() if value in found}


_shelves: dict[str, Shelf] = {}
_doors: dict[str, Opener] = {}


@dataclass(frozen=True)
class Sign:
    """What stands on a door (门牌): a word, a smaller one beside it, and an address where one may enter."""

    word: str
    note: str = ""
    url: str = ""


Painter = Callable[[Any, list[str]], dict[str, Sign]]
_signs: dict[str, Painter] = {}


def hang(noun: str, rows: Rows, field: str = "pk") -> None:
    """Hang a door (挂门): `rows(scope)` is the permission query, `field` what the key names."""
    _shelves[noun] = Shelf(rows, field)


def guard(noun: str, opener: Opener) -> None:
    """Set a guard (设岗) where no query alone decides: `opener(scope, key)` gives the thing or None."""
    _doors[noun] = opener


def open(scope: Any, subject: str) -> Any | None:
    """Open a subject (开门) for a scope; None when absent or not visible, without difference."""
    noun, _, key = subject.partition("/")
    if noun in _shelves:
        return _shelves[noun].take(scope, key)
    return _doors[noun](scope, key) if key and noun in _doors else None


def opened(scope: Any, subjects: Iterable[str]) -> set[str]:
    """Return which of many subjects open for a scope (可开之门), a shelf asked once for all of its keys."""
    keys: dict[str, list[str]] = {}
    found: set[str] = set()
    for subject in set(subjects):
        noun, _, key = subject.partition("/")
        if noun in _shelves:
            keys.setdefault(noun, []).append(key)
        elif open(scope, subject) is not None:
            found.add(subject)
    return found | {f"{noun}/{key}" for noun, some in keys.items() for key in _shelves[noun].visible(scope, some)}


def paint(noun: str, painter: Painter) -> None:
    """Give a noun its signs (挂牌): `painter(scope, keys)` gives those it knows, all at once."""
    _signs[noun] = painter


def signs(scope: Any, subjects: Iterable[str]) -> dict[str, Sign]:
    """Return the signs of many subjects (读牌), as this scope may read them; one look-up for each noun."""
    keys: dict[str, list[str]] = {}
    for subject in dict.fromkeys(subjects):
        noun, _, key = subject.partition("/")
        if key and noun in _signs:
            keys.setdefault(noun, []).append(key)
    return {f"{noun}/{key}": sign for noun, some in keys.items() for key, sign in _signs[noun](scope, some).items()}
