"""Topics (话题): matters that say the same, drawn together, and the words by which people know them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from .reading import Said, words

T = TypeVar("T", bound=Hashable)
SURE, LIKELY = 400, 220
"""Thousandths of likeness: from SURE on two matters are one topic, from LIKELY on when category and unit agree."""


def same_topic(mark: int, alike: bool) -> bool:
    """Return whether two matters are one topic (同一话题); `alike`: same category, same unit.

    >>> same_topic(450, False), same_topic(300, True), same_topic(300, False)
    (True, True, False)
    """
    return mark >= SURE or (alike and mark >= LIKELY)


def clusters(keys: Iterable[T], pairs: Iterable[tuple[T, T]]) -> list[list[T]]:
    """Return the keys that hang together (成团), each cluster in the order of the keys.

    >>> clusters("abcde", [("a", "c"), ("c", "e")])
    [['a', 'c', 'e'], ['b'], ['d']]
    """
    top = {key: key for key in keys}

    def root(key: T) -> T:
        while top[key] != key:
            top[key] = top[top[key]]
            key = top[key]
        return key

    for left, right in pairs:
        if left in top and right in top:
            top[root(right)] = root(left)
    found: dict[T, list[T]] = {}
    for key in top:
        found.setdefault(root(key), []).append(key)
    return list(found.values())


def named(texts: Sequence[str], most: int = 3) -> list[str]:
    """Return the words most of the texts share (话题词), the commonest first; of two characters or more.

    >>> named(["澡堂没有热水", "四点班澡堂热水凉", "澡堂热水又停了"], most=2)
    ['澡堂', '热水']
    """
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(list(dict.fromkeys(word for word in words(Said(text)) if len(word) > 1)))
    kept = [(word, n) for word, n in seen.items() if n >= max(2, len(texts) * 0.4)]
    return [word for word, _n in sorted(kept, key=lambda row: -row[1])[:most]]
