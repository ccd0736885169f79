"""Pace (节拍): an answer that takes the same time whether a guess was right or wrong."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

FLOOR = 0.12
"""Seconds no such answer is faster than (最短应答), above what a right one takes."""


@contextmanager
def steady() -> Iterator[None]:
    """Hold back what is done inside (匀速应答) until the floor, faults included."""
    since = time.perf_counter()
    try:
        yield
    finally:
        time.sleep(max(0.0, FLOOR - (time.perf_counter() - since)))
