"""Folding (归一): whatever script and width a text is written in, it is read in one, sign by sign.

Letters come in traditional characters too, or in full width, or copied from a file whose signs only look like
ours. What is kept and shown stays as it was written; what is looked for in it (search, names, words of despair,
urgent words, categories, likeness, personal data) is looked for in the folded text. One sign becomes one sign, so
that a place in the folded text is the same place in the text: masks and marks stay where they belong.

The table comes from OpenCC, one character at a time. It need not choose between 乾 and 干 as a translation must:
what it makes of a text is read by nobody.

>>> fold("頂板冒頂，活著沒意思，３２０８面"), fold("张伟") == fold("張偉")
('顶板冒顶,活着没意思,3208面', True)
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import chain

_RANGES = ((0x2E80, 0x2FDF), (0x3000, 0x3000), (0x3400, 0x9FFF), (0xF900, 0xFAFF), (0xFF01, 0xFF5E))
"""Signs that may be read as others (归一范围): radicals, characters, compatibility signs, full width and its space."""
_ALSO = dict(zip("著瞭妳牠噁伕姪囯鑛砲閙鬦吿週淩痺藉覆祇鎗汚甯寗菓彊埜喦嵒燿栢煇濬叡濶効劵厰荳么",
                 "着了你它恶夫侄国矿炮闹斗告周凌痹借复只枪污宁宁果强野岩岩耀柏辉浚睿阔效券厂豆么", strict=True))
"""Variant forms (异体字) that people type and a translation leaves alone, and 么, which it takes for 幺."""


def fold(text: str) -> str:
    """Return a text in one script and width (归一), sign for sign and as long as it was."""
    return text.translate(_table())


def spelt(sign: str) -> frozenset[str]:
    """Return every sign that is read as this one (各种写法), itself among them.

    >>> "劉" in spelt("刘") and "刘" in spelt("劉")
    True
    """
    return _spellings().get(fold(sign), frozenset()) | {sign, fold(sign)}


@cache
def _spellings() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, plain in _table().items():
        found.setdefault(plain, set()).add(chr(code))
    return {plain: frozenset(signs) for plain, signs in found.items()}


@cache
def _table() -> dict[int, str]:
    """Return what each sign is read as (归一表); made once, in a moment."""
    from opencc import OpenCC  # its dictionaries cost a moment, which only those who read texts shall pay

    signs = [chr(code) for code in chain(*(range(first, last + 1) for first, last in _RANGES))]
    read = [unicodedata.normalize("NFKC", sign) for sign in signs]
    for way in ("tw2s", "hk2s", "t2s"):
        turned = OpenCC(way, include_tofu_risk_dictionaries=False).convert("\n".join(read)).split("\n")
        read = [new if len(new) == 1 else old for old, new in zip(read, turned, strict=True)]
    table = {sign: plain for sign, plain in zip(signs, read, strict=True) if sign != plain and len(plain) == 1} | _ALSO
    return {ord(sign): table.get(plain, plain) for sign, plain in table.items()}


__all__ = ["fold", "spelt"]
