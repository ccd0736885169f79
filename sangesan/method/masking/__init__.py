"""Masking (遮盖): personal data in a text is found and covered; its words stay as they are.

Own patterns with check digits, because a mine's texts are full of numbers: faces, dates, money,
material codes. Full-width digits and separators count as plain ones, traditional signs as simplified.

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

from .addresses import addresses
from .digits import numbers
from .names import Names
from .patterns import PATTERNS, Kind

__all__ = ["NO_NAMES", "VERSION", "Kind", "Names", "Span", "find", "mask", "parts"]

VERSION = 2
"""The rules of covering (遮盖规则版本): whoever changes them counts on, and what stands
covered is covered anew (`procedures.covering`)."""
NO_NAMES = Names()
_SAME = {chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_SAME |= dict.fromkeys("\u3000\u2007\xa0", " ") | dict.fromkeys("–—―‐", "-") | dict.fromkeys("•・‧∙", "·")
_SAME |= dict(zip("號棟樓單戶層區園鎮鄉鄰屬電話機聯繫碼證銀賬帳農郵儲車寶間蘇閩贛魯滬陝寧雲貴遼晉",
                  "号栋楼单户层区园镇乡邻属电话机联系码证银账账农邮储车宝间苏闽赣鲁沪陕宁云贵辽晋", strict=True))
"""Traditional signs of the words that tell of personal data (繁体), read as the simplified ones."""
_WIDE = re.compile(f"[{re.escape(''.join(_SAME))}]")
_TELLING = re.compile(r"[A-Za-z]|使\d|微信|扣扣|(?:抖音|快手|钉钉|支付宝.)号")
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
        spans += [Span(*m.span(), kind) for kind, pattern, good in PATTERNS
                  for m in pattern.finditer(plain) if good(m[0])]
    spans += [Span(start, end, Kind.ADDRESS) for start, end in addresses(plain)]
    spans += [Span(start, end, kind) for start, end, kind in numbers(plain)]
    return _apart(spans)


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
