"""Typefaces (字体): the two that are shipped, the enterprise's own, and which characters they can show.

The compiler sees these files and its own built-in ones; the machine's fonts are never asked, so a
document looks the same everywhere. An enterprise that owns 仿宋_GB2312, 楷体_GB2312, 黑体 or
小标宋 puts the files into `fonts` of the data directory; they go first where they have the character.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

SHIPPED = Path(__file__).parent / "vendor" / "noto"
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
BUILT_IN = "New Computer Modern Math"
LENT = "≒"
"""The only character of GBK that both shipped typefaces lack: the compiler's built-in one lends it."""
OWN = {
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", "FZFangSong-Z02S"),
    "kai": ("KaiTi_GB2312", "KaiTi", "STKaiti", "FZKai-Z03S"),
    "hei": ("SimHei", "STHeiti", "FZHei-B01S"),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong"),
}
"""What an enterprise may own, by its place in a document (自有字体), best first."""


@cache
def typefaces() -> typst.Fonts:
    """Return the typefaces the compiler may use (可用字体); a missing one of ours is a loud error."""
    own = Path(settings.DATA) / "fonts"
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True,
                        font_paths=[str(SHIPPED), *([str(own)] if own.is_dir() else [])])
    lost = {SERIF, SANS, BUILT_IN} - set(found.families())
    if lost:
        raise RuntimeError(f"typefaces are missing: {', '.join(sorted(lost))}")
    return found


def chosen() -> dict[str, list[str]]:
    """Return the families of each place in a document (各处用字), in the order in which they are asked."""
    have = set(typefaces().families())
    shipped = {"body": SERIF, "kai": SERIF, "hei": SANS, "title": SERIF}
    return {place: [*(name for name in names if name in have), shipped[place], BUILT_IN]
            for place, names in OWN.items()}


@cache
def covered() -> frozenset[str]:
    """Return the characters that surely have a glyph (可印字符): those of both shipped typefaces."""
    both = [characters(path.read_bytes()) for path in sorted(SHIPPED.glob("*.ttf"))]
    return frozenset.intersection(*both) | {LENT}


def characters(font: bytes) -> frozenset[str]:
    """Return the characters of a TrueType font (字符表): its cmap of format 12."""
    count = struct.unpack(">H", font[4:6])[0]
    records = [struct.unpack(">4sIII", font[12 + 16 * n:28 + 16 * n]) for n in range(count)]
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    tables = [struct.unpack(">I", font[start + 8 + 8 * n:start + 12 + 8 * n])[0]
              for n in range(struct.unpack(">H", font[start + 2:start + 4])[0])]
    for table in (start + offset for offset in tables):
        if struct.unpack(">H", font[table:table + 2])[0] == 12:
            groups = struct.unpack(">I", font[table + 12:table + 16])[0]
            spans = struct.iter_unpack(">III", font[table + 16:table + 16 + 12 * groups])
            return frozenset(chr(code) for first, last, _ in spans for code in range(first, last + 1))
    raise RuntimeError("no character map of format 12")
