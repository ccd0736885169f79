"""Mentions (提到): whether words name the holder of a post, so that they surely mean that post and no other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .folding import fold
from .masking.names import within_words
from .spelling import figures

_PARTY = re.compile("^党?(?:支部|总支部?|委)(?=.)")
"""What stands before the post in an organ of the Party (党内职务前缀): who leads 党支部 is 支部书记, or 书记."""
ORGAN = re.compile("(?:党支部|党总支|分会|团支部)$")


HEADS = {"科": "科长", "队": "队长", "处": "处长", "部": "部长", "区": "区长", "班": "班长", "厂": "厂长", "井": "井长",
         "院": "院长", "室": "主任", "办": "主任", "心": "主任", "司": "经理"}
"""How the head of a unit is called (负责人称呼), by the last sign of its name: rosters often say only 负责人."""

TOPS = ("一把手", "头头", "头儿", "负责人", "主要负责人", "负责同志", "主要领导", "主官", "正职", "当家的", "老大")
"""How whoever leads a unit is called as well (俗称)."""


UNION = "工会"
"""How the union of a mine is called, whatever its committee's name (工会)."""


def called(unit: str, title: str, head: bool = False) -> list[str]:
    """Return how the holder of a post is called in talk (口头称呼).

    >>> called("综采一队党支部", "综采一队党支部书记", head=True), called("劳资科", "负责人", head=True)
    (['书记', '党支部书记', '支部书记'], ['科长', '负责人'])
    """
    bare = title.removeprefix(ORGAN.sub("", unit))
    heads = HEADS.get(unit[-1:], bare) if head and not ORGAN.search(unit) else bare
    return sorted({bare, bare.removeprefix("党"), _PARTY.sub("", bare), heads} - {""})


def names_post(text: str, unit: str, title: str, head: bool = False, *, near: str | None = None) -> bool:
    """Return whether words name a post of a unit (是否点到岗位): the unit and, right behind it, what its holder is.

    A title alone names nobody: there are as many of it as there are units. Near it, a unit is called for short:
    `near` is the name of the unit above, '' where there is none.

    >>> names_post("綜採一隊的書記吃拿卡要", "综采一队党支部", "党支部书记")
    True
    >>> names_post("综采1队队长扣钱", "综采一队", "队长"), names_post("综采一队支部书记", "综采一队党支部", "书记")
    (True, True)
    >>> names_post("综采一队副队长", "综采一队", "队长"), names_post("跟队长说了", "综采一队", "队长")
    (False, False)
    >>> names_post("综采一队长扣钱", "综采一队", "队长"), names_post("劳资科长不管", "劳资科", "负责人", head=True)
    (True, True)
    >>> names_post("综一队队长扣钱", "综采一队", "队长"), names_post("综一队队长扣钱", "综采一队", "队长", near="")
    (False, True)
    """
    unit, title = fold(unit), fold(title)
    core, (read, signs) = ORGAN.sub("", unit), folded(text)
    if len(core) < 2 or (near is None and not {core[0], figures(core)[0]} & signs):
        return False
    return bool(_ways(unit, title, head, near).search(read))


@lru_cache(maxsize=4)
def folded(text: str) -> tuple[str, frozenset[str]]:
    """Return words as posts and units are looked for in them (审读文字), and their signs: once for all posts."""
    one = fold(text)
    return figures(one), frozenset(one)


@lru_cache(maxsize=8_192)
def _ways(unit: str, title: str, head: bool, near: str | None) -> re.Pattern[str]:
    """Return how a post is told (点岗位的说法), kept: to compile them took four fifths of looking a letter through."""
    core = ORGAN.sub("", unit)
    plain, organ = figures(core), re.sub("^党", "党?", unit[len(core):])
    names = [figures(name) for name in called(unit, title, head)]
    names += map(figures, TOPS) if head and not organ else ()
    ways = [f"(?:{organ})?(?:[的这那个位现任新正大某]|代理|\\w姓){{0,3}}{re.escape(name)}" for name in names]
    ways += [re.escape(name[1:]) for name in names if name[0] == plain[-1]]
    return re.compile(f"(?:{'|'.join((re.escape(plain), *shortened(plain, near)))})(?:{'|'.join(ways)})")


