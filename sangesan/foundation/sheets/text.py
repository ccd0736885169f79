"""CSV texts (CSV 文本) in whatever encoding an office keeps them.

UTF-8 with or without BOM and GB18030 are read; anything else is refused and the line named.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.errors import UserError

MAX_BYTES = 256 * 1024 * 1024
MAX_CELL = 16 * 1024 * 1024
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How workbooks begin (工作簿的开头), new ones and old ones."""
UNREADABLE = lazy("不能读取这个文件")
RESAVE = lazy("请用 Excel 另存为“CSV UTF-8”后再试")


class UnreadableFile(UserError):
    """The file is no CSV or workbook we can read (文件不可读); nothing was taken from it."""

    code = "unreadable_file"


@dataclass(frozen=True)
class CsvText:
    """A decoded CSV (已解码的 CSV): its encoding, its header and its rows with line numbers."""

    encoding: str
    header: list[str]
    text: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, cells) for every row that is not blank; `line` is where the row begins."""
        reader = _reader(self.text)
        begins = 1
        for cells in _strict(reader):
            line, begins = begins, reader.line_num + 1
            if line > 1 and any(cell.strip() for cell in cells):
                yield line, cells


def open_csv(source: str | Path | bytes) -> CsvText:
    """Open a CSV (打开 CSV) from a path or bytes; raise UnreadableFile with the line at fault."""
    data = source if isinstance(source, bytes) else _read(Path(source))
    text, encoding = decode(data)
    header = [cell.strip() for cell in next(_strict(_reader(text)), [])]
    if not any(header):
        raise UnreadableFile(UNREADABLE, why=_("第 1 行没有列名"), next=_("请在第一行写上各列的名称"))
    return CsvText(encoding, header, text)


def decode(data: bytes) -> tuple[str, str]:
    """Return a text and its encoding (识别编码).

    GB18030 would swallow nearly any bytes; so what fails as UTF-8 in a few places only is
    taken for damaged UTF-8 and refused instead of being read as wrong characters.

    >>> decode("井下".encode("gb18030"))
    ('井下', 'gb18030')
    """
    if len(data) > MAX_BYTES:
        raise UnreadableFile(UNREADABLE,
                             why=_("文件超过 %(most)s MB") % {"most": MAX_BYTES >> 20},
                             next=_("请分成几个文件"))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise UnreadableFile(UNREADABLE, why=_("文件是 UTF-16 编码"), next=_("请另存为“CSV UTF-8”"))
    if data.startswith(WORKBOOKS):
        raise UnreadableFile(UNREADABLE, why=_("这是 Excel 工作簿，不是 CSV"), next=RESAVE)
    if b"\0" in data:
        raise UnreadableFile(UNREADABLE,
                             why=_("第 %(line)s 行有空字符（NUL）") % {"line": _line(data, data.index(0))},
                             next=RESAVE)
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        place = error.start
    if not data.startswith(codecs.BOM_UTF8) and not _nearly_utf8(data):
        try:
            return data.decode("gb18030"), "gb18030"
        except UnicodeDecodeError as error:
            place = error.start
    raise UnreadableFile(UNREADABLE,
                         why=_("第 %(line)s 行有不能识别的字符") % {"line": _line(data, place)},
                         next=RESAVE)


def _nearly_utf8(data: bytes) -> bool:
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return wrong * 20 < len(re.findall(r"[^\x00-\x7f]", text)) - wrong


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(UNREADABLE,
                                 why=_("文件超过 %(most)s MB") % {"most": MAX_BYTES >> 20},
                                 next=_("请分成几个文件"))
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(UNREADABLE,
                             why=_("打不开 %(path)s") % {"path": path},
                             next=_("请核对文件名和权限")) from error


def _line(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _reader(text: str):
    return csv.reader(io.StringIO(text, newline=""), strict=True)


def _strict(reader) -> Iterator[list[str]]:
    csv.field_size_limit(MAX_CELL)
    try:
        yield from reader
    except csv.Error as error:
        raise torn(reader.line_num, error) from error


def torn(line: int, fault: csv.Error) -> UnreadableFile:
    """Return why the rows end here (表格在此断开): a cell without end, or quotes that do not pair."""
    if "field limit" in str(fault):
        return UnreadableFile(UNREADABLE, why=_("第 %(line)s 行有一格超过 %(most)s 万字") % {
            "line": line, "most": MAX_CELL // 10_000}, next=_("请检查这一格，或看它前面的双引号是否成对"))
    return UnreadableFile(UNREADABLE, why=_("第 %(num)s 行的引号或分隔不对") % {"num": line},
                          next=_("请检查这一行的双引号是否成对"))
