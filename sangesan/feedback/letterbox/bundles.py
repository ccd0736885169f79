"""Bundles (信件包): sealed letters on their way in, in one file or one answer, whole or not at all.

A line says what it is, how long each letter is and the SHA-256 of all that follows; then the
letters, each sealed by itself. Whoever carries a bundle learns how many letters it holds.

>>> [letter.sealed for letter in read(write([Letter(1, b"one"), Letter(1, b"three")]))]
[b'one', b'three']
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError

MARK = b"SANGESAN-LETTERS-1 "
LARGEST = 256 * 2**20
"""Bytes of one bundle (信件包上限); what is more goes into the next one."""
MOST = 10_000


@dataclass(frozen=True)
class Letter:
    """A sealed letter (密封信件) and the id of the key it was sealed with."""

    key: int
    sealed: bytes

    @property
    def name(self) -> str:
        """The digest by which both sides name it (信件摘要)."""
        return hashlib.sha256(self.sealed).hexdigest()


class NoBundle(UserError):
    """A file that can't be taken in (信件包不能收)."""

    code, status = "bundle", 422

    def __init__(self, why: str, next: str = "") -> None:
        super().__init__(_("一件也没有收下"), why=why, next=next or _("请在外部信箱重新导出一份再来"))


def write(letters: Sequence[Letter]) -> bytes:
    """Return letters as a bundle (打包信件)."""
    body = b"".join(letter.sealed for letter in letters)
    sizes = [[letter.key, len(letter.sealed)] for letter in letters]
    head = {"letters": sizes, "sha256": hashlib.sha256(body).hexdigest()}
    return MARK + json.dumps(head).encode() + b"\n" + body


def read(data: bytes) -> list[Letter]:
    """Return the letters of a bundle (读信件包). Raises NoBundle when it is none or not whole."""
    if len(data) > LARGEST + 2**20:
        raise NoBundle(_("文件超过 %d MB") % (LARGEST >> 20))
    line, _end, body = data.partition(b"\n")
    if not line.startswith(MARK):
        raise NoBundle(_("这不是外部信箱导出的文件"), _("请选择由 letterbox-export 导出的文件"))
    try:
        head = json.loads(line[len(MARK):])
        sizes, digest = [(int(key), int(size)) for key, size in head["letters"]], head["sha256"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NoBundle(_("文件开头损坏了")) from None
    if len(sizes) > MOST or any(size < 0 for _key, size in sizes) or sum(size for _key, size in sizes) != len(body):
        raise NoBundle(_("文件不完整，可能没有拷贝完"))
    if hashlib.sha256(body).hexdigest() != digest:
        raise NoBundle(_("文件内容损坏了"))
    letters, at = [], 0
    for key, size in sizes:
        letters.append(Letter(key, body[at : at + size]))
        at += size
    return letters
