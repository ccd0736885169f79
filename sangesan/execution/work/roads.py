"""Where work items come from (来由): nouns of this system, and those a procedure hangs with its guard.

A matter lies in another system: whether it may be worked on by a post or a unit only a procedure knows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit

Guard = Callable[[str, Post, Sequence[Unit]], None]
_guards: dict[str, Guard | None] = dict.fromkeys(
    ("duties", "meetings", "findings", "visits", "remarks", "analyses", "focus"))


def hang(noun: str, guard: Guard) -> None:
    """Let work items come from another noun (挂来由): the guard raises UserError for whom it may not be given to."""
    _guards[noun] = guard


def causes() -> frozenset[str]:
    """Return from which nouns a work item may come (可作来由)."""
    return frozenset(_guards)


def guard(noun: str, cause: str, post: Post, units: Sequence[Unit]) -> None:
    """Ask the guard of a noun (问来由), if it has one."""
    asked = _guards[noun]
    if asked is not None:
        asked(cause, post, units)
