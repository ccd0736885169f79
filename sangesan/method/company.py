"""Company (掩护): how many facts that tell nothing lie beside those of speakers before they are sealed.

A proof says how many facts a seal holds. Whoever writes a test letter every day, and knows what else was said
openly, would count from it the letters to the inspectors. So the number is made a multiple of sixteen, after an
amount by chance: one letter more can change it by chance only, however many of the others one has written.

>>> from random import Random
>>> [(spoken + company(spoken, Random(3))) for spoken in (0, 1, 9, 40)]
[16, 16, 16, 48]
"""

from __future__ import annotations

from random import Random

BATCH = 16


def company(spoken: int, chance: Random) -> int:
    """Return how many facts to lay beside those of speakers (掩护条数); never none of a day."""
    whole = max(1, spoken + chance.randrange(BATCH))
    return -(-whole // BATCH) * BATCH - spoken
