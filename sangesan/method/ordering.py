"""Order inside a division (组内名次): competition order, tied prizes pooled and shared.

Only units of one division are ever ordered, and only where the enterprise's rule gives unit
prizes; persons never. Rule 7 of scoring.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .payout import allocate


def places(scores: Mapping[int, int]) -> dict[int, int]:
    """Return each id's place (名次): 1, 2, 2, 4.

    >>> places({1: 9650, 2: 9420, 3: 9420, 4: 9000})
    {1: 1, 2: 2, 3: 2, 4: 4}
    """
    return {key: 1 + sum(other > score for other in scores.values()) for key, score in scores.items()}


def prizes(scores: Mapping[int, int], purse: Sequence[int]) -> dict[int, int]:
    """Return each id's prize (奖金) in cents; those in one place share what their places would win.

    >>> prizes({7: 9000, 8: 9000, 9: 9000}, [100000])
    {7: 33334, 8: 33333, 9: 33333}
    """
    place = places(scores)
    won: dict[int, int] = {}
    for first in sorted(set(place.values())):
        tied = sorted(key for key, at in place.items() if at == first)
        pool = sum(purse[first - 1 : first - 1 + len(tied)])
        won |= allocate(pool, dict.fromkeys(tied, 1))
    return won
