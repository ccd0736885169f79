"""Lines of the list a pool is shared out by (分配名单): what posts held fill, and that nobody is more than one whole.

Shares are basis points of a whole post, and together with days they are what a line weighs. Rule 8 of scoring.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

WHOLE = 10_000
"""A whole post (全岗, 万分比)."""


def over_whole(rows: Iterable[tuple[int, int, int]], days: int) -> list[int]:
    """Return who would be paid more than one whole post (重复计发) from rows of person, share, days.

    >>> over_whole([(1, 10_000, 30), (1, 3_000, 1), (2, 7_000, 30), (2, 3_000, 30)], 30)
    [1]
    """
    held: dict[int, int] = {}
    for person, share, worked in rows:
        held[person] = held.get(person, 0) + share * worked
    return sorted(person for person, sum_ in held.items() if sum_ > WHOLE * days)


def spread(held: Iterable[tuple[int, int, int]], home: int, days: int) -> list[tuple[int, int, int]]:
    """Return a person's lines of the list (预填各行) as unit, share, days: what the posts held say, the rest at home.

    `held` are unit, share and days of each post, the main one first; together no more than one whole post is filled.

    >>> spread([(7, 7_000, 30), (8, 3_000, 30)], 7, 30), spread([(8, 3_000, 15)], 7, 30), spread([], 7, 30)
    ([(7, 7000, 30), (8, 3000, 30)], [(8, 3000, 15), (7, 8500, 30)], [(7, 10000, 30)])
    >>> spread([(7, WHOLE, 30), (8, WHOLE, 30)], 7, 30), spread([(8, WHOLE, 10), (9, WHOLE, 20)], 7, 30)
    ([(7, 10000, 30)], [(8, 10000, 10), (9, 10000, 20)])
    """
    left = WHOLE * days
    parts: dict[int, int] = {}
    said: dict[int, list[int]] = {}
    for unit, share, worked in [*held, (home, WHOLE, days)]:
        part = min(share * worked, left)
        if part:
            said.setdefault(unit, []).append(share)
            parts[unit] = parts.get(unit, 0) + part
            left -= part
    return [(unit, *_line(part, said[unit], days)) for unit, part in parts.items()]


def _line(part: int, shares: Sequence[int], days: int) -> tuple[int, int]:
    """Return so many share-days as one line (折成一行): as the post says it, else in whole posts, else evenly."""
    for share in (shares[0], WHOLE) if len(shares) == 1 else (WHOLE,):
        if part % share == 0 and part // share <= days:
            return share, part // share
    return part // days, days
