"""Sources of bearers (承担单位的来源): a room above may say itself who bears a kind of routine, pairs for instance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sangesan.execution.duties.services.planning import Target

Source = Callable[[date], list[Target]]
_sources: dict[str, Source] = {}


def hang(kind: str, source: Source) -> None:
    """Let a room say who bears a kind of routine (挂来源): `source(day)` gives the targets of a day."""
    _sources[kind] = source


def of(kind: str) -> Source | None:
    """Return the source of a kind (取来源), or None when unit kinds decide."""
    return _sources.get(kind)
