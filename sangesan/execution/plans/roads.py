"""Roads from elsewhere (外来的路): what a week's line may serve, hung from above, for plans know no other system."""

from __future__ import annotations

from collections.abc import Callable

Source = Callable[[int], dict[str, str]]
_sources: list[Source] = []


def hang(source: Source) -> None:
    """Hang what lines may serve (挂工作重点): `source(year)` gives titles by address."""
    _sources[:] = [source]


def aims(year: int) -> dict[str, str]:
    """Return what a line of a year may serve (可对应的重点), nothing when nothing is hung."""
    return {key: title for source in _sources for key, title in source(year).items()}
