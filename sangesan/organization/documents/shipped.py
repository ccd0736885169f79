"""The shipped Word template (默认 Word 模板), made here with python-docx after GB/T 9704: no file of unknown origin."""

from __future__ import annotations

import io
from functools import cache

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from sangesan.foundation.print.word import SONG, face, reckoned

BODY, TITLE = "仿宋_GB2312", "方正小标宋简体"
FACES = {"h1": "黑体", "h2": "楷体_GB2312"}
"""The face of each level of heading (层次标题用字)."""
RED = RGBColor(0xD0, 0x12, 0x1B)
PITCH = 28.95
"""Points from line to line (行距): 22 lines in 225 mm; a twentieth more, and the last would not fit."""


@cache
def template() -> bytes:
    """Return the shipped template (默认模板): A4, 37/28/35/26 mm, 22 lines of 28 characters, 仿宋 3号."""
    made = Document()
    page = made.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    page.footer_distance = Mm(26)
    face(made.styles["Normal"], BODY, 16)
    _line(made, "{{ 发文机关 }}", TITLE, 36, WD_ALIGN_PARAGRAPH.CENTER, red=True, exact=48)
    _rule(_line(made, "{{ 文号 }}", BODY, 16, WD_ALIGN_PARAGRAPH.CENTER))
    _line(made, "", BODY, 16)
    _line(made, "{{ 标题 }}", TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER, exact=34)
    _line(made, "", BODY, 16)
    _line(made, "{%p if 主送 %}", BODY, 16)
    _line(made, "{{ 主送 }}：", BODY, 16)
    _line(made, "{%p endif %}", BODY, 16)
    _line(made, "{{ 正文 }}", BODY, 16, indent=True)
    _line(made, "{%p if 附件 %}", BODY, 16)
    _line(made, "附件：", BODY, 16, indent=True)
    _line(made, "{%p for 项 in 附件 %}", BODY, 16)
    _line(made, "{{ 项 }}", BODY, 16, indent=True)
    _line(made, "{%p endfor %}", BODY, 16)
    _line(made, "{%p endif %}", BODY, 16)
    _line(made, "", BODY, 16).paragraph_format.keep_with_next = True
    for words in ("{{ 署名 }}", "{{ 日期 }}"):
        form = _line(made, words, BODY, 16, WD_ALIGN_PARAGRAPH.RIGHT).paragraph_format
        form.right_indent, form.keep_with_next = Pt(64), True  # a note stands on no page alone
    _line(made, "{%p if 附注 %}", BODY, 16)
    _line(made, "（{{ 附注 }}）", BODY, 16, indent=True)
    _line(made, "{%p endif %}", BODY, 16)
    _line(made, "{%p if 抄送 %}", BODY, 14)
    _record(made)
    _line(made, "{%p endif %}", BODY, 14)
    _numbered(made)
    made.core_properties.author = made.core_properties.comments = ""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _line(made, words: str, font: str, size: float, align=WD_ALIGN_PARAGRAPH.JUSTIFY, *, red: bool = False,
          indent: bool = False, exact: float = PITCH):
    paragraph = made.add_paragraph()
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(exact)
    paragraph.alignment = align
    if indent:
        form.first_line_indent = Pt(32)
    run = paragraph.add_run(words)
    face(run, font, size)
    if red:
        run.font.color.rgb = RED
    return paragraph


def _numbered(made) -> None:
    """Number the pages (页码): 4号 with a dash on both sides, odd ones right, even ones left, one character in."""
    made.settings.odd_and_even_pages_header_footer = True
    page = made.sections[0]
    for footer, align in ((page.footer, WD_ALIGN_PARAGRAPH.RIGHT), (page.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = align
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        for words in ("— ", "PAGE", " —"):
            run = paragraph.add_run("" if words == "PAGE" else words)
            face(run, SONG, 14)
            if words == "PAGE":
                reckoned(run, "PAGE")


def headed(made, headings: dict[str, str]) -> None:
    """Set headings within the words (层次标题) in their own face: `headings` is text and face."""
    for paragraph in made.paragraphs:
        if name := headings.get(paragraph.text.strip()):
            for run in paragraph.runs:
                face(run, name)


def _rule(paragraph) -> None:
    """Draw the red rule under the number (红色分隔线)."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "4"), ("color", "D0121B")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().append(borders)


def _record(made) -> None:
    """Draw 版记: 抄送 between two rules."""
    table = made.add_table(rows=1, cols=1)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    cell = table.rows[0].cells[0]
    cell.text = ""
    run = cell.paragraphs[0].add_run("抄送：{{ 抄送 }}。")
    face(run, BODY, 14)
    borders = OxmlElement("w:tcBorders")
    for side in ("top", "bottom"):
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("color", "000000")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    cell._tc.get_or_add_tcPr().append(borders)
