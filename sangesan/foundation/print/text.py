"""Text for paper (待印文字): what can't be shown becomes a box that is seen and reported."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from .fonts import covered

BOX = "□"
RUN, MARKS = 14, 10
"""Letters, and marks of a character's width, without a place to break, after which a line may break all the same:
so many of the widest fit into a column of a book."""
_LETTERS = "[!-~\u00a1-\u024f\u0370-\u04ff]"
_SIGNS = "[\u2010-\u2027\u2030-\u205e\u2160-\u2bff\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20]"
"""Marks that begin no line, and signs that people draw lines with (标点和符号): ———, ……, ！！！, ────, ★★★."""
_LONG = re.compile(rf"{_LETTERS}{{{RUN}}}(?={_LETTERS})|{_SIGNS}{{{MARKS}}}(?={_SIGNS})")
_NO_WIDTH = {0x00AD, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}


class Raw(str):
    """A drawing or code that a template needs untouched (原样): never a person's words."""


def fit(value: Any, lost: set[str]) -> Any:
    """Return data whose every text can be printed (清理); what had no glyph is added to `lost`."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, str):
        return line(value, lost)
    if isinstance(value, dict):
        return {str(key): fit(inner, lost) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [fit(inner, lost) for inner in value]
    return value


def line(text: str, lost: set[str]) -> str:
    """Return one text (清理文字): signs without width go, those without a glyph become a box."""
    shown = "".join(_sign(sign, lost) for sign in text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LONG.sub(lambda found: found[0] + "\u200b", shown)


def _sign(sign: str, lost: set[str]) -> str:
    if sign == "\n" or sign in covered() and not _without_width(sign):
        return sign
    if sign == "\t" or unicodedata.category(sign) == "Zs":
        return " "
    if _without_width(sign):
        return ""
    lost.add(f"U+{ord(sign):04X}")
    return BOX


def _without_width(sign: str) -> bool:
    """Joiners, marks of direction and variants (不占位的符号): they would let a line read otherwise than it is."""
    return ord(sign) in _NO_WIDTH or unicodedata.category(sign) == "Cf"
