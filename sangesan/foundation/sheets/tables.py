"""Tables (表): rows of a sheet, typed, each with what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from .columns import CellError, Sheet, plain
from .text import UNREADABLE, UnreadableFile


@dataclass
class Row:
    """A row (行): its line in the sheet, typed values by column name, and its faults."""

    line: int
    cells: list[Any]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    unreadable: int = 0

    def judged_again(self) -> None:
        """Forget all faults but those of the cells themselves (重新检查)."""
        del self.faults[self.unreadable :]

    def __getitem__(self, name: str) -> Any:
        return self.values.get(name)


@dataclass
class Table:
    """A sheet that was read (已读的表)."""

    sheet: Sheet
    header: list[str]
    rows: list[Row]

    @property
    def wrong(self) -> list[Row]:
        return [row for row in self.rows if row.faults]


def parse(sheet: Sheet, header: Sequence[Any], rows: Iterable[Sequence[Any]], first_line: int = 2) -> Table:
    """Read raw rows by the columns of a sheet (解析); unknown columns stay in `cells` only.

    Blank rows are passed over. Raises UnreadableFile when a required column is missing or doubled.
    """
    names = [plain(cell).rstrip("*＊") for cell in header]
    places = {}
    for column in sheet.columns:
        said = {"sheet": sheet.name, "column": column.name}
        if names.count(column.name) > 1:
            raise UnreadableFile(UNREADABLE, why=_("工作表“%(sheet)s”有两列“%(column)s”") % said,
                                 next=_("请删去多余的一列"))
        if column.name in names:
            places[column.name] = names.index(column.name)
        elif column.required:
            raise UnreadableFile(UNREADABLE, why=_("工作表“%(sheet)s”缺“%(column)s”列") % said,
                                 next=_("请下载模板，按模板的列名填写"))
    known = [(column, places[column.name]) for column in sheet.columns if column.name in places]
    found: list[Row] = []
    for line, raw in enumerate(rows, first_line):
        cells = list(raw)
        if not any(plain(cell) for cell in cells) or [plain(cell) for cell in cells[: len(names)]] == sheet.example:
            continue
        if len(found) >= sheet.most:
            raise UnreadableFile(UNREADABLE,
                                 why=_("工作表“%(name)s”超过 %(most)s 行") % {"name": sheet.name, "most": sheet.most},
                                 next=_("请分成几个文件"))
        row = Row(line, cells)
        for column, place in known:
            try:
                row.values[column.name] = column.value(cells[place] if place < len(cells) else None)
            except CellError as fault:
                row.faults.append(str(fault))
        row.unreadable = len(row.faults)
        found.append(row)
    return Table(sheet, names, found)
