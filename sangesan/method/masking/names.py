"""Names (姓名) of the roster in a text, only where they stand as names: many are words as well.

A name of two signs that is no word of the dictionary stands wherever it neither begins nor ends within one. Of 1,976
letters from elsewhere 23 hold one of 492 such names so, each as the beginning of somebody's name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from ..folding import fold

_TITLES = "师傅|同志|班长|队长|书记|主任|科长|矿长|区长|经理|老师|工长|组长|部长|主席|段长"
_AFTER = re.compile(rf"(?:{_TITLES}|说|讲|骂|打|告诉|让我|叫我|不让|不给|和我|跟我|家里|本人|"
                    r"[、。,;:!?)\s]|$)")
_BEFORE = re.compile(rf"(?:{_TITLES}|叫|找|跟|和|与|向|由|被|让|问|给|是|工友|同事|员工|职工|工人|"
                     r"姓名:?|、|[(\s]|^)$")
_GAP = r"[ .·_*\-\n\r\u200b-\u200d\u2060\ufeff]"
_PLACE = re.compile("路(?![过遇经上子边])|大道|[大小]街|胡同|水库|[小新]?村(?!长)|庄(?!稼)|营(?![私利业造])|寨|峪|"
                    "镇(?![压定静])|乡(?!下)|县|大桥|[小园]区|家园|公园|广场|[中小]学(?!生)|火车站|矿区|[煤铁]矿(?!长)")
"""Behind a name of two signs these make a place of it (地名): 白峰路, 江峰水库."""
_GAPS = re.compile(_GAP)
"""What people write between the signs of a name (姓名间隔): rolls set names of two signs as wide as those of three."""
_CALLED = re.compile(r"(?:(?:请假|缺席|代会|列席|出席|主持|记录|主讲):|、)$")
"""Before a name in the roll of a meeting, where the reason follows in brackets (点名)."""


class Names:
    """Names of the roster (花名册姓名), two to four characters, ready to be looked for in any script.

    >>> roster = Names(["张大力", "高峰", "王安民"])
    >>> text = "主张大力推进，高峰时段找張大力，高峯師傅也在"
    >>> [text[start:end] for start, end in roster.find(text)]
    ['張大力', '高峯']
    >>> Names(["张岩", "高峰"]).meant("矿上张岩收红包，高峰收红包")
    {'张岩'}
    >>> Names(["李文静"]).meant("信访办李文静压着我的信"), Names(["黄金山"]).meant("黄金山坡上没有灯")
    ({'李文静'}, set())
    >>> Names(["白峰"]).meant("白峰路黑，白峰水库"), Names(["白峰"]).meant("白峰路过，白峰骂人")
    (set(), {'白峰'})
    >>> spaced = "张 大·力骂人，出席：高　峰、王安民，提高 峰值"
    >>> [spaced[start:end] for start, end in roster.find(spaced)]
    ['张 大·力', '高　峰', '王安民']
    """

    def __init__(self, names: Iterable[str] = ()):
        self.all: dict[str, set[str]] = {}
        for name in names:
            if 2 <= len(name) <= 4 and not name.isascii():
                self.all.setdefault(fold(name), set()).add(name)
        self.firsts = frozenset(name[0] for name in self.all)

    def meant(self, text: str) -> set[str]:
        """Return which names stand in a text (点到的姓名), each as the roster writes it.

        >>> sorted(Names(["张大力", "張大力"]).meant("找張大力"))
        ['张大力', '張大力']
        """
        return self.apart(text)[0]

    def apart(self, text: str) -> tuple[set[str], str]:
        """Return which names stand in a text, and the text with a stop for each (姓名断句): behind it nobody else acts.

        >>> Names(["张大力"]).apart("综采一队张大力打人")
        ({'张大力'}, '综采一队；；；打人')
        """
        spans = self.find(text)
        kept = list(text)
        for start, end in spans:
            kept[start:end] = "；" * (end - start)
        return {name for a, b in spans for name in self.all[_bare(fold(text[a:b]))]}, "".join(kept)

    def find(self, text: str) -> list[tuple[int, int]]:
        """Return from where to where names stand (查找姓名)."""
        return self.standing(fold(text))

    def standing(self, text: str) -> list[tuple[int, int]]:
        """Return where names stand in a text that is folded already (查找姓名)."""
        found: list[tuple[int, int]] = []
        for start, char in enumerate(text):
            if char in self.firsts and (not found or found[-1][1] <= start):
                end = next((e for n in (4, 3, 2) if (e := start + n) <= len(text) and text[start:e] in self.all), 0)
                if end:
                    found.append((start, end))
        inside = within_words(text) if found else frozenset()
        stand = [(a, b) for a, b in found if a not in inside and (
            (b not in inside and (a + 1 not in inside or _stands(text, a, b)) and not (
                b - a == 2 and _PLACE.match(text, b))) or (b - a > 2 and a + 1 not in inside))]
        return sorted(stand + self._spaced(text)) if _SPACED.search(text) else stand

    def _spaced(self, text: str) -> list[tuple[int, int]]:
        """Return where names stand with gaps between their signs (间隔书写); of two signs only where one must stand."""
        found: list[tuple[int, int]] = []
        for start, sign in enumerate(text):
            if sign not in self.firsts or (found and start < found[-1][1]):
                continue
            ends = _ends(text, start)
            for length in range(len(ends), 1, -1):
                end = ends[length - 1]
                before = re.sub(r"\W$", " ", text[max(0, start - 4) : start])
                if end - start > length and _bare(text[start:end]) in self.all and (
                        length > 2 or (_AFTER.match(text, end) and _BEFORE.search(before))):
                    found.append((start, end))
                    break
        inside = within_words(text) if found else frozenset()
        return [(start, end) for start, end in found if start not in inside]


_SPACED = re.compile(rf"[一-龥]{_GAP}{{1,2}}[一-龥]")
_NEXT = re.compile(rf"{_GAP}{{0,2}}[一-龥]")


def _ends(text: str, start: int) -> list[int]:
    """Return where names of one to four signs end that begin at a place (各字末位), gaps between them or not."""
    ends = [start + 1]
    while len(ends) < 4 and (following := _NEXT.match(text, ends[-1])):
        ends.append(following.end())
    return ends


def _bare(text: str) -> str:
    return _GAPS.sub("", text)


def _stands(text: str, start: int, end: int) -> bool:
    """Return whether a name of two characters stands as one (是否作姓名用)."""
    if end - start > 2:
        return True
    before = text[max(0, start - 4) : start]
    if text[end : end + 1] == "(":
        return bool(_CALLED.search(before))
    return bool(_AFTER.match(text, end) and (_BEFORE.search(before) or re.match(_TITLES, text[end:])))


def within_words(text: str) -> set[int]:
    """Return the places within a word of the dictionary (词内位置), at which no name or title begins or ends.

    >>> 1 in within_words("查处"), 1 in within_words("刘处")
    (True, False)
    """
    places: set[int] = set()
    at = 0
    for word in _cutter()(text, False):
        places.update(range(at + 1, at + len(word)))
        at += len(word)
    return places


@cache
def _cutter() -> Callable[[str, bool], list[str]]:
    import rjieba  # its dictionary costs a moment, and most texts name nobody

    return rjieba.cut
