"""Pairs of characters (二字组): what stands in the index, and how a question is read.

Chinese has no spaces and its words mostly have two characters, so every pair of neighbours is
a word of the index. A text counts as runs of letters, digits and characters, whatever their
width or case; what stands between them parts the runs. A question finds exactly the texts
that hold each of its runs, as LIKE on `plain` texts would.

Traditional characters are read as simplified ones by whatever `reads_as` was given: the dictionary
stands in the method, of which this floor knows nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

SHORTEST, MOST = 2, 8
"""A run of one character is in every other text; more than eight runs help nobody."""
_read_as: list[Callable[[str], str]] = [str]


def reads_as(fold: Callable[[str], str]) -> None:
    """Say from now on how signs are read (接上归一), one for one: marks stay where they belong."""
    _read_as[0] = fold


def plain(text: str) -> str:
    """Return the runs of a text, parted by one space (检索形).

    >>> plain("３２０８面　綜采一隊（夜班）ZC-1")
    '3208面 综采一队 夜班 zc 1'
    """
    return written(_read_as[0](unicodedata.normalize("NFKC", text)))


def written(text: str) -> str:
    """Return the runs of a text in the script they are written in (原字检索形).

    >>> written("綜采一隊（夜班）")
    '綜采一隊 夜班'
    """
    same = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in same).split())


def pairs(run: str) -> list[str]:
    """Return the pairs of neighbours of one run (二字组).

    >>> pairs("凉馒头"), pairs("水")
    (['凉馒', '馒头'], [])
    """
    return [run[i : i + 2] for i in range(len(run) - 1)]


@dataclass(frozen=True)
class Query:
    """A question as it is asked of the index (查询): its runs, and what was too short to be asked.

    `said` are its words in the script they were typed in, for lists that are asked without an index.
    """

    runs: tuple[str, ...]
    short: tuple[str, ...]
    said: str = field(default="", compare=False, repr=False)

    def __bool__(self) -> bool:
        return bool(self.runs)

    @property
    def pairs(self) -> list[str]:
        """Every pair that must be there (必含二字组), each once."""
        return list(dict.fromkeys(pair for run in self.runs for pair in pairs(run)))

    @property
    def long(self) -> list[str]:
        """Runs whose pairs must stand together (须连续的词)."""
        return [run for run in self.runs if len(run) > SHORTEST]


def read(words: str) -> Query:
    """Read what was typed (读查询).

    >>> read(" 热水 ３２０８、停 ")
    Query(runs=('热水', '3208'), short=('停',))
    >>> bool(read("？！……"))
    False
    """
    runs = list(dict.fromkeys(plain(words).split()))
    long, short = ([r for r in runs if (len(r) >= SHORTEST) == wanted][:MOST] for wanted in (True, False))
    return Query(tuple(long), tuple(short), written(words))


def highlight(text: str, query: Query) -> list[tuple[str, bool]]:
    """Cut a text into parts, each with whether it was asked for (标出命中), script, width and case forgiven.

    >>> highlight("夜班没热水，三次", read("热水 三次"))
    [('夜班没', False), ('热水', True), ('，', False), ('三次', True)]
    """
    folded, places = _folded(text)
    marked = bytearray(len(text))
    for run in query.runs:
        at = folded.find(run)
        while at >= 0:
            for place in places[at : at + len(run)]:
                marked[place] = 1
            at = folded.find(run, at + 1)
    return [(part, flag) for part, flag in _parts(text, marked) if part]


def excerpt(text: str, query: Query, width: int = 90) -> str:
    """Return the part of a text around what was asked for (摘录).

    >>> excerpt("一" * 200 + "热水", read("热水"), 20)
    '…一一一一一一一一一一一一一一一一一一热水'
    """
    folded, places = _folded(text)
    found = [places[at] for run in query.runs if (at := folded.find(run)) >= 0]
    first = max(0, min(found, default=0) - width // 3)
    start = max(0, min(first, len(text) - width))
    end = start + width
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text folded character by character (逐字归一), and where each came from."""
    folded, places = [], []
    for place, char in enumerate(text):
        for same in _read_as[0](unicodedata.normalize("NFKC", char)).casefold():
            folded.append(same if same.isalnum() else " ")
            places.append(place)
    return "".join(folded), places


def _parts(text: str, marked: Iterable[int]) -> Iterable[tuple[str, bool]]:
    part, was = "", False
    for char, flag in zip(text, marked, strict=True):
        if bool(flag) != was:
            yield part, was
            part, was = "", bool(flag)
        part += char
    yield part, was
