"""Spreadsheets with names in braces (表格占位): read and filled in as they are, styles and formulas untouched.

Only cells of text and the heads and feet of printed pages are looked at. A cell that holds one name
and nothing else becomes a number when the value is one, so that sums of the sheet add it up; sums are
reckoned anew when it is opened.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

MAIN = "xl/workbook.xml"
_STRINGS = "xl/sharedStrings.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_NAME = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_BRACE = re.compile(r"[{｛]{2}|[}｝]{2}|\{%|%\}|\{#")
_SIZE = re.compile(r"(?<!&)(?:&&)*&\d+$")
_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_KEPT = "{http://www.w3.org/XML/1998/namespace}space"


class Unreadable(ValueError):
    """A part that can't be read, or braces that are no name (读不懂), with what stands there."""


def names(parts: Mapping[str, bytes]) -> list[str]:
    """Return the names in braces (所写字段), in the order of the strings. Raises Unreadable."""
    found: dict[str, None] = {}
    for part, body in parts.items():
        if part == _STRINGS or _SHEET.fullmatch(part):
            tree = _tree(body)
            for said in [*map(_said, _texts(tree)), *(one.text or "" for one in _margins(tree))]:
                found |= dict.fromkeys(_NAME.findall(said))
                rest = _NAME.sub("", said)
                if left := _BRACE.search(rest):
                    raise Unreadable(rest[max(0, left.start() - 10):left.end() + 20].strip())
    return list(found)


def filled(content: bytes, values: Mapping[str, str | int | float], spare: str) -> bytes:
    """Return a workbook with its names filled in (填表); a name without a value becomes `spare`."""
    source, out = ZipFile(io.BytesIO(content)), io.BytesIO()
    strings = _tree(source.read(_STRINGS)) if _STRINGS in source.namelist() else None
    alone = _alone(strings, values) if strings is not None else {}
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for entry in source.infolist():
            body = source.read(entry)
            if entry.filename == _STRINGS:
                body = _bytes(_replaced(strings, values, spare))
            elif _SHEET.fullmatch(entry.filename):
                body = _bytes(_replaced(_numbers(_tree(body), alone, values), values, spare))
            elif entry.filename == MAIN:
                body = _bytes(_anew(_tree(body)))
            made.writestr(entry.filename, body)
    return out.getvalue()


def _tree(body: bytes) -> etree._Element:
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as fault:
        raise Unreadable(str(fault)[:60]) from fault


def _bytes(tree: etree._Element) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _texts(tree: etree._Element) -> list[etree._Element]:
    """Return the texts of cells (文字): shared ones and those that stand in a cell; never a formula."""
    return [*tree.iter(f"{_X}si"), *tree.iter(f"{_X}is")]


def _said(item: etree._Element) -> str:
    """Return a text whole (整段文字), in however many runs it came; readings of characters are no part of it."""
    return "".join(one.text or "" for one in _runs(item))


def _runs(item: etree._Element) -> list[etree._Element]:
    return [one for one in item.iter(f"{_X}t") if one.getparent().tag != f"{_X}rPh"]


def _replaced(tree: etree._Element, values: Mapping[str, str | int | float], spare: str) -> etree._Element:
    for item in _texts(tree):
        said = _said(item)
        if _NAME.search(said):
            first, *rest = _runs(item)
            first.text = _NAME.sub(lambda found: str(values.get(found[1], spare)), said)
            first.set(_KEPT, "preserve")
            for one in rest:
                one.text = ""
    for one in _margins(tree):
        one.text = _NAME.sub(lambda found: _coded(str(values.get(found[1], spare)), found), one.text or "")
    return tree


def _coded(said: str, place: re.Match[str]) -> str:
    """Return words for the head of a page (页眉文字): & begins a code there, and figures behind a size are the size."""
    apart = " " if said[:1].isdigit() and _SIZE.search(place.string, 0, place.start()) else ""
    return apart + said.replace("&", "&&")


def _margins(tree: etree._Element) -> list[etree._Element]:
    """Return the heads and feet of the printed pages of a sheet (页眉页脚)."""
    return [one for block in tree.iter(f"{_X}headerFooter") for one in block]


def _alone(strings: etree._Element, values: Mapping[str, str | int | float]) -> dict[str, str]:
    """Return the shared texts that are one number and nothing else (整格数字), by their place."""
    return {str(place): number for place, item in enumerate(strings.iter(f"{_X}si"))
            if (number := _number(item, values))}


def _number(item: etree._Element, values: Mapping[str, str | int | float]) -> str:
    """Return the number a text stands for (整格数字), '' when it says more than one name, or none."""
    name = _NAME.fullmatch(_said(item).strip())
    value = values.get(name[1]) if name else None
    return repr(value) if isinstance(value, int | float) else ""


def _numbers(sheet: etree._Element, alone: Mapping[str, str],
             values: Mapping[str, str | int | float]) -> etree._Element:
    """Make numbers of the cells that hold one (数字格), wherever a program keeps the text of a cell."""
    for cell in sheet.iter(f"{_X}c"):
        shared, inside = cell.find(f"{_X}v"), cell.find(f"{_X}is")
        if cell.get("t") == "s" and shared is not None and shared.text in alone:
            del cell.attrib["t"]
            shared.text = alone[shared.text]
        elif inside is not None and (number := _number(inside, values)):
            del cell.attrib["t"]
            cell.remove(inside)
            etree.SubElement(cell, f"{_X}v").text = number
    return sheet


def _anew(book: etree._Element) -> etree._Element:
    """Ask for sums to be reckoned when it is opened (打开时重算)."""
    reckoning = book.find(f"{_X}calcPr")
    if reckoning is None:
        reckoning = etree.Element(f"{_X}calcPr")
        after = [book.find(f"{_X}{name}") for name in ("definedNames", "externalReferences", "sheets")]
        if (last := next((one for one in after if one is not None), None)) is None:
            raise Unreadable("xl/workbook.xml")
        last.addnext(reckoning)
    reckoning.set("fullCalcOnLoad", "1")
    return book
