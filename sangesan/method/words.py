"""Words (词): how a rule speaks, without knowing how a language is chosen.

A table of rules carries its words; the house puts them into the reader's language when they are
shown, not when the table is read. `word` marks them for whoever gathers what is to be translated.

>>> said = word("还有 %(count)d 步没有办结")
>>> said % {"count": 2}
'还有 2 步没有办结'
>>> said == "还有 %(count)d 步没有办结"
True
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_speak: list[Callable[[str], str]] = [str]


class Word(str):
    """A word in the source language (源语言的词): equal to its text, shown in the reader's language.

    What is kept (facts, tables, JSON) is the source; what is printed, formatted or escaped is said.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return _speak[0](str.__str__(self))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __mod__(self, parts: Any) -> str:
        return str(self) % parts


def word(text: str) -> Word:
    """Mark a text as one that people read (标记用语)."""
    return Word(text)


def speak(translate: Callable[[str], str]) -> None:
    """Say from now on how words are put into the reader's language (接上翻译)."""
    _speak[0] = translate
