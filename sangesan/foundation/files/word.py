"""Word (docx) rebuilt from its words (重建 Word): paragraphs, tables and pictures, written anew.

Comments, tracked changes, headers, fields, links, objects, what is hidden and every part besides the
text are left behind, and with them authors and dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext as _
from lxml import etree

from .hiding import Hiding, W
from .pdf import WORDS
from .refusing import Refused

XML = 12 * 2**20
PARTS, PICTURES = 400, 30
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SKIPPED = {W + name for name in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "tblPr", "tcPr", "trPr",
                                 "sectPr", "object")} | {FALLBACK}
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MACROS = ("vbaproject", "macrosheets", "activex/", "embeddings/", ".bin", ".exe", ".dll")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = (f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
          '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
          f'<Default Extension="jpg" ContentType="image/jpeg"/>'
          f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>')
_RELS = f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
_REL = ('<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" '
        'Target="%s"/>')
_BODY = (f'{_HEAD}<w:document xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}" xmlns:a="{A[1:-1]}" '
         'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
         'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>%s</w:body></w:document>')
_PICTURE = ('<w:r><w:drawing><wp:inline><wp:extent cx="{x}" cy="{y}"/><wp:docPr id="{n}" name="{n}"/><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            '<pic:cNvPr id="{n}" name="{n}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="p{n}"/>'
            '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            '<a:ext cx="{x}" cy="{y}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            '</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')
_WIDE = 5_400_000  # English metric units of a line of text


def rebuild(data: bytes) -> tuple[bytes, int, str]:
    """Return a docx of the same words, 0, and those words. Raises Refused."""
    try:
        source = ZipFile(BytesIO(data))
    except BadZipFile as fault:
        raise Refused("broken") from fault
    _harmless(source, data)
    copy = Copy(source)
    return copy.written(), 0, "".join(copy.words)[:WORDS]


def _harmless(source: ZipFile, data: bytes) -> None:
    """Refuse what carries programs or hides before the archive (查宏)."""
    rows = source.infolist()
    names = [row.filename.lower() for row in rows]
    if len(rows) > PARTS:
        raise Refused("large")
    if min((row.header_offset for row in rows), default=1) or any(row.flag_bits & 1 for row in rows):
        raise Refused("broken")
    if any(sign in name for name in names for sign in _MACROS):
        raise Refused("macro")
    if "word/document.xml" not in names or MAIN.encode() not in _part(source, "[Content_Types].xml"):
        raise Refused("macro" if b"macroEnabled" in _part(source, "[Content_Types].xml") else "broken")


def _part(source: ZipFile, name: str, most: int = XML) -> bytes:
    """Return one part (取一部分), no more of it than is allowed, whatever the archive says of its size."""
    with source.open(name) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise Refused("large")
    return data


def _tree(data: bytes) -> etree._Element:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refused("broken")
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


class Copy:
    """The new document while it is written (新文件)."""

    def __init__(self, source: ZipFile) -> None:
        self._source, self._pictures = source, []
        self.words: list[str] = []
        rels, styles = "word/_rels/document.xml.rels", "word/styles.xml"
        self._hiding = Hiding(_tree(_part(source, styles)) if styles in source.namelist() else None)
        known = _tree(_part(source, rels)) if rels in source.namelist() else ()
        self._targets = {rel.get("Id"): rel.get("Target", "") for rel in known if rel.get("TargetMode") != "External"}

    def written(self) -> bytes:
        """Return the whole (写成)."""
        body = _tree(_part(self._source, "word/document.xml")).find(W + "body")
        if body is None:
            raise Refused("broken")
        words = _BODY % "".join(self._blocks(body))
        rels = "".join(_REL % (f"p{n}", "image", f"media/{n}.jpg") for n in range(1, len(self._pictures) + 1))
        parts = [("[Content_Types].xml", _TYPES), ("_rels/.rels", _RELS % (_REL % ("d", "officeDocument",
                                                                                   "word/document.xml"))),
                 ("word/document.xml", words), ("word/_rels/document.xml.rels", _RELS % rels)]
        parts += [(f"word/media/{n}.jpg", data) for n, data in enumerate(self._pictures, 1)]
        kept = BytesIO()
        with ZipFile(kept, "w", ZIP_DEFLATED) as made:
            for name, content in parts:
                made.writestr(ZipInfo(name), content, ZIP_DEFLATED)
        return kept.getvalue()

    def _blocks(self, around: etree._Element) -> Iterator[str]:
        """Yield paragraphs and tables (段落和表格)."""
        for one in around:
            if one.tag == W + "p":
                yield f"<w:p>{''.join(self._runs(one))}</w:p>"
                self.words.append("\n")
            elif one.tag == W + "tbl":
                yield '<w:tbl><w:tblPr><w:tblBorders>' + "".join(
                    f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH",
                                                                        "insideV"))
                yield "</w:tblBorders></w:tblPr>"
                yield from self._rows(one)
                yield "</w:tbl><w:p/>"
            elif one.tag not in SKIPPED:
                yield from self._blocks(one)

    def _rows(self, table: etree._Element) -> Iterator[str]:
        for row in table.iter(W + "tr"):
            if self._hiding.row(row):
                continue
            cells = [cell for cell in row.iter(W + "tc") if next(cell.iterancestors(W + "tr")) is row]
            if next(row.iterancestors(W + "tbl")) is table:
                inside = ("".join(self._blocks(cell)) or "<w:p/>" for cell in cells)
                yield "<w:tr>" + "".join(f"<w:tc>{words}</w:tc>" for words in inside) + "</w:tr>"

    def _runs(self, around: etree._Element) -> Iterator[str]:
        """Yield the words and pictures of a paragraph (文字和图片)."""
        for one in around:
            if one.tag in SKIPPED or self._hiding.holds(one):
                continue
            if one.tag == W + "t":
                bold = around.find(f"{W}rPr/{W}b") is not None
                self.words.append(one.text or "")
                yield _run(escape(one.text or ""), bold)
            elif one.tag in (W + "br", W + "cr"):
                yield "<w:r><w:br/></w:r>"
            elif one.tag == W + "tab":
                yield "<w:r><w:tab/></w:r>"
            elif one.tag == A + "blip":
                yield self._picture(one.get(R + "embed", ""))
            else:
                if one.tag == W + "p":
                    yield "<w:r><w:br/></w:r>"
                yield from self._runs(one)

    def _picture(self, key: str) -> str:
        """Take a picture along, rebuilt from its pixels (带上图片), or say that one is missing."""
        from ..pictures import LARGEST, rebuild

        target = self._targets.get(key, "").lstrip("/")
        name = target if target.startswith("word/") else f"word/{target}"
        try:
            if len(self._pictures) >= PICTURES:
                raise Refused("large")
            made = rebuild(_part(self._source, name, LARGEST))
        except Exception:  # a picture that can't be read is no reason to lose the words
            return _run(_("（这里有一张图片，读不出来，没有保留）"), False)
        self._pictures.append(made.content)
        return _PICTURE.format(n=len(self._pictures), x=_WIDE, y=_WIDE * made.height // made.width)


def _run(words: str, bold: bool) -> str:
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'
