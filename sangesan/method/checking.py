"""Who checks a routine (谁来检查): a second person looks whether it was done, as a duty of its own.

The check of a date opens when the routine is due and is due itself two working days after its grace ended.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

DAYS = 2
"""Working days a superior has for looking (检查期限)."""


def checker(way: Sequence[int], headed: Collection[int]) -> int | None:
    """Return which unit checks one (检查单位): the nearest above that has a head, else the one right above.

    `way` leads from the top down to the unit; the top itself is checked by nobody.

    >>> checker([1, 2, 3], {1}), checker([1, 2, 3], {1, 2, 3}), checker([1, 2, 3], ()), checker([1], {1})
    (1, 2, 2, None)
    """
    above = way[:-1]
    return next((unit for unit in reversed(above) if unit in headed), above[-1] if above else None)


def refusal(person: int, doers: Collection[int]) -> bool:
    """Return whether somebody can't check (不能检查): what one did oneself another looks at.

    >>> refusal(5, {5, 7}), refusal(5, {7}), refusal(5, ())
    (True, False, False)
    """
    return person in doers
