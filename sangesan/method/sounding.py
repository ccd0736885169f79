"""Sounding (读音): whose name stands in words by its sound alone, as speech is typed, or in Latin letters.

A telephone that writes down what is spoken knows no colleague: 张大力 becomes 张达利. Behind the surname two
syllables are hardly ever those of a given name by chance; one often is, so names of two signs are looked for in
Latin letters only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from .folding import fold
from .masking.names import within_words

_LATIN = re.compile(r"[a-z](?:[ .'·-]?[a-z])+")
_VEIL = "[某Xx×*○〇]"
"""What is written for the middle of a name one is afraid to write (遮一字): 张某力, 张*力."""
LONGEST = 400
"""Words of one run in Latin letters that are looked through (最长拼音句)."""
SHORTEST = 6
"""Letters a name in Latin script has at least (拼音最短): shorter ones are words of other languages."""


def sounding(text: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield which names stand in words by their sound (同音姓名), each with how it is written there.

    >>> sorted(sounding("张达利克扣奖金，找 Zheng Gang 也没用", ["张大力", "郑刚", "王安民"]))
    [('张大力', '张达利'), ('郑刚', 'zheng gang')]
    >>> list(sounding("张某力、张*力和张X力是一个人，王某民没说", ["张大力"]))
    [('张大力', '张某力')]
    >>> list(sounding("lin shi shun yao qian，不给不排好班", ["林世顺"]))
    [('林世顺', 'lin shi shun')]
    >>> list(sounding("郑钢，大力支持，li li，何发经营不合法", ["郑刚", "张大力", "李丽", "何发静"]))
    []
    """
    text = fold(text)
    latin = {re.sub("[^a-z]", "", at[0]): at[0] for at in _LATIN.finditer(text.lower())}
    among = {"".join(words): " ".join(words) for run in latin.values() for words in _within(run.split()[:LONGEST])}
    within: set[int] | None = None  # cutting a text into words is dear: once, and hardly ever
    for name in names:
        folded, seen = fold(name), set()
        for at in re.finditer(re.escape(folded[0]), text) if len(folded) > 2 else ():
            way = text[at.start() : at.start() + len(folded)]
            if way in seen or _spelt(way) != _spelt(folded):
                continue
            within = within_words(text) if within is None else within
            if not {at.start(), at.start() + len(way)} & within:
                seen.add(way)
                yield name, way
        if len(folded) == 3 and (at := re.search(_VEIL.join(map(re.escape, folded[::2])), text)):
            yield name, at[0]
        if latin and len(_spelt(folded)) >= SHORTEST:
            way = latin.get(_spelt(folded)) or (among.get(_spelt(folded)) if len(folded) > 2 else None)
            if way:
                yield name, way


def _within(words: list[str]) -> Iterator[list[str]]:
    """Yield the words of a run in Latin letters, up to three together (拼音句里的连续词), where it is longer."""
    for begin in range(len(words)):
        yield from (words[begin:end] for end in range(begin + 1, min(begin + 4, len(words) + 1)))


@cache
def _said(sign: str) -> str:
    """Return how a sign is said (读音), without its tone; what is no character as it is."""
    from pypinyin import Style, lazy_pinyin  # its tables cost a quarter of a second

    return lazy_pinyin(sign, style=Style.NORMAL)[0]


def _spelt(word: str) -> str:
    return "".join(map(_said, word))
