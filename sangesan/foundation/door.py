"""Door (门): may this scope open that subject?

A subject is an address, `matters/2026-K7Q4MX`: a noun and a key. `config` fills the table of
nouns; whoever shows another's subject asks here first. A closed door and an absent thing look
the same: `None`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Opener = Callable[[Any, str], Any | None]
_doors: dict[str, Opener] = {}


def hang(noun: str, opener: Opener) -> None:
    """Hang a door (挂门): `opener(scope, key)` gives the thing or None."""
    _doors[noun] = opener


def open(scope: Any, subject: str) -> Any | None:
    """Open a subject (开门) for a scope; None when absent or not visible, without difference."""
    noun, _, key = subject.partition("/")
    opener = _doors.get(noun)
    return opener(scope, key) if opener and key else None
