"""Charging for what was raised (按反映多少扣分), told by the words of a standard, whoever enters it. Chapter V.2."""

from __future__ import annotations

import re

_SPEAKING = "(?:上访|集访|群访|信访|诉求|举报)"
CHARGED = re.compile(f"(?:发生|出现|每|有)[^。；;]{{0,10}}{_SPEAKING}[^。；;]{{0,10}}(?:扣|否决)"
                     f"|{_SPEAKING}[^。；;]{{0,6}}(?:增加|上升|增长)[^。；;]{{0,8}}扣")
HANDLED = re.compile("未|不|没|超|逾|迟|漏|缺|少|推|拖|瞒|压|打击|报复|泄|办[理结复]|处[理置]|查实|虚")
"""Words that charge for what was raised, unless they speak of how it was handled (按反映多少扣分的写法)."""


def charges(standard: str) -> bool:
    """Return whether a standard takes points for what was raised (按反映多少扣分), whoever enters them.

    >>> charges("发生越级上访一起扣5分"), charges("每件诉求超期未答复扣1分"), charges("出现举报人信息泄露的一票否决")
    (True, False, False)
    """
    return any(not HANDLED.search(found[0]) for found in CHARGED.finditer(standard))
