"""Door (门): may this scope open that subject?

A subject is an address, `matters/2026-K7Q4MX`: a noun and a key. `config` fills the table of
nouns; whoever shows another's subject asks here first. A closed door and an absent thing look
the same: `None`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Opener = Callable[[Any, str], Any | None]
_doors: dict[str, Opener] = {}


@dataclass(frozen=True)
class Sign:
    """What stands on a door (门牌): a word, a smaller one beside it, and an address where one may enter."""

    word: str
    note: str = ""
    url: str = ""


Painter = Callable[[Any, list[str]], dict[str, Sign]]
_signs: dict[str, Painter] = {}


def hang(noun: str, opener: Opener) -> None:
    """Hang a door (挂门): `opener(scope, key)` gives the thing or None."""
    _doors[noun] = opener


def open(scope: Any, subject: str) -> Any | None:
    """Open a subject (开门) for a scope; None when absent or not visible, without difference."""
    noun, _, key = subject.partition("/")
    opener = _doors.get(noun)
    return opener(scope, key) if opener and key else None


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
