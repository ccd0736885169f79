"""Of few (少数人的称呼): ways to call somebody that are sure enough only where it is one of few who is looked for.

Among all who work there 老冯, 冯同志 and a given name alone are nobody; among two inspectors, or the leaders whose file
lies above, they are one of them, and to be wrong costs little.
"""

from __future__ import annotations

import re
from collections.abc import Container

from .accusing import accused
from .folding import fold
from .masking.names import within_words

_COMPOUND = ("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐",
             "司徒", "夏侯", "长孙", "端木")
_STYLED = ("同志|领导|监察员?|委员|专员|干事|[哥姐叔姨]|头儿?(?![上发疼痛晕部])|"
           "某{1,2}(?=[收拿吃贪打骂要的是在跟和与把将对给]|[^一-龥]|$)")
_ALONE = re.compile("[\\s，,、；;：:。.（）()]{0,2}")
"""A given name that is a word as well stands alone in a line: whom the letter is about."""
_PARTICLES = "向和于从时成方常关同对连全都是有让使给"
"""Surnames that stand before 领导 or 同志 as other words: 向领导反映, 和同志们."""
_CALLED = re.compile("同志|领导|监察|书记|主任|[哥姐叔姨]|这人|那人|[收拿吃贪打骂要占]了")
_COMMON = "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗"
"""Surnames with which 老 and 小 are a name though a word of the dictionary: 老王, but not 小时, 小康."""
_TOP = re.compile("(?:(?<!\\w)|(?<=[我咱俺本全的是们])|(?<=公司))"
                  "(?:矿(?:上|里|级|党委|行政)?的?)?(?:党委|党政|行政)?(?:[一1]把手|主要负责人|主要领导|正职|当家的)")


def of_few(text: str, name: str, others: Container[str] = ()) -> bool:
    """Return whether words may mean somebody among few (少数人中的称呼); `others` are the names of all others, folded.

    >>> [of_few(one, "冯立言") for one in ("小冯收烟", "冯同志", "立言收了烟", "管纪检的冯领导", "立言")]
    [True, True, True, True, True]
    >>> of_few("张立言收烟", "冯立言", {"张立言"}), of_few("向领导反映", "向立言"), of_few("大力支持", "冯大力")
    (False, False, False)
    >>> of_few("大力同志收烟", "冯大力"), of_few("等了小时", "时立言"), of_few("老师傅", "师立言")
    (True, False, False)
    """
    text, name = fold(text), fold(name)
    begin = name[:2] if len(name) == 4 or name.startswith(_COMPOUND) else name[:1]
    given = name[len(begin):]
    ways = [f"[老小阿]{begin}(?!路|\\w?[庄村])", f"(?<=管纪检的){begin}"]
    if begin not in _PARTICLES:
        ways.append(f"{begin}(?:{_STYLED})")
    alone = f"(?P<given>{given})" if len(given) > 1 else "(?P<given>(?!))"
    found = list(re.finditer(f"{'|'.join(ways)}|{alone}", text))
    within = within_words(text) if found else set()
    return any(_stands(text, at, within, others) for at in found)


def _stands(text: str, at: re.Match[str], within: set[int], others: Container[str]) -> bool:
    """Return whether a way stands by itself (是否独立): within no word, and in nobody else's name."""
    start, end = at.span()
    if not at["given"]:
        word = start + 1 in within and text[start + 1] not in _COMMON
        return not word and not {start, end} & within
    if any(text[begin:end] in others for begin in (start - 1, start - 2) if begin >= 0):
        return False
    if _CALLED.match(text, end) or accused(text, at[0]) or _ALONE.fullmatch(text[:start][-1:] + text[end:][:1]):
        return True
    return not {start, start + 1, end} & within


def top_told(text: str) -> bool:
    """Return whether words tell of whoever leads the mine (矿上一把手), and of no unit's.

    >>> [top_told(one) for one in ("一把手收礼", "矿主要负责人收礼", "我们矿一把手收礼", "党委一把手收礼")]
    [True, True, True, True]
    >>> [top_told(one) for one in ("队里一把手收礼", "综采一队主要负责人收礼", "机电科一把手")]
    [False, False, False]
    """
    return _TOP.search(fold(text)) is not None
