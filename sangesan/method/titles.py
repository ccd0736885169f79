"""Titles (职务): how the holder of a post of which a mine has few is called by it alone, and how he stands in words."""

from __future__ import annotations

import re
from functools import lru_cache

from .addressing import UPON
from .folding import fold
from .masking.called import COMMON
from .mentions import folded, surnames
from .powers import Role
from .spelling import figures
from .wrongs import CLAUSE

OFFICES = {Role.TRIAGE: "分办员", Role.DUTY: "值班领导", Role.UNION: "工会干部"}
"""How those who read first are called by what they do (按职责称呼), whatever their titles."""
_ASKED = re.compile(f"(?:请|希望|建议|要求|恳|盼|麻烦|求|望)(?:(?!{UPON}){CLAUSE}){{0,6}}$")
"""Before these words whoever is named is asked to act (请其查办), and not accused: not 请查处队长."""
_TOWARDS = re.compile("[给跟向到去在从找替帮问](?:我们|你们|咱们)?$")
"""Before these words an office is where somebody went (去处), and not who does it."""
_ANYTHING = re.compile("")


@lru_cache(maxsize=512)
def titled(title: str) -> re.Pattern[str]:
    """Return how whoever holds a post is called by it (职务的说法), in folded words: a deputy also by his field.

    >>> way = titled("安全副矿长")
    >>> [bool(way.search(one)) for one in ("安全矿长", "管安全的马矿长", "安全副总", "生产矿长", "安全总是差")]
    [True, True, True, False, False]
    >>> bool(way.search("安监矿长")), bool(titled("党委书记").search("党委1把手"))
    (True, True)
    >>> bool(titled("矿长").search("副矿长")), bool(titled("矿长").search("矿长信箱"))
    (False, False)
    """
    title = fold(title)
    field, deputy, more = title.partition("副矿长")
    spoken = re.escape(figures(title))
    if deputy and field and not more:
        field = re.sub("安[全监]", "安[全监]", re.escape(figures(field)))
        spoken = (f"(?:(?:分管|主管|管){field}(?:工作)?的|{field})(?:那个|这个)?[一-龥]?"
                  "(?:副?矿长|副?总(?![工是有会共]))")
    if title == "党委书记":
        spoken = "矿?党委的?(?:书记|1把手|主要(?:负责人|领导))|矿书记|矿长[跟和与同、及]书记|书记(?=[跟和与同、及]矿长)"
    return re.compile(f"(?<!副)(?:{spoken})(?!信箱|接待|热线)")


_BEGINS = r"(?:(?<!\w)|(?<=[和跟]))"


def told_of(text: str, title: str) -> bool:
    """Return whether words speak of whoever holds a post (说到本人): not asked to act, and not where somebody went.

    Where they tell of a wrong, that is enough to keep them from him: whose wrong it is, no grammar knows.

    >>> told_of("供应科吃回扣，矿长也拿了一份", "矿长"), told_of("造假的事矿长清楚得很，就是不管", "矿长")
    (True, True)
    >>> told_of("请矿长管管吃回扣的人", "矿长"), told_of("向矿长反映队长克扣奖金", "矿长")
    (False, False)
    """
    return does(folded(text)[0], titled(title), _ANYTHING)


def without_others(text: str, name: str) -> str:
    """Return words without titles that stand behind the surname of another (去掉他人的姓加职务).

    A surname is one that many have and stands where a word begins: neither 举报矿长 nor 现任矿长 has one.

    >>> without_others("赵矿长来过，和钱副矿长说了", "王安民"), without_others("举报矿长，现任矿长", "王安民")
    ('；来过，和；说了', '举报矿长，现任矿长')
    """
    for begin, title in surnames(text):
        if begin in COMMON and not name.startswith(begin):
            text = re.sub(rf"{_BEGINS}{begin}副?{title}", "；", text)
    return text


def asked(text: str, start: int) -> bool:
    """Return whether whoever stands there is asked to act (请其查办)."""
    return _ASKED.search(text, max(0, start - 9), start) is not None


def does(text: str, subject: re.Pattern[str], deed: re.Pattern[str]) -> bool:
    """Return whether somebody stands as who does a wrong (主语是他): not asked to act, and no place one went to."""
    return any(
        deed.match(text, at.end()) and not asked(text, at.start())
        and not _TOWARDS.search(text, max(0, at.start() - 3), at.start()) for at in subject.finditer(text))
