"""Masking (遮盖): personal data in a text is found and covered; its words stay as they are.

Own patterns with check digits, because a mine's texts are full of numbers: faces, dates, money,
material codes. Full-width digits and separators count as plain ones.

>>> mask("找王安民，打１３９ ０３１９ １２３４", Names(["王安民"]))
'找［姓名］，打［电话］'
>>> mask("身份证130502198001011234，冀E·12345，3208面第2班，2026-11-20 发 1,480.50 元")
'身份证［身份证号］，［车牌］，3208面第2班，2026-11-20 发 1,480.50 元'
>>> mask("幺三九零三一九一二三四，东区12栋3单元502室漏水，东区12栋没热水")
'［电话］，东区［住址］漏水，东区12栋没热水'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .digits import numbers
from .names import Names
from .patterns import COUNTY, PATTERNS, YARD, Kind

__all__ = ["NO_NAMES", "Kind", "Names", "Span", "find", "mask", "parts"]

NO_NAMES = Names()
_SAME = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_SAME |= dict.fromkeys("\u3000\u2007\xa0", " ") | dict.fromkeys("–—―‐", "-") | dict.fromkeys("•・‧∙", "·")
_WIDE = re.compile(f"[{re.escape(''.join(_SAME))}]")
_TELLING = re.compile(r"[a-z][·. -]?[a-z0-9]{4}|\d-\d|[@户室排]|单元|村|镇|乡|街道|微信|qq|vx", re.IGNORECASE)
"""Where none of these stands no pattern of words can match; most texts are through here."""


@dataclass(frozen=True, order=True)
class Span:
    """One finding (一处): from where to where in the text as it was written."""

    start: int
    end: int
    kind: Kind


def find(text: str, names: Names = NO_NAMES) -> list[Span]:
    """Return what is personal in a text (查找), in order and without overlap."""
    plain = _WIDE.sub(lambda m: _SAME[m[0]], text)
    spans = [Span(start, end, Kind.NAME) for start, end in names.find(text)]
    if _TELLING.search(plain):
        for kind, pattern, good in PATTERNS:
            spans += [Span(_begin(plain, m.start(), kind), m.end(), kind) for m in pattern.finditer(plain)
                      if good(m[0]) and (kind != Kind.ADDRESS or _whole(plain, m))]
    spans += [Span(start, end, kind) for start, end, kind in numbers(plain)]
    return _apart(spans)


def _whole(text: str, found: re.Match[str]) -> bool:
    """Return whether an address is one (是否住址): a village only with its county before it."""
    return found[0][0] not in "镇乡街" or bool(COUNTY.search(text[max(0, found.start() - 16) : found.start()]))


def _begin(text: str, start: int, kind: Kind) -> int:
    """Return where an address begins (住址起点): with the yard or the county before it."""
    if kind != Kind.ADDRESS:
        return start
    before = text[max(0, start - 16) : start]
    found = (COUNTY if text[start] in "镇乡街" else YARD).search(before)
    return start - len(before) + found.start() if found else start


def _apart(spans: list[Span]) -> list[Span]:
    """Leave out what lies within what was found before (去重叠), the earlier and longer first."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def parts(text: str, names: Names = NO_NAMES) -> list[tuple[str, str]]:
    """Cut a text into parts, each with what it is, '' for ordinary words (分段)."""
    cut, at = [], 0
    for span in find(text, names):
        cut += [(text[at : span.start], ""), (text[span.start : span.end], span.kind.value)]
        at = span.end
    return [(part, kind) for part, kind in [*cut, (text[at:], "")] if part]


def mask(text: str, names: Names = NO_NAMES) -> str:
    """Return a text with what is personal covered (遮盖); ordinary words stay to the letter."""
    return "".join(f"［{kind}］" if kind else part for part, kind in parts(text, names))
