"""Cleaning (清洗) of a document that was sent: its kind by content, then rebuilt in a process of its own.

A reader of foreign documents may be led astray, so it works apart: from pipe to pipe and never on
the disk, with so much memory and so many seconds, and nothing else of ours within reach. What comes
back holds what an eye sees in the document; author, dates, comments, macros, links and attachments
have no place to be in.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .. import parcels
from ..errors import UserError
from .pdf import WORDS

LARGEST = 8 * 2**20
"""Bytes of one document (单个文件上限)."""
SECONDS = 30
KINDS = {"pdf": "application/pdf",
         "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
"""What is kept, by its ending (收的文件)."""
_ROOT = Path(__file__).resolve().parents[3]
_CHILD = (sys.executable, "-m", "sangesan.foundation.files.child")
_TURNS = threading.BoundedSemaphore(2)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_END = b"PK\x05\x06"
_TAIL = 70_000  # a ZIP ends within its last 65,557 bytes
_WHY = {
    "locked": (lazy("文件加了密码，打不开"), lazy("请去掉密码再选")),
    "pages": (lazy("文件超过 30 页"), lazy("请只留有用的几页，或分几次补充")),
    "large": (lazy("文件展开以后太大"), lazy("请调小，或拍成照片")),
    "macro": (lazy("文件里有宏或内嵌的程序"), lazy("请另存为不带宏的 docx 或 PDF")),
    "slow": (lazy("文件太复杂，打不开"), lazy("请打印成 PDF 或拍成照片再选")),
    "broken": (lazy("文件已经损坏，读不出来"), lazy("请重新导出，或拍成照片")),
}


@dataclass(frozen=True)
class Clean:
    """A rebuilt document (洗净的文件): bytes, ending, pages (0 where the kind has none), the words that were in it."""

    content: bytes
    kind: str
    pages: int
    words: str = ""


class NoDocument(UserError):
    """What was sent can't be kept (文件不能收)."""

    code, status = "document", 422

    def __init__(self, why: str, next: str = "") -> None:
        super().__init__(_("没有收下文件"), why=why, next=next or _("请换一个 PDF 或 Word（docx）文件"))


def rebuild(data: bytes) -> Clean:
    """Rebuild a document (重建文件). Raises NoDocument saying why."""
    kind = _kind(data)
    with _TURNS:
        said, content = _apart(kind, data)
    if "why" in said:
        raise NoDocument(*map(str, _WHY.get(str(said["why"]), _WHY["broken"])))
    return Clean(content, kind, int(said["pages"]), str(said["words"])[:WORDS])


def _kind(data: bytes) -> str:
    """Return what it is (认类型), by its first and last bytes; what is two things at once is neither."""
    if not data:
        raise NoDocument(_("文件是空的"))
    if len(data) > LARGEST:
        raise NoDocument(_("文件超过 %d MB") % (LARGEST >> 20), _("请调小，或只留有用的几页"))
    if data.startswith(_OLE):
        raise NoDocument(_("这是旧格式的 Word 或 Excel 文件，里面可能有宏"), _("请另存为 docx 或 PDF 再选"))
    zipped = _ZIP_END in data[-_TAIL:]
    if data.startswith(b"%PDF-"):
        if zipped or b"<html" in data[:1024].lower() or b"%%EOF" not in data[-2048:]:
            raise NoDocument(_("这个 PDF 里夹着别的东西，或没有传完"), _("请重新导出或重新扫描成 PDF，再选一次"))
        return "pdf"
    if data.startswith(b"PK\x03\x04") and zipped:
        return "docx"
    raise NoDocument(_("这不是 PDF 或 Word（docx）文件"))


def _apart(kind: str, data: bytes) -> tuple[dict, bytes]:
    """Let a process of its own do it (另开进程); whatever befalls that process, the document is refused."""
    safe = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "LANG") if name in os.environ}
    try:
        done = subprocess.run([*_CHILD, kind], input=data, cwd=_ROOT, env=safe,  # noqa: S603 - our own program
                              capture_output=True, timeout=SECONDS, check=False)
        said, files = parcels.unpack(done.stdout)
    except subprocess.TimeoutExpired:
        return {"why": "slow"}, b""
    except parcels.Spoilt:
        return {"why": "slow" if done.returncode < 0 else "broken"}, b""
    return said, files[0] if files else b""
