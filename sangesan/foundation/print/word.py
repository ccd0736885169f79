"""Word (可改稿) in an office's typefaces: Chinese faces named as Word asks, fields that Word reckons itself."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

SONG = "宋体"
HEI = "黑体"


def face(of: Any, name: str, size: float | None = None) -> None:
    """Set a style or a run in a typeface (字体字号): Word asks for that of Chinese apart, and of a theme first."""
    of.font.name = name
    if size is not None:
        of.font.size = Pt(size)
    fonts = of.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def chinese(made: Any) -> None:
    """Let Word read the text as Chinese (文字语言), or it underlines all of it as misspelt."""
    for lang in made.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")


def reckoned(run: Any, code: str, shown: str = "") -> None:
    """Let a run hold a field (域), such as PAGE; `shown` stands there until Word reckons it."""
    for part in (_mark("begin"), _code(code), _mark("separate")):
        run._element.append(part)
    run.add_text(shown)
    run._element.append(_mark("end"))


def contents(paragraph: Any, titles: list[str]) -> None:
    """Let a paragraph hold the table of contents (目录): Word adds the page numbers when it opens the file."""
    run = paragraph.add_run()
    begin = _mark("begin")
    begin.set(qn("w:dirty"), "true")
    for part in (begin, _code(r"TOC \o 1-1 \h \z"), _mark("separate")):
        run._element.append(part)
    for number, title in enumerate(titles):
        if number:
            run.add_break()
        run.add_text(title)
    run._element.append(_mark("end"))


def repeated(row: Any) -> None:
    """Let a row of a table stand again on each page (表头重复)."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _mark(kind: str) -> Any:
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def _code(code: str) -> Any:
    part = OxmlElement("w:instrText")
    part.set(qn("xml:space"), "preserve")
    part.text = f" {code} "
    return part
