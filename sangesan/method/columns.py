"""Facts as columns (条目成列): one array for each thing that is asked of a fact, in the order of their ids.

What repeats (subject, unit path, line, the values a rule asks for) is a number here, and the word
stands once in a list beside it. Ten million facts are a few hundred megabytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np


class Numbered(dict):
    """Words and their numbers (编号), given as they come."""

    def __missing__(self, word: Any) -> int:
        self[word] = number = len(self)
        return number

    def of(self, words: Sequence[Any]) -> np.ndarray:
        """Return the numbers of a column of words (成列)."""
        return np.fromiter(map(self.__getitem__, words), np.int32, len(words))


@dataclass(frozen=True)
class Form:
    """What a rule may ask of a fact (要素): its kind and the values of some fields; a `Tally` matches it."""

    kind: str
    content: Mapping[str, Any]


@dataclass
class Words:
    """The words behind the numbers of columns (词表), shared by all that is read for one assessment."""

    subjects: Numbered = field(default_factory=Numbered)
    paths: Numbered = field(default_factory=Numbered)
    lines: Numbered = field(default_factory=Numbered)
    actors: Numbered = field(default_factory=Numbered)
    asked: Numbered = field(default_factory=Numbered)

    def forms(self, asking: Mapping[str, Sequence[str]]) -> list[Form]:
        """Return the forms by number (要素); `asking` says which fields are asked of a kind.

        Their values stand in `asked` in that order, as they are written in the body.
        """
        return [Form(kind, {name: json.loads(value) for name, value in zip(asking.get(kind, ()), values, strict=True)
                            if value is not None}) for kind, *values in self.asked]


@dataclass
class Columns:
    """Facts in columns (成列的条目), by id."""

    ids: np.ndarray
    subject: np.ndarray
    path: np.ndarray
    line: np.ndarray
    actor: np.ndarray
    form: np.ndarray
    quantity: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)

    def where(self, chosen: np.ndarray) -> Columns:
        """Return some of the rows (选取), by a mask or by their places."""
        return Columns(*(getattr(self, f.name)[chosen] for f in fields(self)))


def distinct(numbers: np.ndarray) -> np.ndarray:
    """Return numbers in order, none twice (去重); for millions of them sorting is faster than the library's table.

    >>> distinct(np.array([3, 1, 3, 2])).tolist(), distinct(np.zeros(0, np.int64)).tolist()
    ([1, 2, 3], [])
    """
    ordered = np.sort(numbers)
    fresh = np.ones(len(ordered), bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]


EMPTY = Columns(np.zeros(0, np.int64), *(np.zeros(0, np.int32) for _ in range(5)), np.zeros(0, np.int64))
"""No facts at all (空)."""


def joined(parts: Iterable[Columns]) -> Columns:
    """Return several columns as one, in the order of the ids (合并)."""
    found = [p for p in parts if len(p)] or [EMPTY]
    whole = Columns(*(np.concatenate([getattr(p, f.name) for p in found]) for f in fields(Columns)))
    return whole.where(np.argsort(whole.ids, kind="stable")) if len(whole) else whole
