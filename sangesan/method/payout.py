"""Pay (奖惩兑现): a pool shared exactly to the cent (largest remainder). Rule 8 of scoring.md."""

from __future__ import annotations

from collections.abc import Mapping


def allocate(pool: int, shares: Mapping[int, int]) -> dict[int, int]:
    """Share a pool of cents (分配) in proportion to integer shares; the parts sum exactly.

    Ties go to the larger remainder, the larger share, the smaller id. When every share is zero
    nothing is handed out and the pool stays.

    >>> allocate(1_000_000, {1: 1, 2: 1, 3: 1})
    {1: 333334, 2: 333333, 3: 333333}
    >>> allocate(100, {1: 33, 2: 66}), allocate(1, {1: 33, 2: 66}), allocate(500, {1: 0})
    ({1: 33, 2: 67}, {1: 0, 2: 1}, {1: 0})
    """
    total = sum(shares.values())
    if total == 0:
        return dict.fromkeys(shares, 0)
    parts = {key: divmod(pool * share, total) for key, share in shares.items()}
    left = pool - sum(whole for whole, _ in parts.values())
    by_remainder = sorted(shares, key=lambda key: (-parts[key][1], -shares[key], key))
    extra = set(by_remainder[:left])
    return {key: parts[key][0] + (key in extra) for key in shares}
