"""What a Word file hides (隐藏文字): an eye does not see it, so it is not written anew, and nobody reads it by that."""

from __future__ import annotations

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHAPES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_OFF = ("0", "false", "off")
DEEPEST = 12
"""So many styles stand one on another at most (样式层数): a ring of them has no end."""


class Hiding:
    """Knows what stands hidden (隐藏): said of the words themselves, or by a style of theirs or of their paragraph."""

    def __init__(self, styles: etree._Element | None) -> None:
        self._own: dict[str, bool | None] = {}
        self._above: dict[str, str] = {}
        self._plain = ""
        for style in styles.iter(W + "style") if styles is not None else ():
            key = style.get(W + "styleId", "")
            self._own[key], self._above[key] = _said(style.find(W + "rPr")), _value(style, "basedOn")
            if style.get(W + "type") == "paragraph" and style.get(W + "default", "0") not in _OFF:
                self._plain = key

    def holds(self, one: etree._Element) -> bool:
        """Return whether a run of words or a picture is hidden (是否隐藏)."""
        if one.tag == W + "drawing":
            return any(shape.get("hidden", "0") not in _OFF for shape in one.iter(_SHAPES + "docPr"))
        if one.tag != W + "r":
            return False
        said = _said(one.find(W + "rPr"))
        if said is not None:
            return said
        around = next(one.iterancestors(W + "p"), None)
        of_words = _value(one.find(W + "rPr"), "rStyle")
        of_all = _value(around.find(W + "pPr") if around is not None else None, "pStyle") or self._plain
        return self._style(of_words) != self._style(of_all)  # a style that hides within one that hides shows again

    def row(self, row: etree._Element) -> bool:
        """Return whether a row of a table is hidden (隐藏行)."""
        return _on(row.find(f"{W}trPr/{W}hidden")) is True

    def _style(self, key: str) -> bool:
        for _step in range(DEEPEST):
            if not key:
                break
            if (said := self._own.get(key)) is not None:
                return said
            key = self._above.get(key, "")
        return False


def _said(properties: etree._Element | None) -> bool | None:
    """Return what properties say of hiding (是否写明), None when nothing."""
    return None if properties is None else _on(properties.find(W + "vanish"))


def _on(mark: etree._Element | None) -> bool | None:
    return None if mark is None else mark.get(W + "val", "1") not in _OFF


def _value(around: etree._Element | None, name: str) -> str:
    found = None if around is None else around.find(W + name)
    return "" if found is None else found.get(W + "val", "")
