"""Recognising (识别): what an enterprise's own sheet of rules says, however its heads are called.

A sheet has a title, heads, items, sums and notes. Items are told by having a worth, or by saying what one occurrence
costs; how points are taken is read for the method, too. What the sheet does not say is left open and asked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .rounding import points, q
from .sheet_heads import ASIDE, heads

LONGEST = 40
SUMS = re.compile(r"(?:合计|总计|小计|共计|总分)")
WORTH = re.compile(r"(\d{1,4}(?:\.\d{1,4})?)\s*(?:分|%|％)?")
EACH = {"deduct": re.compile(r"扣\s*(\d+(?:\.\d{1,2})?)\s*分"),
        "add": re.compile(r"(?:加|奖)\s*(\d+(?:\.\d{1,2})?)\s*分")}
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


@dataclass(frozen=True)
class Item:
    """An item of a sheet (考核项): its line, words, worth, method, what one occurrence is worth, what tells of it.

    `worth` is '' where the sheet says how points are taken and not of how many: it is asked for.
    """

    line: int
    name: str
    standard: str
    worth: str
    method: str
    each: str
    most: str
    source: str
    lead: str
    evidence: str
    heading: str
    late: str = ""


def items(rows: Sequence[Sequence[str]], again: Collection[tuple[int, int]] = ()) -> list[Item]:
    """Return the items of a sheet (识别考核项); sums, notes and empty rows are none.

    `again` are the places that only repeat a merged cell above: rows that share one worth are one item.

    >>> [one] = items([["考核项目", "考核标准", "分值", "评分办法"], ["党建", "三会一课", "10分", "缺一次扣1分"],
    ...                ["合计", "", "10", ""]])
    >>> one.name, one.worth, one.method, one.each, one.source
    ('三会一课', '10', 'deduct', '1', 'branch')
    """
    there = heads(rows)
    if there is None:
        return []
    at, columns = there
    aside = "" if "heading" in columns else next((one for cell in rows[at] if ASIDE.search(one := cell.strip())), "")
    told: list[tuple[int, dict[str, str]]] = []
    for line, cells in enumerate(rows[at + 1:], start=at + 2):
        said = {what: cells[n].strip() if n < len(cells) else "" for what, n in columns.items()}
        words = [said.get(one, "") for one in ("name", "standard", "heading")]
        said |= {"worth": said.get("worth", ""), "heading": said.get("heading", aside)}
        summed = any(SUMS.match(re.sub(r"\s", "", cell)) for cell in cells)
        several = len({cell.strip() for cell in cells if cell.strip()}) > 1  # a note over all columns is one cell
        if any(words) and not summed and (
                worth_of(said["worth"]) is not None or several and (_vetoes(said) or _counts(said))):
            if told and (line - 1, columns.get("worth")) in again:
                _join(told[-1][1], said)
            else:
                told.append((line, said))
    found = [_item(line, said, next(said[one] for one in ("name", "standard", "heading") if said.get(one)))
             for n, (line, said) in enumerate(told) if not _sums_up(said, [more for _line, more in told[n + 1:]])]
    if _hundredfold([one.worth for one in found if one.method != "veto" and one.worth]):
        return [replace(one, worth=points(q(Fraction(one.worth) * 10_000)).rstrip("0").rstrip(".") if one.worth else "")
                for one in found]
    return found


def _sums_up(said: Mapping[str, str], below: Sequence[Mapping[str, str]]) -> bool:
    """Return whether a row only heads those below it (小计行): it says no standard and is worth what they are together.

    >>> of = [{"worth": "10", "how": "缺一次扣1分"}, {"worth": "20", "standard": "按期答复"}]
    >>> _sums_up({"worth": "30"}, of), _sums_up({"worth": "10"}, of[1:]), _sums_up({"worth": "30", "how": "扣1分"}, of)
    (True, False, False)
    """
    left = Fraction(worth_of(said["worth"]) or 0)
    if left <= 0 or said.get("standard") or said.get("how"):
        return False
    for one in below:
        if left <= 0 or not (one.get("standard") or one.get("how")):
            break
        left -= Fraction(worth_of(one["worth"]) or 0)
    return left == 0


def _join(item: dict[str, str], more: Mapping[str, str]) -> None:
    """Add what a further row says to the item whose worth it shares (合为一项)."""
    words = (item.get("standard", ""), more.get("name", ""), more.get("standard", ""))
    item["standard"] = "；".join(dict.fromkeys(one for one in words if one and one != item.get("name")))
    for what in ("how", "lead", "evidence"):
        item[what] = "；".join(dict.fromkeys(one for one in (item.get(what, ""), more.get(what, "")) if one))


def _vetoes(said: dict[str, str]) -> bool:
    """Return whether an item is a veto (否决项): one that is worth points, and grave only in one case, is none."""
    worthless = worth_of(said["worth"]) in (None, "0")
    return "否决" in said["worth"] + said.get("heading", "") or worthless and "否决" in said.get("how", "")


def _highest(worth: str, more: str) -> str:
    """Return how high an item that adds may rise (最高): so much above its worth, for who earned nothing loses nothing.

    >>> _highest("10", "8"), _highest("5", "5"), _highest("", "")
    ('18', '10', '')
    """
    return points(q((Fraction(worth) + Fraction(more)) * 100)).removesuffix(".00") if worth and more else ""


def _counts(said: dict[str, str]) -> bool:
    """Return whether a row says what one occurrence takes or gives (写明扣分或加分), though not of how many points."""
    how = _half(said.get("how", "") or said.get("standard", ""))
    return any(each.search(how) for each in (*EACH.values(), MOST))


def _item(line: int, said: dict[str, str], name: str) -> Item:
    how = _half(said.get("how", "") or said.get("standard", ""))
    whole = "；".join(dict.fromkeys(one for one in (said.get("name"), said.get("standard"), said.get("how")) if one))
    method = "veto" if _vetoes(said) else method_of(how, said.get("heading", ""))
    each, most = EACH[method].search(how) if method in EACH else None, MOST.search(how)
    source = "manual" if method in ("veto", "add") else source_of(name + said.get("standard", ""))
    worth = "0" if method == "veto" else worth_of(said["worth"]) or ""
    if method == "add" and not worth and most:
        worth = most[1]
    return Item(line, re.split(r"[，,。；;\n]", name)[0][:LONGEST], whole, worth, method, each[1] if each else "",
                _highest(worth, most[1] if most else worth) if method == "add" else "", source,
                said.get("lead", "")[:LONGEST], said.get("evidence", "")[:100], said.get("heading", ""),
                "50" if method == "completeness" and HALF.search(how) else "")


def source_of(words: str) -> str:
    """Return what tells of an item (数据来源), by its words: of one meeting alone that one, of several all of them.

    >>> source_of("党课每季度一次"), source_of("三会一课：支委会、党员大会、党课"), source_of("形势任务教育")
    ('lecture', 'branch', 'manual')
    """
    found = next((slug for slug, known in KEYS if re.search(known, words)), "manual")
    alone = [slug for slug, known in LIFE.items() if re.search(known, words)]
    return alone[0] if found == "branch" and len(alone) == 1 and "三会一课" not in words else found


def worth_of(text: str) -> str | None:
    """Return a worth as it is written (分值), without what is no number; None where there is none.

    >>> worth_of("20 分"), worth_of("10%"), worth_of("１０．０"), worth_of("2.5"), worth_of("一票否决")
    ('20', '10', '10', '2.5', None)
    """
    found = WORTH.fullmatch(_half(text).strip())
    return re.sub(r"\.0+$", "", found[1]) if found else None


def _half(text: str) -> str:
    """Return a text with its numbers as machines read them (半角): ２．５ is 2.5."""
    return unicodedata.normalize("NFKC", text)


def _hundredfold(worths: Sequence[str]) -> bool:
    """Return whether worths are shares of one (占比): a cell of 20 % holds 0.2."""
    shares = [Fraction(one) for one in worths]
    return bool(shares) and max(shares) <= 1 and Fraction(99, 100) <= sum(shares) <= Fraction(101, 100)


def method_of(how: str, heading: str = "") -> str:
    """Return how an item is scored, by its words (计分方法).

    >>> method_of("缺一次扣2分"), method_of("省级加5分"), method_of("按比例计分")
    ('deduct', 'add', 'completeness')
    """
    if "加分" in heading or ("加" in how and "扣" not in how):
        return "add"
    return "deduct" if "扣" in how else "completeness"


__all__ = ["Item", "items", "method_of", "source_of", "worth_of"]
