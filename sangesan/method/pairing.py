"""Pairing (对应): which item of one version of the rules is which of another, by what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

NUMBERED = re.compile(r"own_\d+")
"""A code that only counts the rows of a sheet (按行编码): it says nothing of what the item is."""


@dataclass(frozen=True)
class Named:
    """What an item is known by (项目): its code, its name, its standard, and the units it is about."""

    code: str
    name: str
    standard: str = ""
    kinds: tuple[str, ...] = ()


KNOWN: tuple[Callable[[Named], Hashable], ...] = (
    lambda one: None if NUMBERED.fullmatch(one.code) else one.code,
    lambda one: (one.kinds, one.name, one.standard),
    lambda one: (one.code, one.name),
    lambda one: (one.kinds, one.name),
    lambda one: one.name,
    lambda one: (one.kinds, one.standard) if one.standard else None,
)
"""By what an item is known again, the surest first (对应依据); None says nothing."""
T = TypeVar("T")


def pairs(old: Sequence[Named], new: Sequence[Named]) -> dict[int, int]:
    """Return for the place of each new item that of the old one it is (对应); what is not in it is new or gone.

    Items of an own sheet have codes that count its rows: they are known by name and standard.

    >>> was = [Named("own_1", "学习"), Named("own_2", "安全"), Named("contact", "联系点")]
    >>> pairs(was, [Named("own_1", "安全"), Named("own_2", "公开"), Named("contact", "联系点闭环")])
    {2: 2, 0: 1}
    """
    found: dict[int, int] = {}
    for known in KNOWN:
        free: dict[Hashable, list[int]] = {}
        for place, one in _left(old, set(found.values())):
            free.setdefault(known(one), []).append(place)
        for place, one in _left(new, set(found)):
            if (key := known(one)) is not None and free.get(key):
                found[place] = free[key].pop(0)
    return found


def _left(rows: Sequence[T], taken: set[int]) -> Iterator[tuple[int, T]]:
    return ((place, one) for place, one in enumerate(rows) if place not in taken)


__all__ = ["Named", "pairs"]
