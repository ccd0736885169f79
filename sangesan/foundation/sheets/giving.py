"""Giving workbooks (给出工作簿): templates with lists, and the same workbook back with its faults."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from .columns import Choice, Day, Sheet
from .tables import Table

FAULTS = "错误原因"
LIST_ROWS = 5000
_FORMULA = tuple("=+-@＝＋－＠\t\r|")
_HEAD = {"bold": True, "bg_color": "#E2E7EE", "border": 1, "border_color": "#B7C0CC", "valign": "vcenter"}


def template(sheets: Sequence[Sheet], notes: Sequence[str] = ()) -> bytes:
    """Return an empty workbook to fill in (模板): lists to choose from, notes, an example row."""
    return _written(lambda book: _fill_template(book, sheets, notes))


def with_faults(tables: Iterable[Table]) -> bytes:
    """Return the workbook as it came, with the column 错误原因 (错误表); wrong rows are tinted."""
    return _written(lambda book: [_fill_faults(book, table) for table in tables])


def workbook(sheets: Mapping[str, Sequence[Sequence[Any]]], watermark: str = "") -> bytes:
    """Return plain rows as a workbook (导出), the first row of each sheet being its header.

    What would be a formula to another program is made plain text for it too. A watermark stands
    below the rows and on every printed page.
    """
    return _written(lambda book: [_fill_plain(book, name, rows, watermark) for name, rows in sheets.items()])


def harmless(cell: Any) -> Any:
    """Return a cell that begins no formula in any program (防公式), whatever its width.

    >>> harmless("=1+1"), harmless("＝cmd"), harmless("热水"), harmless(-450)
    ("'=1+1", "'＝cmd", '热水', -450)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip()[:1] in _FORMULA else cell


def _written(fill) -> bytes:
    out = io.BytesIO()
    # Strings stay strings: what looks like a formula or a link in a cell is never made one.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
               "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(out, options) as book:
        fill(book)
    return out.getvalue()


def _fill_template(book, sheets: Sequence[Sheet], notes: Sequence[str]) -> None:
    head = book.add_format(_HEAD)
    needed = book.add_format(_HEAD | {"font_color": "#A3161E"})
    example = {"italic": True, "font_color": "#5F6B7C"}
    words, days = book.add_format(example), book.add_format(example | {"num_format": "yyyy-mm-dd"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for place, column in enumerate(sheet.columns):
            page.set_column(place, place, column.width)
            page.write_string(0, place, column.name + ("*" if column.required else ""),
                              needed if column.required else head)
            if column.note:
                page.write_comment(0, place, str(column.note), {"x_scale": 1.6})
            _write(page, 1, place, column.example, days if isinstance(column, Day) else words)
            _add_check(page, place, column)
    page = book.add_worksheet(_("填表说明"))
    page.set_column(0, 0, 100)
    for line, note in enumerate(notes):
        page.write_string(line, 0, str(note))


def _add_check(page, place: int, column) -> None:
    if isinstance(column, Choice):
        page.data_validation(1, place, LIST_ROWS, place, {
            "validate": "list", "source": [str(choice) for choice in column.choices],
            "error_title": _("请从列表中选择"),
            "error_message": _("“%(name)s”只能选列表中的一项。") % {"name": column.name}})
    elif isinstance(column, Day):
        page.data_validation(1, place, LIST_ROWS, place, {
            "validate": "date", "criteria": "between", "minimum": date(1900, 1, 1), "maximum": date(2199, 12, 31),
            "error_type": "warning", "error_title": _("请填日期"), "error_message": _("写成 2026-01-31 的样子。")})


def _fill_faults(book, table: Table) -> None:
    page = book.add_worksheet(table.sheet.name)
    page.freeze_panes(1, 0)
    head, red = book.add_format(_HEAD), book.add_format({"bg_color": "#FCE8E8", "font_color": "#8F0F18"})
    width = max([len(table.header), *(len(row.cells) for row in table.rows)])
    places = [n for n in range(width) if n >= len(table.header) or table.header[n] != FAULTS]
    last = len(places)
    page.set_column(0, max(last - 1, 0), 14)
    page.set_column(last, last, 60)
    for place, source in enumerate(places):
        page.write_string(0, place, table.header[source] if source < len(table.header) else "", head)
    page.write_string(0, last, FAULTS, head)
    for line, row in enumerate(table.rows, 1):
        for place, source in enumerate(places):
            _write(page, line, place, row.cells[source] if source < len(row.cells) else None)
        if row.faults:
            page.write_string(line, last, "；".join(map(str, row.faults)), red)


def _fill_plain(book, name: str, rows: Sequence[Sequence[Any]], watermark: str) -> None:
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    head = book.add_format(_HEAD)
    for line, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            _write(page, line, place, harmless(cell), head if line == 0 else None)
    for place in range(len(rows[0]) if watermark and rows else 0):
        longest = max(len(str(cells[place])) for cells in rows[:200] if place < len(cells))
        page.set_column(place, place, min(max(longest * 1.7, 10), 60))
    if watermark:
        page.set_footer(f"&C{watermark.replace('&', '&&')[:240]}")
        page.write_string(len(rows) + 1, 0, watermark, book.add_format({"font_color": "#5F6B7C", "italic": True}))


def _write(page, line: int, place: int, cell: Any, style=None) -> None:
    if cell is None or cell == "":
        page.write_blank(line, place, None, style)
    elif isinstance(cell, bool):
        page.write_boolean(line, place, cell, style)
    elif isinstance(cell, int | float | Decimal):
        page.write_number(line, place, cell, style)
    elif isinstance(cell, date):
        page.write_datetime(line, place, cell, style)
    else:
        page.write_string(line, place, str(cell)[:32_000], style)
