"""A handbook as Word (可改稿): what its print holds, in headings, lines and tables that anybody can edit."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation.pictures import Picture

WIDE, HIGH = 162, 235
"""Millimetres of a page for a signed page (签字页版心)."""


def document(data: Mapping[str, Any], pictures: Sequence[Picture] = ()) -> bytes:
    """Return a book as a Word file (Word 文件), signed pages bound in; `data` as for its print."""
    made = _blank(data)
    _cover(made, data)
    for part in data["parts"]:
        made.add_heading(part["word"], 1)
        _tabled(made, _said_of(part, data), (22, 140))
        if part["rows"]:
            made.add_paragraph()
            _tabled(made, [(_("日期"), _("台账条目"), _("内容")), *part["rows"]], (25, 63, 74), head=True)
        else:
            made.add_paragraph(_("本期没有条目。"))
        for gap in part["gaps"]:
            made.add_paragraph(_("缺项：%s") % gap)
        _bound(made, part["pictures"], pictures)
    _signed(made, data)
    _bound(made, data["pictures"], pictures)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _blank(data: Mapping[str, Any]) -> Any:
    """Return an empty A4 file with an office's typefaces, a head and numbered pages (空白页)."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, RGBColor

    from sangesan.foundation.print.word import HEI, SONG, chinese, face, reckoned

    made = Document()
    chinese(made)
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = Mm(24)
    page.bottom_margin, page.different_first_page_header_footer = Mm(22), True
    face(made.styles["Normal"], SONG, 11)
    face(made.styles["Heading 1"], HEI, 17)
    made.styles["Heading 1"].font.color.rgb, made.styles["Heading 1"].font.bold = RGBColor(0, 0, 0), False
    made.styles["Heading 1"].paragraph_format.page_break_before = True
    page.header.paragraphs[0].text = _head(data)
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words, field in ((_("第 "), "PAGE"), (_(" 页 共 "), "NUMPAGES"), (_(" 页"), "")):
        foot.add_run(words)
        if field:
            reckoned(foot.add_run(), field)
    page.footer.add_paragraph(data["trace"]).alignment = WD_ALIGN_PARAGRAPH.CENTER
    made.core_properties.author = made.core_properties.comments = ""
    made.core_properties.title = _head(data)
    return made


def _head(data: Mapping[str, Any]) -> str:
    return f"{data['title']} · {data['unit']} · {data['year']}"


def _cover(made: Any, data: Mapping[str, Any]) -> None:
    """Add cover and contents (封面、目录)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    from sangesan.foundation.print.word import HEI, SONG, contents, face

    covers = [_("覆盖：%s") % data["covers"]] if data["covers"] else []
    for words, name, size, before in (
            (data["title"], HEI, 36, 48), (data["unit"], SONG, 20, 12), (data["year"], SONG, 16, 3),
            *((said, SONG, 11, 3 if n else 80) for n, said in enumerate(
                [*covers, data["note"], _("生成日期 %s") % data["made"]]))):
        line = made.add_paragraph()
        line.alignment, line.paragraph_format.space_before = WD_ALIGN_PARAGRAPH.CENTER, Mm(before)
        face(line.add_run(words), name, size)
    title = made.add_paragraph()
    title.paragraph_format.page_break_before = True
    face(title.add_run(_("目录")), HEI, 17)
    contents(made.add_paragraph(), [*(part["word"] for part in data["parts"]), _("台账封存与签字")])


def _said_of(part: Mapping[str, Any], data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what opens a section (篇首): its rule, how to do it, whose duty, by what it is measured."""
    labels = data.get("labels") or (_("规定"), _("频次"), _("怎样办"), _("谁来办"))
    said = list(zip(labels, (part["rule"], part["frequency"], part["how"], part["owner"]), strict=True))
    return said + ([(_("考核指标"), part["measured"])] if part.get("measured") else [])


def _signed(made: Any, data: Mapping[str, Any]) -> None:
    """Add the seals of the ledger and the lines to sign on (台账封存与签字)."""
    made.add_heading(_("台账封存与签字"), 1)
    sealed = _("本册所据台账已封存，总根如下，可与公开栏核对：") if data["roots"] else _("本年度台账尚未封存。")
    made.add_paragraph(sealed)
    for root in data["roots"]:
        made.add_paragraph(root)
    for words in data["signs"]:
        made.add_paragraph(f"{words}：{'＿' * 12}")


def _bound(made: Any, numbers: Sequence[int], pictures: Sequence[Picture]) -> None:
    """Add signed pages (签字页), each on a page of its own."""
    from docx.shared import Mm

    for picture in (pictures[number] for number in numbers if number < len(pictures)):
        made.add_page_break()
        made.add_paragraph(_("签字页（扫描件）"))
        tall = picture.height * WIDE > picture.width * HIGH
        made.add_picture(io.BytesIO(picture.content), **({"height": Mm(HIGH)} if tall else {"width": Mm(WIDE)}))


def _tabled(made: Any, rows: Sequence[Sequence[str]], wide: Sequence[int], *, head: bool = False) -> None:
    """Add a table (表格), all its rows at once: one by one, each looks through those before it."""
    from docx.shared import Mm

    from sangesan.foundation.print.word import repeated

    table, widths = made.add_table(rows=len(rows), cols=len(wide), style="Table Grid"), [Mm(one) for one in wide]
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for there, row in zip(table.rows, rows, strict=True):
        for cell, text, width in zip(there.cells, row, widths, strict=True):
            cell.text, cell.width = _clean(text), width
    if head:
        repeated(table.rows[0])


def _clean(text: str) -> str:
    return "".join(c for c in text if c in "\n\t" or c >= " ")
