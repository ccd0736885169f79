"""Recognising (识别): what an enterprise's own sheet of rules says, however its heads are called.

A sheet has a title, heads, items, sums and notes. Items are told by having a worth, or by saying what one occurrence
costs; how points are taken is read for the method, too. What the sheet does not say is left open and asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from .rounding import points, q
from .sheet_cells import EACH, HALF, MOST, amounts, half, highest, method_of, named, source_of, words_of, worth_of
from .sheet_heads import heads
from .sheet_rows import HEADING, NO_HEADS, SEVERAL, UNCLEAR, Left, walk


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


@dataclass(frozen=True)
class Reading:
    """What was read of a sheet (识别结果): its items, the columns and rows that were not taken, and a sum that differs.

    `sums` are the sum that the sheet gives and that of its items, where they differ.
    """

    items: Sequence[Item]
    columns: Sequence[str]
    left: Sequence[Left]
    sums: tuple[str, ...] = ()


def read(rows: Sequence[Sequence[str]], again: Collection[tuple[int, int]] = (),
         fields: Collection[str] = ()) -> Reading:
    """Return what a sheet says (识别考核项): its items, and all that was not taken, each with why.

    `again` are the places that only repeat a merged cell above: rows that share one worth are one item. `fields` are
    the words that headings may be; headings that are none and differ from row to row are the names of the items.

    >>> found = read([["考核项目", "考核标准", "分值", "评分办法", "得分"],
    ...               ["党建", "三会一课", "10分", "缺一次扣1分", ""], ["合计", "", "10", "", ""]])
    >>> [(one.name, one.worth, one.method, one.each, one.source, one.heading) for one in found.items]
    [('三会一课', '10', 'deduct', '1', 'branch', '党建')]
    >>> found.columns, [(left.line, left.words, str(left.why)) for left in found.left]
    (['得分'], [(3, '合计 10', '合计行')])
    """
    there = heads(rows)
    if there is None:
        return Reading((), (), [Left(n, said, NO_HEADS) for n, cells in enumerate(rows, start=1)
                                if (said := words_of(cells))])
    walked = walk(rows, there, again)
    told, left, heading = [], list(walked.left), ""
    unnamed = [row.said for row in walked.rows if "name" not in row.said]
    if _each_its_own([said.get("heading", "") for said in unnamed], fields):
        for said in unnamed:
            said["name"] = said["heading"]
    for n, row in enumerate(walked.rows):
        if _sums_up(row.said, [more.said for more in walked.rows[n + 1:]]):
            left.append(Left(row.line, row.words, HEADING))
            heading = row.said.get("heading") or row.said.get("name", "")
            continue
        told.append(_item(row.line, row.said, row.section or heading))
        if not told[-1].worth and row.said.get("worth"):
            left.append(Left(row.line, told[-1].name, UNCLEAR % row.said["worth"]))
        if len(several := amounts(told[-1].method, told[-1].standard)) > 1:
            left.append(Left(row.line, told[-1].name, SEVERAL % {"all": "、".join(several), "each": told[-1].each}))
    shares = [one.worth for one in told if one.method not in ("veto", "add") and one.worth]
    if _hundredfold(shares) and not any("分" in row.said.get("worth", "") for row in walked.rows):
        told = [replace(one, worth=_of_hundred(one.worth)) if one.method != "add" else one for one in told]
    return Reading(told, walked.unread, sorted(left, key=lambda one: one.line), _unsummed(walked.total, told))


def _each_its_own(headings: Sequence[str], fields: Collection[str]) -> bool:
    """Return whether each row has a heading of its own (逐项各有名称): then headings are what the items are called.

    >>> _each_its_own(["三会一课", "警示教育", "公开"], ()), _each_its_own(["安全生产", "党建", "公开"], ["安全生产"])
    (True, False)
    """
    return (len(headings) > 2 and all(headings) and len(set(headings)) == len(headings)
            and not any(field in one for field in fields for one in headings))


def _of_hundred(worth: str) -> str:
    return points(q(Fraction(worth) * 10_000)).rstrip("0").rstrip(".") if worth else ""


def _unsummed(total: str, told: Sequence[Item]) -> tuple[str, ...]:
    """Return the sum of the sheet and that of its items where they differ (合计不符), else nothing."""
    mine = sum((Fraction(one.worth) for one in told if one.worth and one.method not in ("veto", "add")), Fraction())
    more = sum((Fraction(one.worth) for one in told if one.worth), Fraction())
    if not total or not told or Fraction(total) in (mine, more, mine / 100):
        return ()
    return total, points(q(mine * 100)).removesuffix(".00")


def _sums_up(said: Mapping[str, str], below: Sequence[Mapping[str, str]]) -> bool:
    """Return whether a row only heads those below it (小计行): it says no standard and is worth what they are together.

    >>> of = [{"worth": "10", "how": "缺一次扣1分"}, {"worth": "20", "standard": "按期答复"}]
    >>> _sums_up({"worth": "30"}, of), _sums_up({"worth": "10"}, of[1:]), _sums_up({"worth": "30", "how": "扣1分"}, of)
    (True, False, False)
    """
    left = Fraction(worth_of(said.get("worth", "")) or 0)
    if left <= 0 or said.get("standard") or said.get("how"):
        return False
    for one in below:
        if left <= 0 or not (one.get("standard") or one.get("how")):
            break
        left -= Fraction(worth_of(one.get("worth", "")) or 0)
    return left == 0


def _vetoes(said: Mapping[str, str], heading: str) -> bool:
    """Return whether an item is a veto (否决项): one that is worth points, and grave only in one case, is none."""
    worthless = worth_of(said.get("worth", "")) in (None, "0")
    return "否决" in said.get("worth", "") or worthless and "否决" in heading + said.get("how", "")


def _item(line: int, said: Mapping[str, str], heading: str) -> Item:
    name = next(said[one] for one in ("name", "standard", "heading", "how") if said.get(one))
    how = half(said.get("how", "") or said.get("standard", "") or said.get("name", ""))
    whole = "；".join(dict.fromkeys(one for one in (said.get("name"), said.get("standard"), said.get("how")) if one))
    method = "veto" if _vetoes(said, heading) else method_of(how, heading)
    each, most = EACH[method].search(how) if method in EACH else None, MOST.search(how)
    source = "manual" if method in ("veto", "add") else source_of(name + said.get("standard", ""))
    worth = "0" if method == "veto" else worth_of(said.get("worth", "")) or ""
    if method == "add" and not worth and most:
        worth = most[1]
    return Item(line, named(name), whole, worth, method, each[1] if each else "",
                highest(worth, most[1] if most else worth) if method == "add" else "", source,
                said.get("lead", ""), said.get("evidence", ""), heading,
                "50" if method == "completeness" and HALF.search(how) else "")


def _hundredfold(worths: Sequence[str]) -> bool:
    """Return whether worths are shares of one (占比): a cell of 20 % holds 0.2."""
    shares = [Fraction(one) for one in worths]
    return bool(shares) and max(shares) <= 1 and Fraction(99, 100) <= sum(shares) <= Fraction(101, 100)


__all__ = ["Item", "Left", "Reading", "read"]
