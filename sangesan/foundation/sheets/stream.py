"""CSV texts of any size (逐行读取 CSV): a row at a time, in flat memory, by the rules of `text`.

The file is read twice: once to learn its encoding and that all of it can be read, so that nothing
is begun which can't be finished; then row by row.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from .text import MAX_CELL, RESAVE, UNREADABLE, WORKBOOKS, UnreadableFile, torn

PIECE = 1 << 20


@dataclass(frozen=True)
class CsvStream:
    """A CSV file that is read as it goes (流式 CSV): its encoding, its header, its rows."""

    path: Path
    encoding: str
    header: list[str]

    @property
    def plain(self) -> bool:
        """Whether it is UTF-8 without a mark (无 BOM 的 UTF-8), as programs write it and Excel does not."""
        return self.encoding == "utf-8"

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, cells) for every row; `line` is where the row begins.

        An empty line is none, but where there is one column: there it is what programs write for an empty cell.
        """
        begins, empty = 1, [""] if len(self.header) == 1 else []
        for line, cells in _rows(self.path, self.encoding):
            first, begins = begins, line + 1
            if first > 1 and (cells or empty):
                yield first, cells or empty


def open_stream(path: Path) -> CsvStream:
    """Open a CSV file of any size (打开大文件). Raises UnreadableFile with the line at fault."""
    try:
        encoding = _encoding(path)
        header = [cell.strip() for cell in next(_rows(path, encoding), (1, []))[1]]
    except OSError as fault:
        raise UnreadableFile(UNREADABLE, why=_("打不开 %(path)s") % {"path": path},
                             next=_("请核对文件名和权限")) from fault
    if not any(header):
        raise UnreadableFile(UNREADABLE, why=_("第 1 行没有列名"), next=_("请在第一行写上各列的名称"))
    return CsvStream(path, encoding, header)


def _encoding(path: Path) -> str:
    """Return the encoding all of the file can be read in (识别编码)."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFile(UNREADABLE, why=_("文件是 UTF-16 编码"), next=_("请另存为“CSV UTF-8”"))
    if head.startswith(WORKBOOKS):
        raise UnreadableFile(UNREADABLE, why=_("这是 Excel 工作簿，不是 CSV"), next=RESAVE)
    wrong = _first_wrong(path, "utf-8")
    if not wrong:
        return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    if not head.startswith(codecs.BOM_UTF8) and not _nearly_utf8(path):
        wrong = _first_wrong(path, "gb18030")
        if not wrong:
            return "gb18030"
    raise UnreadableFile(UNREADABLE, why=_("第 %(line)s 行有不能识别的字符") % {"line": wrong}, next=RESAVE)


def _first_wrong(path: Path, encoding: str) -> int:
    """Return the line of the first byte that does not fit the encoding (首个不合之处), 0 when all fit."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    for piece in _pieces(path):
        if b"\0" in piece:
            line += piece.count(b"\n", 0, piece.index(0))
            raise UnreadableFile(UNREADABLE, why=_("第 %(line)s 行有空字符（NUL）") % {"line": line}, next=RESAVE)
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as fault:
            return line + piece.count(b"\n", 0, min(fault.start, len(piece)))
        line += piece.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return 0


def _nearly_utf8(path: Path) -> bool:
    """Return whether it is damaged UTF-8 (损坏的 UTF-8), which GB18030 would read as wrong characters."""
    decoder, wrong, wide = codecs.getincrementaldecoder("utf-8")("replace"), 0, 0
    for piece in _pieces(path):
        text = decoder.decode(piece)
        wrong += text.count("\ufffd")
        wide += len(text) - len(text.encode("ascii", "ignore"))
    return wrong * 20 < wide - wrong


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_CELL)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as fault:
            raise torn(reader.line_num, fault) from fault
