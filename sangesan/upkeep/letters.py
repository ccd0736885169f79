"""Letters for triage help (来信文件): rows of a CSV as the model reads them, wrong ones with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sangesan.foundation.sheets.stream import CsvStream
from sangesan.foundation.sheets.text import UnreadableFile
from sangesan.method.triage import Said

COLUMNS = ("title", "text", "tokens", "category", "group")
ALIASES = {"标题": "title", "正文": "text", "内容": "text", "分词": "tokens", "类别": "category"}
LONGEST_CATEGORY = 80


@dataclass(frozen=True)
class Row:
    """A row of letters (一行来信): what was said and its category, or what is wrong with it."""

    line: int
    cells: list[str]
    said: Said
    category: str = ""
    group: str = ""
    fault: str = ""
    beyond: tuple[str, ...] = ()
    """Cells without a column (多出的格), of a row that is wrong for it."""


def columns_of(header: Sequence[str], *, labelled: bool) -> dict[str, int]:
    """Return where each known column stands (列的位置). Raises UnreadableFile when one is missing or doubled."""
    names = [ALIASES.get(name, name.lower()) for name in header]
    wanted = COLUMNS if labelled else COLUMNS[:3]
    twice = [name for name in wanted if names.count(name) > 1]
    if twice:
        raise UnreadableFile("不能读取这个来信文件", why=f"列 {'、'.join(twice)} 出现两次", next="请删去一列")
    places = {name: names.index(name) for name in wanted if name in names}
    if "text" not in places and "tokens" not in places:
        raise UnreadableFile("不能读取这个来信文件", why="没有 text 列，也没有 tokens 列",
                             next="列名须为 title、text 或 tokens" + ("，再加 category" if labelled else ""))
    if labelled and "category" not in places:
        raise UnreadableFile("不能读取这个来信文件", why="没有 category 列", next="请加上每封来信的类别")
    return places


def read(stream: CsvStream, *, labelled: bool) -> Iterator[Row]:
    """Yield the rows of a file (逐行读来信); each has as many cells as the header."""
    places, width = columns_of(stream.header, labelled=labelled), len(stream.header)
    for line, cells in stream.rows():
        yield _row(line, cells, places, width, labelled)


def _row(line: int, cells: list[str], places: dict[str, int], width: int, labelled: bool) -> Row:
    said = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
    cut = bool(said.get("tokens"))
    letter = Said(said["tokens"], cut=True) if cut else Said(said.get("text", ""), said.get("title", ""))
    category, fault = said.get("category", ""), ""
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        fault = f"这一行有 {len(cells)} 格，列名只有 {width} 个"
    elif not letter.text and not letter.title:
        fault = "没有正文"
    elif labelled and not category:
        fault = "没有类别"
    elif len(category) > LONGEST_CATEGORY:
        fault = f"类别有 {len(category)} 个字，最多 {LONGEST_CATEGORY} 个字"
    return Row(line, (cells + [""] * width)[:width], letter, category, said.get("group", ""), fault,
               tuple(cells[width:]))
