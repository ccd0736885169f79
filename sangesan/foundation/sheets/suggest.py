"""Suggestions (建议): which known thing was probably meant."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from django.utils.translation import gettext as _


class Suggester:
    """Looks for the likely code (猜测编码) by code or name; asks each spelling once."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take names by code."""
        self._names = dict(names)
        self._keys: dict[str, str] = {}
        for code, name in names.items():
            self._keys.setdefault(_key(code), code)
            self._keys.setdefault(_key(name), code)
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
        near = get_close_matches(_key(wrong), list(self._keys), n=1, cutoff=0.6)
        code = self._keys[near[0]] if near else ""
        return _("，是不是 %(code)s（%(name)s）") % {"code": code, "name": self._names[code]} if code else ""


def _key(words: str) -> str:
    """Return how a word is compared (比对形式): digits as numerals, small letters."""
    return words.translate(_NUMERALS).lower()


_NUMERALS = str.maketrans("0123456789０１２３４５６７８９", "〇一二三四五六七八九〇一二三四五六七八九")
