"""Sealing of backups (备份加密): whoever copies the file, or the server, cannot read it.

The public half of the backup key lies in the data directory; the private half is shown once, when
the key is made, and kept on paper or on a disk in a safe. A sealed file is a first line, the content
key sealed by HPKE, and then the copy in pieces of AES-256-GCM; each piece knows its place and
whether it is the last, so none can be left out, moved or cut off.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from sangesan.foundation import hpke
from sangesan.foundation.errors import UserError

MARK = b"sangesan sealed backup 1\n"
INFO = "sangesan backup 1"
ENDING = ".sealed"
_PIECE = 1 << 20
_WRAPPED = 32 + hpke.OVERHEAD


def place() -> Path:
    """Return where the public half stands (公钥文件)."""
    return Path(settings.DATA) / "backup.pub"


def public() -> bytes | None:
    """Return the public half of the backup key (备份公钥), None when none was made.

    Raises UserError for a file that is no key: a backup in plain words in its stead would be worse.
    """
    if not place().exists():
        return None
    try:
        found = bytes.fromhex(place().read_text().strip())
    except ValueError:
        found = b""
    if not hpke.valid(found):
        raise UserError("没有备份", why=f"备份公钥 {place()} 损坏", next="请从保管处复制一份，或移走它并重新生成钥匙")
    return found


def make() -> str:
    """Make the backup key (生成备份钥匙) and return its private half, which is kept nowhere here."""
    if place().exists():
        raise UserError("没有生成钥匙", why=f"已有备份钥匙（{place()}）",
                        next="确要换钥匙，请先把这个文件移走；旧备份仍要用旧钥匙打开")
    private, shown = hpke.generate()
    handle = os.open(place(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(shown.hex() + "\n")
    return said(private)


def said(private: bytes) -> str:
    """Return a private half as it is written down (私钥文本): groups of four, the last six letters a check.

    >>> heard(said(bytes(range(32)))) == bytes(range(32))
    True
    """
    text = base64.b32encode(private + _check(private)).decode().rstrip("=")
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def heard(text: str) -> bytes:
    """Return the private half that was typed in (读私钥). Raises UserError for a slip of the pen."""
    letters = "".join(c for c in text.upper() if c.isalnum())
    try:
        raw = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        raw = b""
    if len(raw) != 36 or said(raw[:32]).replace("-", "") != letters:
        raise UserError("没有打开备份", why="钥匙不对，或者抄错了一位", next="请对照纸上的钥匙再输一次")
    return raw[:32]


def _check(private: bytes) -> bytes:
    return sha256(INFO.encode() + private).digest()[:4]


def is_sealed(path: Path) -> bool:
    """Return whether a file is a sealed backup (是否加密备份)."""
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


def seal(source: Path, target: Path, to: bytes) -> None:
    """Seal a file (加密) for the holder of the private half."""
    key = secrets.token_bytes(32)
    head = MARK + hpke.seal(to, key, info=INFO)
    with source.open("rb") as plain, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                                               "wb") as out:
        out.write(head)
        for nonce, piece in _numbered(plain, _PIECE):
            out.write(AESGCM(key).encrypt(nonce, piece, head))


def unseal(source: Path, target: Path, private: bytes) -> None:
    """Open a sealed file (解密) into a new one. Raises UserError for another key or a changed file."""
    with source.open("rb") as file, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
                                              "wb") as out:
        head = file.read(len(MARK) + _WRAPPED)
        key = hpke.unseal(private, head[len(MARK):], info=INFO)
        if key is None:
            raise UserError("没有打开备份", why="这把钥匙打不开这份备份", next="请换备份时的那把钥匙")
        try:
            for nonce, piece in _numbered(file, _PIECE + 16):
                out.write(AESGCM(key).decrypt(nonce, piece, head))
        except InvalidTag:
            raise UserError("没有打开备份", why=f"{source} 不完整，或被改动过", next="请换一份备份再试") from None


def _numbered(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the pieces of a file, each with a nonce of its place; the last byte says which is the last."""
    place, piece = 0, file.read(size)
    while True:
        more = file.read(size)
        yield place.to_bytes(11, "big") + (b"\x00" if more else b"\x01"), piece
        if not more:
            return
        place, piece = place + 1, more
