"""Cells of an enterprise's own sheet of rules (自有考核细则的格子): what their words say of points and of items."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from fractions import Fraction

from .rounding import points, q

SUMS = re.compile(r"(?:分值|得分|分数|本页)?(?:合计|总计|小计|共计)|总分")
PART = re.compile("小计|本页")
NOTE = re.compile(r"(?:注|说明|备注|附注|附|※|\*)\s*[:：、\d(（]|(?:注|说明|备注)$")
WORTH = re.compile(r"(?:满分|计|共|分值|权重|占|总分|加|奖|\+)?\s*(\d{1,4}(?:\.\d{1,4})?)\s*(?:分|%)?"
                   r"\s*(?:[(（].*[)）])?")
BRACKETS = re.compile(r"[(（]\s*(?:满分|共?计|共|分值|占|权重)?\s*[:：]?\s*(\d{1,4}(?:\.\d{1,2})?)\s*(?:分|%)\s*[)）]")
COUNTS = re.compile(r"[扣减]\s*(?:[除减掉罚]|本项)?\s*\d|(?:加|奖)\s*\d+(?:\.\d+)?\s*分"
                    r"|(?:最多|最高|不超过|上限)\D{0,4}\d")
VETO = re.compile("否决")
NUMBER = re.compile(r"[（(]?[\d一二三四五六七八九十]+[）)、.]?")
LONGEST = 40
NUMBERED = re.compile(r"(?:[（(]?[一二三四五六七八九十]+[）)、.．]|[（(]\d+[）)]|\d+(?:[、．）)]|\.(?!\d))|[①-⑳])\s*")
EACH = {"deduct": re.compile(r"(?:[扣减](?:[除减掉罚]|本项)?|(?<![\d~～至])-)\s*(\d+(?:\.\d{1,2})?)(?![\d.])"
                             r"(?!\s*(?:%|元|百|个))"),
        "add": re.compile(r"(?:加|奖)\s*(\d+(?:\.\d{1,2})?)\s*分")}
RANGE = re.compile(r"[扣减加奖]\s*\d+(?:\.\d{1,2})?\s*分?\s*(?:[-~～—–]+|至|到)\s*(\d+(?:\.\d{1,2})?)\s*分")
"""What else an amount may be (扣 1 至 3 分)."""
GIVES = re.compile(r"加分|奖分|奖励|[加奖+]\s*[\d一二两三四五]")
MOST = re.compile(r"(?:最多|最高|不超过|上限)(?:可?加)?(?:为)?\s*(\d+(?:\.\d{1,2})?)\s*分")
HALF = re.compile(r"(?:迟|逾期|超期)[^；;。，,]*(?:一半|减半|折半|50\s*%)")
KEYS: tuple[tuple[str, str], ...] = (
    ("solved", "虚假办结|办结属实|解决属实"), ("answered", "答复|诉求|信访"),
    ("analysis", "思想状况|思想动态|思想分析|月分析"), ("discussion", "座谈"),
    ("branch", "三会一课|支委会|支部委员会|党员大会|党课|主题党日|组织生活|党小组"), ("openness", "公开"),
    ("hazard", "隐患"), ("rectification", "整改"), ("contact", "联系点"), ("decision", "例会|会议决定|决议"),
    ("study", "学习日|业务学习|安全活动"), ("integrity", "廉洁|廉政|警示教育"), ("youth", "团支部|青年|团青"),
    ("union", "工会|女职工|劳动竞赛|劳动保护"), ("walk_round", "走动|巡查"), ("plan", "周计划|周作业"),
)
"""Words that say which facts tell of an item (数据来源用语), the first that fits."""
LIFE = {"assembly": "党员大会", "committee": "支委会|支部委员会", "group": "党小组会", "lecture": "党课",
        "party_day": "主题党日"}
"""The meetings of organisation life (组织生活各项): an item about one of them alone reads that one."""


def words_of(cells: Sequence[str]) -> str:
    """Return what a row says (行内文字), merged cells once.

    >>> words_of(["一", "", "安全生产", "安全生产", "30"])
    '一 安全生产 30'
    """
    return " ".join(dict.fromkeys(cell.strip() for cell in cells if cell.strip()))


def worth_of(text: str) -> str | None:
    """Return a worth as it is written (分值), without what is no number; None where there is none.

    >>> worth_of("20 分"), worth_of("10%"), worth_of("１０．０"), worth_of("满分10分"), worth_of("一票否决")
    ('20', '10', '10', '10', None)
    """
    found = WORTH.fullmatch(half(text).strip())
    return re.sub(r"\.0+$", "", found[1]) if found else None


def half(text: str) -> str:
    """Return a text with its numbers as machines read them (半角): ２．５ is 2.5."""
    return unicodedata.normalize("NFKC", text)


def one_thing(cells: Sequence[str]) -> bool:
    """Return whether a row says but one thing (只有一格), beside a number."""
    said = {cell.strip() for cell in cells if cell.strip()}
    return len({one for one in said if not NUMBER.fullmatch(one)} or said) == 1


def worth_said(said: Mapping[str, str]) -> str:
    """Return what stands in the column of worths, or else beside the words of an item (分值): 党建工作（20分）.

    >>> worth_said({"heading": "党建（20分）", "name": "党课(10 分)"}), worth_said({"name": "党课（2%）", "worth": "5"})
    ('10', '5')
    """
    return said["worth"] if "worth" in said else beside(said) or beside(said, "heading")


def beside(said: Mapping[str, str], *where: str) -> str:
    texts = (half(said.get(one, "")) for one in where or ("name", "standard"))
    return next((found[1] for text in texts if (found := BRACKETS.search(text))), "")


def highest(worth: str, more: str) -> str:
    """Return how high an item that adds may rise (最高): so much above its worth, for who earned nothing loses nothing.

    >>> highest("10", "8"), highest("5", "5"), highest("", "")
    ('18', '10', '')
    """
    return points(q((Fraction(worth) + Fraction(more)) * 100)).removesuffix(".00") if worth and more else ""


def named(text: str) -> str:
    """Return what an item is called (项目名称): its first words, without the number they begin with.

    >>> named("1、支委会每月召开，有记录"), named("（二）党课"), named("12月底前总结"), named("3.5米以上巷道")
    ('支委会每月召开', '党课', '12月底前总结', '3.5米以上巷道')
    """
    first = next(filter(None, re.split(r"[，,。；;\n]", NUMBERED.sub("", text.strip()))), text)
    return first.strip()[:LONGEST]


def source_of(words: str) -> str:
    """Return what tells of an item (数据来源), by its words: of one meeting alone that one, of several all of them.

    >>> source_of("党课每季度一次"), source_of("三会一课：支委会、党员大会、党课"), source_of("形势任务教育")
    ('lecture', 'branch', 'manual')
    """
    found = next((slug for slug, known in KEYS if re.search(known, words)), "manual")
    alone = [slug for slug, known in LIFE.items() if re.search(known, words)]
    return alone[0] if found == "branch" and len(alone) == 1 and "三会一课" not in words else found


def amounts(method: str, standard: str) -> list[str]:
    """Return the several amounts of which a standard speaks (几种扣分), where only one can be taken for each.

    >>> amounts("deduct", "缺一次扣2分，迟到扣0.5分"), amounts("add", "每次加1分，最多加5分")
    (['2', '0.5'], ['1'])
    >>> amounts("deduct", "视情况扣1-3分")
    ['1', '3']
    """
    said = MOST.sub("", half(standard)) if method in EACH else ""
    return list(dict.fromkeys([*EACH[method].findall(said), *RANGE.findall(said)])) if said else []


def method_of(how: str, heading: str = "") -> str:
    """Return how an item is scored, by its words (计分方法).

    >>> method_of("缺一次扣2分"), method_of("省级加5分"), method_of("按比例计分"), method_of("按时参加学习")
    ('deduct', 'add', 'completeness', 'completeness')
    """
    if "加分" in heading or (GIVES.search(how) and "扣" not in how):
        return "add"
    return "deduct" if "扣" in how or EACH["deduct"].search(how) else "completeness"


__all__ = [
    "COUNTS", "EACH", "HALF", "MOST", "NOTE", "NUMBER", "PART", "SUMS", "VETO", "amounts", "beside", "half", "highest",
    "method_of", "named", "one_thing", "source_of", "words_of", "worth_of", "worth_said",
]
