"""Topics (话题): matters that say the same, drawn together, and the words by which people know them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from .reading import Said, words

T = TypeVar("T", bound=Hashable)
SURE, LIKELY = 150, 100
"""Thousandths of likeness: from SURE on two matters are one topic, from LIKELY on when the category agrees.

Measured on real letters by `sangesan bench similar`: what is drawn together from LIKELY on belongs
together in 99 of 100 pairs; short words of few matters need the category beside it.
"""


def same_topic(mark: int, alike: bool) -> bool:
    """Return whether two matters are one topic (同一话题); `alike`: same category.

    >>> same_topic(160, False), same_topic(110, True), same_topic(110, False)
    (True, True, False)
    """
    return mark >= SURE or (alike and mark >= LIKELY)


def clusters(keys: Iterable[T], pairs: Iterable[tuple[T, T]]) -> list[list[T]]:
    """Return the keys that hang together (成团), each cluster in the order of the keys.

    A cluster is one matter and what is like it, not what is like the like: chains tie together what
    nobody would call one topic. Whoever has the most likes gathers first.

    >>> clusters("abcde", [("a", "c"), ("c", "e")])
    [['a', 'c', 'e'], ['b'], ['d']]
    >>> clusters("abcd", [("a", "b"), ("b", "c"), ("c", "d")])
    [['a', 'b', 'c'], ['d']]
    """
    place = {key: n for n, key in enumerate(keys)}
    near: dict[T, set[T]] = {key: set() for key in place}
    for left, right in pairs:
        if left in near and right in near and left != right:
            near[left].add(right)
            near[right].add(left)
    free, found = set(place), []
    for key in sorted(place, key=lambda k: (-len(near[k]), place[k])):
        if key in free:
            group = (near[key] & free) | {key}
            free -= group
            found.append(sorted(group, key=place.__getitem__))
    return sorted(found, key=lambda group: place[group[0]])


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
