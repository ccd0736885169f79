"""The shelf (书架): ordinary matters of this process's memory, to find what is like a new one.

It follows the database at each look: what is new is put on it, what left is taken off, in every
process by itself. Nothing of it is ever written down.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable

from django.db import connection

from sangesan.method.triage.likeness import Likeness
from sangesan.method.triage.reading import normal

from . import queries

_PORTION = 500
NEAR = 0.9
"""What shares so much of its pairs with another, numbers included, is nearly a copy (近乎相同)."""
KEPT = 12
"""Likest matters kept for each (每件留存): some of them may be closed, or hidden from whoever asks."""
_guard = threading.Lock()


class Shelf:
    """Matters by their keys (在架事项), for one database."""

    def __init__(self) -> None:
        self.index = Likeness()
        self.held: set[int] = set()
        self.database = _database()

    def follow(self) -> None:
        """Bring it to where the database stands (跟上)."""
        wanted = queries.pool()
        if not self.held:
            self.index.know(said for _key, said in _texts(queries.earlier(wanted)))
        for key in self.held - wanted:
            self.index.remove(key)
        fresh = sorted(wanted - self.held)
        if len(fresh) > _PORTION:
            self.index.fill(_texts(fresh))
        else:
            for key, text in _texts(fresh):
                self.index.add(key, text)
        self.held = wanted

    def like(self, key: int, text: str) -> list[tuple[int, float]]:
        """Return what is like a matter (相似的), itself left out."""
        return [row for row in self.index.like(text, KEPT + 1) if row[0] != key][:KEPT]


_shelf: Shelf | None = None


def opened() -> Shelf:
    """Return this process's shelf (取书架), brought up to date; one thread at a time."""
    global _shelf
    with _guard:
        if _shelf is None or _shelf.database != _database():
            _shelf = Shelf()
        _shelf.follow()
        return _shelf


def near(left: str, right: str) -> bool:
    """Return whether two texts are nearly copies (近乎相同) in whatever script: the same numbers too; short ones never.

    >>> near("四点班升井没热水，已经第三次反映了。", "四点班升井没热水，已经第三次反映了")
    True
    >>> near("3208面机尾掉渣，请马上派人处理", "3211面机尾掉渣，请马上派人处理")
    False
    """
    left, right = normal(left), normal(right)
    here, there = _pairs(left), _pairs(right)
    same_numbers = re.findall(r"\d+", left) == re.findall(r"\d+", right)
    return len(here) >= 10 and same_numbers and len(here & there) >= NEAR * len(here | there)


def _pairs(text: str) -> set[str]:
    bare = "".join(c for c in text if c.isalnum())
    return {bare[i : i + 2] for i in range(len(bare) - 1)}


def _texts(keys: list[int]) -> Iterable[tuple[int, str]]:
    for start in range(0, len(keys), _PORTION):
        yield from queries.texts(keys[start : start + _PORTION]).items()


def _database() -> str:
    return f"{connection.vendor}:{connection.settings_dict['NAME']}"
