"""Disclosure (披露): a number about so few voices that it points at somebody is not shown.

Chapter V.7: public and analytic cells about fewer than five distinct speakers are suppressed.
Nobody can tell anonymous voices apart, so those of a cell count as one (security.md, Statistics).
"""

from __future__ import annotations

from collections.abc import Iterable

THRESHOLD = 5
LOWEST = 3
RATINGS_LEAST = 10
"""Satisfaction is said only from ten answers on (chapter V.2)."""


def voices(modes: Iterable[str]) -> int:
    """Return how many distinct voices a cell surely has (声音数): the anonymous ones are one.

    >>> voices(["named", "anonymous", "anonymous", "confidential"])
    3
    """
    kept = list(modes)
    spoken = [m for m in kept if m != "anonymous"]
    return len(spoken) + (len(spoken) < len(kept))


def cell(count: int, heard: int, threshold: int = THRESHOLD) -> int | None:
    """Return a cell's number, or None when it is suppressed (不予显示); nothing at all is no voice.

    >>> cell(9, 6), cell(9, 4), cell(0, 0)
    (9, None, 0)
    """
    return count if count == 0 or heard >= max(threshold, LOWEST) else None


def rate(good: int, of: int, least: int = RATINGS_LEAST) -> int | None:
    """Return a rate in tenths of a percent (比率), or None below the least number of answers.

    >>> rate(11, 12), rate(9, 9)
    (917, None)
    """
    return (good * 2000 + of) // (2 * of) if of >= max(least, 1) else None
