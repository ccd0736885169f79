"""Reading workbooks (读取工作簿): capped in size, without merged cells, typed by their sheets."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import python_calamine as calamine
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .columns import Sheet, plain
from .tables import Table, parse
from .text import UNREADABLE, UnreadableFile

MAX_BYTES = 20 * 1024 * 1024
_OLD = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a file of old Office begins, and also one that has a password (旧格式文件头)."""
MAX_UNPACKED = 300 * 1024 * 1024
MAX_COLUMNS, MOST_ROWS = 200, 2_000
SHEETS = 20
"""So many sheets of a workbook of unknown form are read (读取表数)."""
TITLES = 20
"""In so many rows from above the heads of the columns are looked for (表头范围)."""


def read_workbook(source: bytes | str | Path, sheets: Sequence[Sheet]) -> dict[str, Table]:
    """Read the sheets we know from an .xlsx (读取), by sheet name; others are passed over.

    Raises UnreadableFile for what is no workbook, is too large, or has merged cells.
    """
    data = source if isinstance(source, bytes) else _load(Path(source))
    _check_size(data)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        present = {name.strip(): name for name in book.sheet_names}
        tables = {}
        for sheet in sheets:
            if sheet.name in present:
                tables[sheet.name] = _read_sheet(book.get_sheet_by_name(present[sheet.name]), sheet)
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise UnreadableFile(UNREADABLE, why=_("它不是完好的 .xlsx 工作簿"), next=_RESAVE) from error
    if not tables:
        names = "、".join(sheet.name for sheet in sheets)
        raise UnreadableFile(UNREADABLE,
                             why=_("里面没有名为 %(names)s 的工作表") % {"names": names},
                             next=_("请下载模板，按模板填写"))
    return tables


@dataclass(frozen=True)
class AsItIs:
    """A sheet of unknown form (原样的表): its rows, merged cells filled, and the places that only repeat one above.

    `unread` is why a sheet was not read at all.
    """

    rows: list[list[Any]]
    again: frozenset[tuple[int, int]] = frozenset()
    unread: str = ""


def as_it_is(data: bytes) -> dict[str, AsItIs]:
    """Read a workbook of unknown form (原样读取), by sheet name."""
    _check_size(data)
    found = {}
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names[SHEETS:]:
            found[name] = AsItIs([], unread=_("工作簿里的表超过 %d 张，这一张没有读") % SHEETS)
        hidden = {one.name for one in book.sheets_metadata if one.visible != calamine.SheetVisibleEnum.Visible}
        for name in book.sheet_names[:SHEETS]:
            if name in hidden:  # last year's rules, lists to choose from: whoever sends the file doesn't see them
                found[name] = AsItIs([], unread=_("隐藏的表，没有读；要用的先取消隐藏"))
                continue
            raw = book.get_sheet_by_name(name)
            if raw.total_height > MOST_ROWS or raw.total_width > MAX_COLUMNS:
                found[name] = AsItIs([], unread=_("超过 %(rows)d 行或 %(columns)d 列，没有读") % {
                    "rows": MOST_ROWS, "columns": MAX_COLUMNS})
                continue
            rows = [list(row) for row in raw.to_python(skip_empty_area=False)]
            again: set[tuple[int, int]] = set()
            for (top, left), (bottom, right) in raw.merged_cell_ranges or ():
                # What is merged may reach far beyond what is filled: a blank column, or all rows of a sheet.
                lines, columns = range(len(rows))[top:bottom + 1], range(len(rows[0]) if rows else 0)[left:right + 1]
                for line in lines:
                    rows[line][left:right + 1] = rows[top][left:left + 1] * len(columns)
                again |= {(line, column) for line in lines[1:] for column in columns}
            found[name] = AsItIs(rows, frozenset(again))
    except (calamine.CalamineError, ValueError, OSError) as error:
        raise UnreadableFile(UNREADABLE, why=_("它不是完好的 .xlsx 工作簿"), next=_RESAVE) from error
    return found


def reckons(data: bytes) -> bool:
    """Return whether a workbook holds a formula (有无公式): the next program may make something else of it."""
    _check_size(data)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = [name for name in packed.namelist() if _CELLS.fullmatch(name)]
        return any(_FORMULA.search(packed.read(name)) for name in parts)


_CELLS = re.compile(r"xl/worksheets/[^/]+\.xml|content\.xml")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]|table:formula=")
_RESAVE = lazy("请用 Excel 或 WPS 另存为 .xlsx（不加密码）后再试")


def _load(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise _too_large()
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(UNREADABLE,
                             why=_("打不开 %(path)s") % {"path": path},
                             next=_("请核对文件名和权限")) from error


def _check_size(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise _too_large()
    if data.startswith(_OLD):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableFile(UNREADABLE, why=_("它加了密码") if locked else _("它是旧的 .xls 格式，改了名字也不能读"),
                             next=_RESAVE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise UnreadableFile(UNREADABLE, why=_("它不是 .xlsx 工作簿"), next=_RESAVE) from error
    if unpacked > MAX_UNPACKED:
        raise _too_large()


def _too_large() -> UnreadableFile:
    return UnreadableFile(UNREADABLE,
                          why=_("文件太大（上限 %(20)s MB）") % {"20": MAX_BYTES >> 20},
                          next=_("请分成几个文件"))


def _read_sheet(raw: calamine.CalamineSheet, sheet: Sheet) -> Table:
    if raw.total_height > sheet.most + 1000 or raw.total_width > MAX_COLUMNS:
        raise UnreadableFile(UNREADABLE,
                             why=_("工作表“%(name)s”超过 %(most)s 行或 %(columns)s 列")
                             % {"name": sheet.name, "most": sheet.most, "columns": MAX_COLUMNS},
                             next=_("请删去多余的行列，或者分成几个文件"))
    rows = raw.to_python(skip_empty_area=False)
    top = _heads(rows, sheet)
    merged = [corners for corners in raw.merged_cell_ranges or () if corners[1][0] >= (top or 0)]
    if merged:
        raise UnreadableFile(UNREADABLE,
                             why=_("工作表“%(name)s”有合并单元格：%(places)s") % {
                                 "name": sheet.name, "places": "、".join(_place(*one) for one in merged[:5])},
                             next=_("请取消合并，每个格子各填各的"))
    if top is None:
        return parse(sheet, [column.name for column in sheet.columns], [])
    return parse(sheet, rows[top], rows[top + 1 :], first_line=top + 2)


def _heads(rows: Sequence[Sequence[Any]], sheet: Sheet) -> int | None:
    """Return where the heads of the columns stand (表头行): below a title, if there is one; None in an empty sheet."""
    needed = {column.name for column in sheet.columns if column.required} or {sheet.columns[0].name}
    named = (n for n, cells in enumerate(rows[:TITLES]) if needed <= {plain(cell).rstrip("*＊") for cell in cells})
    filled = (n for n, cells in enumerate(rows) if any(plain(cell) for cell in cells))
    return next(named, next(filled, None))


def _place(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return a range as Excel writes it (单元格位置).

    >>> _place((1, 0), (2, 27))
    'A2:AB3'
    """
    return ":".join(f"{_letters(column)}{row + 1}" for row, column in (start, end))


def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
