"""Other work nobody looked at (其他未检查的工作): rooms beside this one, hung from above, tell theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sangesan.method.authority import Scope


@dataclass(frozen=True)
class Line:
    """One piece of work (一项): in which unit, what, for how many days, where it stands."""

    unit: str
    title: str
    days: int
    url: str


Source = Callable[[Scope], list[Line]]
_sources: list[Source] = []


def hang(source: Source) -> None:
    """Hang a source (挂来源)."""
    if source not in _sources:
        _sources.append(source)


def lines(scope: Scope) -> list[Line]:
    """Return what all sources tell (全部来源), the longest first."""
    return sorted((line for source in _sources for line in source(scope)), key=lambda line: -line.days)
