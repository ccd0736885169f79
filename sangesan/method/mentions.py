"""Mentions (提到): whether words name the holder of a post, so that they surely mean that post and no other."""

from __future__ import annotations

import re

SHORT = {"党支部书记": "书记"}
"""How a post is called in talk (口头称呼)."""
_ORGAN = re.compile("(?:党支部|党总支|分会|团支部)$")


def names_post(text: str, unit: str, title: str) -> bool:
    """Return whether words name a post of a unit (是否点到岗位): the unit and, right behind it, what its holder is.

    A title alone names nobody: there are as many of it as there are units.

    >>> names_post("综采一队的书记吃拿卡要", "综采一队党支部", "党支部书记")
    True
    >>> names_post("综采一队队长扣钱", "综采一队", "队长")
    True
    >>> names_post("综采一队副队长", "综采一队", "队长"), names_post("跟队长说了", "综采一队", "队长")
    (False, False)
    """
    core = _ORGAN.sub("", unit)
    if len(core) < 2 or core not in text:
        return False
    bare = title.removeprefix(core)
    called = "|".join(re.escape(name) for name in sorted({bare, SHORT.get(bare, bare)}) if name)
    organ = re.escape(unit[len(core):])
    return bool(called) and re.search(f"{re.escape(core)}(?:{organ})?[的这那个位]{{0,3}}(?:{called})", text) is not None
