"""Texts as they are kept (留存的文字): their lines and letters, without signs that nobody sees."""

from __future__ import annotations

import re

_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile("[\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
                     "\ufff9-\ufffb\U000e0000-\U000e007f\ufdd0-\ufdef"
                     + "".join(f"{chr(plane << 16 | 0xfffe)}{chr(plane << 16 | 0xffff)}" for plane in range(17)) +
                     "]|(?<![\u2000-\u3300\ufe0f\U0001f000-\U0001faff])\u200d")
"""Signs without a width, turns of direction, and what Unicode says is no sign at all: they make a text of nothing, or
turn round what stands beside it."""

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\ufffd\ud800-\udfff]")


def kept(text: str) -> str:
    """Return a text as it is kept (留存): one kind of line break, nothing unseen, nothing blank around it.

    >>> kept("\\u200b \\u3000"), kept("停水\\r\\n三天\\x0b了"), kept("abc\\u202egnp.exe"), kept("👷\\u200d♂️")
    ('', '停水\\n三天\\n了', 'abcgnp.exe', '👷\\u200d♂️')
    >>> kept("\\ufffe\\ufdd0")
    ''
    """
    return _UNSEEN.sub("", _BREAKS.sub("\n", text)).strip()


def unfit(text: str) -> bool:
    """Return whether a text holds a sign that can't be kept (有无不能保存的字符): a control sign, or half of one.

    >>> unfit("一行\\n\\t又一行"), unfit("断\\x00了"), unfit("乱\\ufffd码")
    (False, True, True)
    """
    return _UNFIT.search(text) is not None


def letters(text: str) -> int:
    """Return how many letters and digits a text has (字数): marks alone say nothing.

    >>> letters("。。。。"), letters("见记录 3。")
    (0, 4)
    """
    return sum(sign.isalnum() for sign in text)
