"""Rows of an enterprise's own sheet of rules (自有考核细则的各行): which are items, and what the others are.

No row and no column is passed over without being named: whoever brings in a sheet sees what of it was not taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from .sheet_cells import COUNTS, NOTE, NUMBER, PART, SUMS, VETO, beside, half, one_thing, words_of, worth_of, worth_said
from .sheet_heads import HEADS, NUMBERS, Heads, aside_of, columns_of, enough, headlike, plain_of
from .words import Word, word

ABOVE, SUM, HEADING = word("表头以上的文字"), word("合计行"), word("当作小标题：分值是下面各项之和")
TITLE, REMARK, AGAIN = word("小标题"), word("说明文字"), word("重复的表头")
NOTHING = word("没有分值，也没有写怎样扣分加分")
SEVERAL = word("写了几种分值：%(all)s；每次分值先取 %(each)s，其余由考核员登记")
NO_HEADS = word("没有认出表头")
UNCLEAR = word("分值写作“%s”，读不出是几分")
SECTION = 40
"""A row of one cell is a heading up to so many characters (小标题字数)."""


@dataclass(frozen=True)
class Left:
    """A row that was not taken as an item, or not wholly (没有取用的行): its line, its words, and why."""

    line: int
    words: str
    why: Word | str


@dataclass
class Told:
    """A row that says an item (考核项一行), with the heading it stands below.

    `last` is the last row that says more of it; it is `shared` where its worth is that of its heading.
    """

    line: int
    said: dict[str, str]
    words: str
    section: str
    last: int
    shared: bool = False


@dataclass
class Walked:
    """The rows of a sheet, one by one (逐行识别)."""

    rows: list[Told] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    total: str = ""


def walk(rows: Sequence[Sequence[str]], there: Heads, again: Collection[tuple[int, int]] = ()) -> Walked:
    """Go through the rows of a sheet below its heads (逐行识别)."""
    found = Walked(left=[Left(n, words, ABOVE) for n, cells in enumerate(rows[:there.at], start=1)
                         if (words := words_of(cells))])
    columns, heading, section, unread = there.columns, "", there.aside, [*there.unread.values()]
    aside, titled = there.aside, -1  # of the last heads; how many items stood above the last title
    first = 0  # the first item below the last heads: no row goes on with what stands above them
    for line, cells in enumerate(rows[there.below:], start=there.below + 1):
        words = words_of(cells)
        if not words:
            continue
        if (new := _heads_again(cells, there)) is not None:
            same = _says_no_more(cells, there)
            beyond = there.aside if same else aside_of(cells, new)
            if (new, beyond) != (columns, aside):  # another table; the same heads again are those of the next page
                unread += [] if same else _unread(cells, new)
                section = beyond or (section if titled == len(found.rows) else "")
                columns, aside, heading, first = new, beyond, "", len(found.rows)
            found.left.append(Left(line, words, AGAIN))
            continue
        said = {what: _said(cells, places) for what, places in columns.items()}
        if sums := [cell for cell in cells if SUMS.match(re.sub(r"\s", "", cell))]:
            if not PART.match(re.sub(r"\s", "", sums[0])):
                found.total = worth_of(said.get("worth", "")) or found.total
            found.left.append(Left(line, words, SUM))
        elif _continues(line, cells, said, columns, again, found.rows[first:]):
            _join(found.rows[-1], line, said)
        elif _is_item(cells, said | {"worth": worth_said(said)}, said.get("heading") or heading or section):
            heading = said.get("heading") or heading
            found.rows.append(Told(line, said | {"worth": worth_said(said)}, words, heading or section, line,
                                   not said.get("worth") and not beside(said) and bool(beside(said, "heading"))))
        else:
            title = one_thing(cells) and len(words) <= SECTION and not NOTE.match(words) and _leads(cells, columns)
            if title:
                section, heading, titled = words, "", len(found.rows)
            found.left.append(Left(line, words, TITLE if title else REMARK if one_thing(cells) else NOTHING))
    found.unread = list(dict.fromkeys(["".join(one.split()) for one in unread]
                                      + _headless(rows[there.below:], there)))
    return found


def _said(cells: Sequence[str], places: Sequence[int]) -> str:
    said = list(dict.fromkeys(one for n in places if n < len(cells) and (one := cells[n].strip())))
    return " ".join([one for one in said if len(said) == 1 or not NUMBER.fullmatch(one)])


def _leads(cells: Sequence[str], columns: Mapping[str, Sequence[int]]) -> bool:
    """Return whether what a row says stands where headings do (在标题的位置), and not beside the table."""
    asked = [place for what in ("heading", "name", "standard") for place in columns.get(what, ())]
    return next(n for n, cell in enumerate(cells) if cell.strip()) <= max(asked, default=0)


def _is_item(cells: Sequence[str], said: Mapping[str, str], heading: str) -> bool:
    """Return whether a row is an item (考核项): it has a worth, or says what one costs; a note over all is none."""
    if not any(said.get(one) for one in ("name", "standard", "heading", "how")):
        return False
    worth, how = said.get("worth", ""), half(said.get("how", "") or said.get("standard", "") or said.get("name", ""))
    numbered = any(cell.strip().isdecimal() for cell in cells)
    if worth_of(worth) is None and one_thing(cells) and not numbered:  # 六、一票否决 is a heading
        return False
    return (worth_of(worth) is not None or bool(re.search(r"\d", half(worth))) or bool(COUNTS.search(how))
            or bool(VETO.search(worth + (heading + how if worth_of(worth) in (None, "0") else ""))))


def _continues(line: int, cells: Sequence[str], said: Mapping[str, str], columns: Mapping[str, Sequence[int]],
               again: Collection[tuple[int, int]], rows: Sequence[Told]) -> bool:
    """Return whether a row goes on with the item above (续行): it shares its merged worth, or names nothing anew."""
    if not rows:
        return False
    if any((line - 1, place) in again for place in columns.get("worth", ())):
        return True
    if "worth" not in columns and rows[-1].shared and not beside(said):
        place = columns["heading"][0]  # 党建工作（20分） over several rows below one head: they share its points
        if (line - 1, place) in again or not said.get("heading") and said.get("name"):
            return True
    asked = [said.get(one, "") for one in ("standard", "how", "lead", "evidence")]
    bare = {one for cell in cells if (one := cell.strip())} - set(asked)
    return (bool({"name", "heading"} & columns.keys()) and line == rows[-1].last + 1 and not bare
            and any(asked[:2]) and not NOTE.match(words_of(cells)))


def _join(item: Told, line: int, more: Mapping[str, str]) -> None:
    """Add what a further row says to the item whose worth it shares (合为一项)."""
    said, item.last = item.said, line
    heading = more.get("heading", "")
    words = (said.get("standard", ""), heading if heading != said.get("heading") else "", more.get("name", ""),
             more.get("standard", ""))
    said["standard"] = "；".join(dict.fromkeys(one for one in words if one and one != said.get("name")))
    for what in ("how", "lead", "evidence"):
        said[what] = "；".join(dict.fromkeys(one for one in (said.get(what, ""), more.get(what, "")) if one))


def _heads_again(cells: Sequence[str], there: Heads) -> Mapping[str, tuple[int, ...]] | None:
    """Return the columns of a further row of heads, the first ones where it says no more than they; None of others."""
    if not headlike(cells):
        return None
    said, columns = [cell.strip() for cell in cells], columns_of(cells)
    if _says_no_more(cells, there):  # all of them in another order head another table
        return columns if {*said} - {""} == there.words and columns.keys() == there.columns.keys() else there.columns
    exact = sum(plain_of(cells[places[0]]) in HEADS[what] for what, places in columns.items())
    counted = any(NUMBERS.fullmatch(plain_of(one)) for one in said if one)  # no item has 序号 for its number
    return columns if enough(cells, columns) and (exact > 1 and len(columns) > 2 or counted) else None


def _says_no_more(cells: Sequence[str], there: Heads) -> bool:
    """Return whether heads are the first ones again, or the lower row of them (又是开头的表头)."""
    said = [one for cell in cells if (one := cell.strip())]
    return len(said) > 1 and set(said) <= there.words


def _unread(cells: Sequence[str], columns: Mapping[str, Sequence[int]]) -> list[str]:
    taken = {place for places in columns.values() for place in places}
    return [cell.strip() for n, cell in enumerate(cells) if cell.strip() and n not in taken
            and not NUMBERS.fullmatch(plain_of(cell))]


def _headless(rows: Sequence[Sequence[str]], there: Heads) -> list[str]:
    """Return the columns that have content and no head (没有表头的列), as Excel calls them."""
    known = {place for places in there.columns.values() for place in places} | there.headed
    width = max((len(cells) for cells in rows), default=0)
    return [word("第%s列（没有表头）") % _letters(n) for n in range(width) if n not in known
            and any(n < len(cells) and cells[n].strip() not in ("", *cells[:n]) for cells in rows)]


def _letters(column: int) -> str:
    return chr(65 + column) if column < 26 else f"{chr(64 + column // 26)}{chr(65 + column % 26)}"


__all__ = ["HEADING", "NO_HEADS", "SEVERAL", "UNCLEAR", "Left", "Told", "Walked", "walk"]
