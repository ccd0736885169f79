"""Memory (短时记忆): what changes rarely and is asked at every turn is remembered for seconds.

Only for facts whose being a few seconds old harms nobody; never for permissions.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Hashable
from typing import TypeVar

from django.conf import settings

MOST = 2_000
T = TypeVar("T")


def remembered(work: Callable[..., T]) -> Callable[..., T]:
    """Remember what a function of plain values returned (短时记忆) for `MEMORY_SECONDS`; errors are not kept.

    `work.forget()` forgets all of it, for whoever knows that something has changed.
    """
    kept: dict[Hashable, tuple[float, T]] = {}

    @functools.wraps(work)
    def recall(*values: Hashable) -> T:
        now = time.monotonic()
        found = kept.get(values)
        if found is not None and found[0] > now:
            return found[1]
        result = work(*values)
        if settings.MEMORY_SECONDS:
            if len(kept) >= MOST:
                kept.clear()
            kept[values] = (now + settings.MEMORY_SECONDS, result)
        return result

    recall.forget = kept.clear
    return recall
