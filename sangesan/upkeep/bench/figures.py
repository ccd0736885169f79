"""Figures (测得的数): what a line of `sangesan bench` holds, and how spans become one."""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


def machine() -> str:
    """Return what it was measured on (机器): processors, memory, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return f"{os.cpu_count()} cpu, {memory} GB, {platform.machine()}, Python {platform.python_version()}"


@dataclass(frozen=True)
class Figure:
    """One figure (一项数据)."""

    name: str
    value: float
    unit: str
    n: int
    engine: str = ""

    def line(self) -> str:
        """Return the JSON line (一行数据)."""
        return json.dumps({"name": self.name, "value": round(self.value, 3), "unit": self.unit, "n": self.n,
                           "engine": self.engine, "machine": machine()}, ensure_ascii=False)


def say(figures: Iterable[Figure]) -> None:
    """Print figures as they come (输出)."""
    for figure in figures:
        sys.stdout.write(figure.line() + "\n")
        sys.stdout.flush()


def spans(name: str, seconds: list[float], engine: str) -> list[Figure]:
    """Return median, 95th percentile and maximum (中位、95 分位、最大) in milliseconds.

    >>> [f.value for f in spans("x", [0.001] * 99 + [0.1], "sqlite")]
    [1.0, 1.0, 100.0]
    """
    ordered = sorted(seconds)
    at = {"p50": len(ordered) // 2, "p95": int(len(ordered) * 0.95), "max": -1}
    return [Figure(f"{name}.{part}", ordered[place] * 1000, "ms", len(ordered), engine) for part, place in at.items()]


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a piece of work takes (用时)."""
    since = time.perf_counter()
    work()
    return time.perf_counter() - since