_ALONE = r"(?:(?<!\w)|(?<=[我咱们的是和跟找向让被给由对说]))"
"""A short name begins where no other word ends: 掘一队 is not 一队 of 综采."""


def shortened(core: str, above: str | None) -> list[str]:
    """Return how a unit is called for short where it is near (单位简称), as patterns; its numeral is in figures."""
    if above is None:
        return []
    found = re.fullmatch(r"(\D{1,6})(\d{1,2}\D)", core)
    short = [_ALONE + "".join(f"{sign}?" for sign in found[1]) + found[2]] if found else []
    rest = core.removeprefix(figures(fold(above))) if above else core
    return short + ([_ALONE + rest] if rest != core and len(rest) > 1 else [])


CALLED = ("书记", "队长", "科长", "主任", "班长", "区长", "部长", "主席", "处长", "段长", "工长", "组长", "经理",
          "矿长", "厂长", "院长", "井长")
"""How holders of posts are called behind their surname (称呼)."""
LEADERS = "领导"
"""How each of the mine's leaders is called before the name (统称): 矿领导郑刚."""
SHARED = (*CALLED, "人")
"""How posts end of which a mine has many (通称), whoever holds one of them: 队长, 承办人."""
TITLES = "|".join(CALLED)
_CALLED = re.compile(f"(?<=([一-龥]))(?={TITLES})(.{{2}})")
_SOMEBODY = "(?:某{1,2}|[XxＸｘ×*○〇]{1,2})"
_HALF = re.compile(f"(?<=[一-龥])(?:姓的?|{_SOMEBODY})(?=副?(?:{TITLES}))|姓(?=[一-龥]的?副?(?:{TITLES}))|"
                   f"(?<=姓[一-龥])的(?=副?(?:{TITLES}))")
"""What is left of a name that is told by half (半隐姓名): 张某队长, 张姓队长, 姓张的队长."""
_BEHIND = re.compile(f"({TITLES})(?:[，,(（ ]?(?:他|是|就是)?姓([一-龥])|([一-龥])(?={_SOMEBODY}))")
_OF_MINE = re.compile(r"(?:(?<!\w)|(?<=[的是和跟找向让被给由对说]))([一-龥])副?矿(?![长井区山上里])")
"""王矿 and 王副矿 are 王矿长; 煤矿 and 我矿 are nobody's name."""
_OF_FIRM = re.compile("([一-龥])副?总(?![工是有会共归之算量额长值数理统结体公])")
"""马总 is 马矿长, or a 经理."""
_SHORT = {**HEADS, "总": "经理", "段": "段长", "头儿": "", "头": ""}
"""How they are called for short (简称): 王科, 张队; 刘头 is whoever leads there."""
_IN_SHORT = re.compile(f"(?<=([一-龥]))({'|'.join(_SHORT)})")
_OLD = re.compile("老([一-龥])")
_KIN = re.compile("([一-龥]{2})[哥姐叔]")
"""大力哥 is whoever leads near and has that given name."""
_BY_SURNAME = re.compile(f"姓([一-龥])的(?!副?(?:{TITLES})|师傅|工友|同事|徒弟|老乡|医生|大夫|"
                         "阿姨|大[姐哥爷妈娘叔嫂]|司机|[职员女]工|护士|老师|保安)")
"""姓张的 is not said of somebody one wants to name."""
_IN_PARTS = {"耳东": "陈", "弓长": "张", "木子": "李", "古月": "胡", "双木": "林", "口天": "吴", "言午": "许",
             "走肖": "赵", "立早": "章", "三横": "王", "草头": "黄", "言射": "谢", "人可": "何", "双口": "吕"}
