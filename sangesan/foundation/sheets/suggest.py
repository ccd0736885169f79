"""Suggestions (建议): which known thing was probably meant."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches


class Suggester:
    """Looks for the likely code (猜测编码) by code or name; asks each spelling once."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take names by code."""
        self._names = dict(names)
        self._codes: dict[str, str] = {}
        for code, name in names.items():
            self._codes.setdefault(name, code)
        self._said: dict[str, str] = {}

    def hint(self, wrong: str) -> str:
        """Return a hint such as ，是不是 ZC1（综采一队）, or nothing.

        >>> Suggester({"ZC1": "综采一队", "ZC2": "综采二队"}).hint("综采1队")
        '，是不是 ZC1（综采一队）'
        """
        if wrong not in self._said:
            self._said[wrong] = self._look(wrong)
        return self._said[wrong]

    def _look(self, wrong: str) -> str:
        if len(self._said) > 500:
            return ""
        code = self._codes.get(wrong, "")
        for words in (self._names, self._codes):
            near = [] if code else get_close_matches(wrong, list(words), n=1, cutoff=0.6)
            if near:
                code = near[0] if words is self._names else self._codes[near[0]]
        return f"，是不是 {code}（{self._names[code]}）" if code else ""
