"""A handbook as Word (可改稿): its words in headings, lines and tables that anybody can edit."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _


def document(data: Mapping[str, Any]) -> bytes:
    """Return the words of a book as a Word file (Word 文件)."""
    from docx import Document

    made = Document()
    made.add_heading(f"{data['title']}　{data['unit']}　{data['year']}", 0)
    made.add_paragraph(data["note"])
    for part in data["parts"]:
        made.add_heading(part["word"], 1)
        for name, said in ((_("规定"), part["rule"]), (_("频次"), part["frequency"]), (_("怎样办"), part["how"]),
                           (_("谁来办"), part["owner"]), *((_("考核指标"), one) for one in said_of(part))):
            made.add_paragraph(f"{name}：{said}")
        if part["rows"]:
            _tabled(made, part["rows"])
        for gap in part["gaps"]:
            made.add_paragraph(gap, style="List Bullet")
    made.sections[0].footer.paragraphs[0].text = data["trace"]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def said_of(part: Mapping[str, Any]) -> list[str]:
    """Return what a section is measured by (本篇指标), line by line."""
    return [one for one in part.get("measured", "").split("\n") if one]


def _tabled(made: Any, rows: Sequence[Sequence[str]]) -> None:
    """Add entries as a table (条目表), all its rows at once: one by one, each looks through those before it."""
    table = made.add_table(rows=len(rows), cols=3, style="Table Grid")
    for there, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(there.cells, row, strict=True):
            cell.text = _clean(text)


def _clean(text: str) -> str:
    return "".join(c for c in text if c in "\n\t" or c >= " ")
