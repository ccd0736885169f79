"""Masking (遮盖): personal data in a text is found and covered; its words stay as they are.

Own patterns with check digits, because a mine's texts are full of numbers: faces, dates, money,
material codes. It reads the folded text, in which every sign stands where it stood, and separators as plain ones.

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

from ..folding import fold
from .addresses import addresses
from .called import called, cover_names
from .digits import numbers
from .names import Names
from .patterns import PATTERNS, Kind
from .plates import plates

__all__ = ["NO_NAMES", "VERSION", "Kind", "Names", "Span", "called", "cover_names", "find", "mask", "parts"]

VERSION = 14
"""The rules of covering (遮盖规则版本), here and in `folding`: whoever changes them counts on, and what stands
covered is covered anew (`procedures.covering`)."""
NO_NAMES = Names()
_SAME = str.maketrans("\u2007\xa0–—―‐•・‧∙", "  ----····")
"""Separators that are typed for the plain ones (分隔符)."""
_TELLING = re.compile(r"[A-Za-z]|使[· ]?\d|\d[使领]|[微威薇] ?信|扣扣|企鹅|(?:抖音|快手|钉钉|微博|小红书|支付宝.)号")
"""Where none of these stands no pattern of words can match; most texts are through here."""


@dataclass(frozen=True, order=True)
class Span:
    """One finding (一处): from where to where in the text as it was written."""

    start: int
    end: int
    kind: Kind


def find(text: str, names: Names = NO_NAMES) -> list[Span]:
    """Return what is personal in a text (查找), in order and without overlap."""
    plain = fold(text).translate(_SAME)
    spans = [Span(start, end, Kind.NAME) for start, end in names.standing(plain)]
    if _TELLING.search(plain):
        spans += [Span(*m.span(), kind) for kind, pattern in PATTERNS for m in pattern.finditer(plain)]
        spans += [Span(start, end, Kind.PLATE) for start, end in plates(plain)]
    spans += [Span(start, end, Kind.ADDRESS) for start, end in addresses(plain)]
    spans += [Span(start, end, kind) for start, end, kind in numbers(plain)]
    return _apart(spans)


def _apart(spans: list[Span]) -> list[Span]:
    """Join what overlaps (合并重叠), under the kind of the earlier and longer: no end of either is left over."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.end > kept[-1].end:
            kept[-1] = Span(kept[-1].start, span.end, kept[-1].kind)
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
