"""Disclosure (披露): a number about so few voices that it points at somebody is not shown.

Chapter V.7: public and analytic cells about fewer than five distinct speakers are suppressed.
Nobody can tell anonymous voices apart, so those of a cell count as one (security.md, Statistics).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

THRESHOLD = 5
LOWEST = 3
RATINGS_LEAST = 10
"""Satisfaction is said only from ten answers on (chapter V.2)."""


MARKED = "by:"
"""Begins the mark of whoever spoke signed in (登录反映人的标记): the same mark is the same person."""


def voice(mode: str, owner: str) -> str:
    """Return by what a letter is counted (一件的声音): the mark of whoever reported it, else how it was spoken."""
    return MARKED + owner if owner else mode


def voices(modes: Iterable[str]) -> int:
    """Return how many distinct voices a cell surely has (声音数): the anonymous ones are one, and each mark is one.

    >>> voices(["named", "anonymous", "anonymous", "confidential"]), voices(["by:7", "by:7", "by:8", "named"])
    (3, 3)
    """
    kept = list(modes)
    known = {m for m in kept if m.startswith(MARKED)}
    loose = sum(m != "anonymous" and m not in known for m in kept)
    return loose + len(known) + ("anonymous" in kept)


def cell(count: int, heard: int, threshold: int = THRESHOLD) -> int | None:
    """Return a cell's number, or None when it is suppressed (不予显示); nothing at all is no voice.

    >>> cell(9, 6), cell(9, 4), cell(0, 0)
    (9, None, 0)
    """
    return count if count == 0 or heard >= max(threshold, LOWEST) else None


def beside(cells: Mapping[str, Sequence[str]], threshold: int = THRESHOLD) -> dict[str, int | None]:
    """Return the numbers of cells of spoken modes that stand beside their total (合计旁的各格).

    Where one is not shown others are not, until those together have as many voices as a shown one needs.

    >>> beside({"ZC1": ["named"] * 6, "ZC2": ["named"] * 2}), beside({"ZC1": ["named"] * 6, "ZC2": ["named"] * 5})
    ({'ZC1': None, 'ZC2': None}, {'ZC1': 6, 'ZC2': 5})
    """
    found = {name: cell(len(modes), voices(modes), threshold) for name, modes in cells.items()}
    for name in sorted((one for one in found if found[one]), key=lambda one: (voices(cells[one]), one)):
        hidden = [one for one in found if found[one] is None]
        behind = voices(mode for one in hidden for mode in cells[one])
        if not hidden or len(hidden) > 1 and behind >= max(threshold, LOWEST):
            break
        found[name] = None
    return found


def rate(good: int, of: int, least: int = RATINGS_LEAST) -> int | None:
    """Return a rate in tenths of a percent (比率), or None below the least number of answers.

    >>> rate(11, 12), rate(9, 9)
    (917, None)
    """
    return (good * 2000 + of) // (2 * of) if of >= max(least, 1) else None