_PARTED = re.compile(f"({'|'.join(_IN_PARTS)})[{''.join(_IN_PARTS.values())}]?(?=副?(?:{TITLES})|某)")
"""A surname told by its parts (拆字) before a post: 耳东队长 is 陈队长, and so is 耳东陈队长."""
_NO_SURNAME = ("关于", "由于", "对于", "至于", "等于", "向", "和", "跟")
"""What stands before a post and only looks like a surname (不是姓)."""


def surnames(text: str) -> set[tuple[str, str]]:
    """Return who may be called by surname and post (姓加职务): how a name would begin, and how the post ends.

    Names begin as they are folded.

    >>> sorted(surnames("王副隊長克扣奖金，关于队长向书记反映过"))
    [('王', '队长')]
    >>> surnames("老王说没有"), sorted(surnames("耳东队长打人，弓长张书记也打"))
    (set(), [('张', '书记'), ('陈', '队长')])
    >>> sorted(surnames("张某队长打人，队长刘某某骂人，姓赵的书记、王矿也不管"))
    [('刘', '队长'), ('张', '队长'), ('王', '矿长'), ('赵', '书记')]
    >>> sorted(surnames("马副矿瞎指挥，主副矿井停了"))
    [('马', '矿长')]
    >>> sorted(surnames("马总瞎指挥，老总和汇总表总是不对"))
    [('马', '矿长'), ('马', '经理')]
    """
    text = _PARTED.sub(lambda at: _IN_PARTS[at[1]], fold(text))
    behind = [{(at[2] or at[3], at[1])} for at in _BEHIND.finditer(text)]
    behind += [{(at[1], "矿长")} for at in _OF_MINE.finditer(text)]
    behind += _firm(text)
    text = _HALF.sub("", text)
    return _names([*behind, *(_begun(text[max(0, at.start() - 3) : at.start()].removesuffix("副")[-2:], at[2])
                              for at in _CALLED.finditer(text))])


def _firm(text: str) -> list[set[tuple[str, str]]]:
    """Return who is called 马总 (称总的人), where no word of the dictionary begins or ends so: 老总, 汇总, 总是."""
    found = list(_OF_FIRM.finditer(text))
    within = within_words(text) if found else set()
    return [{(at[1], "矿长"), (at[1], "经理")} for at in found if not {at.start() + 1, at.end()} & within]


def nicknames(text: str) -> set[tuple[str, str]]:
    """Return who may be called for short (简称): as `surnames`, a post '' being whoever leads: 老刘, 刘头.

    In a word of the dictionary nobody is called: 车队, 白班, 查处, 老师. What is left is said of somebody near.

    >>> sorted(nicknames("张队不发雨靴，老刘也不管，车队和白班没有，大力哥，姓王的"))
    [('刘', ''), ('大力', ''), ('张', '队长'), ('王', '')]
    """
    text = fold(text)
    short, old, kin = (list(way.finditer(text)) for way in (_IN_SHORT, _OLD, _KIN))
    within = within_words(text) if short or old else set()
    called = [_begun(text[max(0, at.start() - 2) : at.start()], _SHORT[at[2]]) for at in short
              if not {at.start(), at.end()} & within]
    alone = {(at[1], "") for at in [*kin, *_BY_SURNAME.finditer(text)]}
    return _names([*called, {(at[1], "") for at in old if at.end() not in within}, alone])


def _names(found: Iterable[set[tuple[str, str]]]) -> set[tuple[str, str]]:
    return {(name, title) for each in found for name, title in each if name.isalpha()}


def _begun(before: str, title: str) -> set[tuple[str, str]]:
    """Return how a name would begin that stands before a post (姓): by one sign, or by two."""
    return set() if before.endswith(_NO_SURNAME) else {(before[-1:], title), (before, title)}


def familiar(name: str) -> str:
    """Return how somebody is called among those who know him (熟人称呼): 老刘."""
    return f"老{name[:1]}"
