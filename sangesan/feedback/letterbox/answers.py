"""Answers on their way out (答复外送): sealed inside to each letter's receipt, opened outside by whoever types it.

The box makes a pair of keys from a letter's receipt and a secret of its own, and puts the public half
and a name for the answer (取件号) into the sealed letter. The inside seals to that half. So the box
holds answers that it cannot read until their reader types the receipt, and forgets both afterwards.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets as random
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sangesan.feedback.speakers import codes
from sangesan.foundation import hpke, parcels
from sangesan.foundation.errors import UserError

MARK = b"SANGESAN-ANSWERS-1 "
INFO = "sangesan letterbox answer 1"
LARGEST = 256 * 2**20
MOST = 50_000
SLOT = re.compile(r"[0-9a-f]{32}")


class NoAnswers(UserError):
    """A file of answers that can't be put in (答复包不能装)."""

    code, status = "answers", 422

    def __init__(self, why: str) -> None:
        super().__init__(_("没有装入答复"), why=why, next=_("原来的答复还在，请在矿内重新导出一份"))


@dataclass(frozen=True)
class Lock:
    """What opens one answer (取件锁): its name, and the private half of its keys."""

    slot: str
    private: bytes

    @property
    def public(self) -> bytes:
        return hpke.public_of(self.private)


def lock(code: str) -> Lock:
    """Return the lock of a receipt (回执对应的锁), the same whenever it is typed."""
    bare = codes.normal(code) or "-"
    return Lock(codes.tag("answer-slot", bare)[:32], codes.derived("answer-key", bare))


def sealed(public: bytes, words: dict[str, Any]) -> bytes:
    """Seal an answer (密封答复); padded, so that its length tells little."""
    return hpke.seal(public, parcels.pack(words), info=INFO)


def write(rows: Iterable[tuple[str, bytes]]) -> bytes:
    """Return answers as one file (打包答复)."""
    found = sorted(rows)
    body = b"".join(answer for _slot, answer in found)
    head = {"answers": [[slot, len(answer)] for slot, answer in found], "sha256": hashlib.sha256(body).hexdigest()}
    return MARK + json.dumps(head).encode() + b"\n" + body


def put(data: bytes) -> int:
    """Put answers into the box in place of those before (装入答复), whole or not at all; return how many."""
    sizes, body = _head(data[: LARGEST + 1])
    if hashlib.sha256(body).hexdigest() != _digest(data):
        raise NoAnswers(_("文件内容损坏了"))
    spare = _file().with_suffix(f".{random.token_hex(8)}")
    with open(spare, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    spare.rename(_file())
    return len(sizes)


def read(code: str) -> dict[str, Any] | None:
    """Return the answer of a receipt (凭回执取答复); None for a wrong one, or when nothing has come yet."""
    found = lock(code)
    plain = hpke.unseal(found.private, _lying(found.slot), info=INFO)
    if plain is None:
        return None
    try:
        return parcels.unpack(plain)[0]
    except parcels.Spoilt:
        return None


def _lying(slot: str) -> bytes:
    """Return what lies under a name (取密封件); any other one for a name that is not there, for the same work."""
    if not _file().exists():
        return b""
    with _file().open("rb") as file:
        sizes = _sizes(file.readline())
        at, spare = file.tell(), (0, 0)
        for name, size in sizes:
            spare, at = (at, size), at + size
            if name == slot:
                break
        file.seek(spare[0])
        return file.read(spare[1])


def _head(data: bytes) -> tuple[list[tuple[str, int]], bytes]:
    line, _end, body = data.partition(b"\n")
    if len(data) > LARGEST:
        raise NoAnswers(_("文件超过 %d MB") % (LARGEST >> 20))
    sizes = _sizes(line)
    if sum(size for _slot, size in sizes) != len(body):
        raise NoAnswers(_("文件不完整，可能没有拷贝完"))
    return sizes, body


def _sizes(line: bytes) -> list[tuple[str, int]]:
    """Return the names and lengths that the first line tells (目录)."""
    if not line.startswith(MARK):
        raise NoAnswers(_("这不是矿内导出的答复"))
    try:
        sizes = [(str(slot), int(size)) for slot, size in json.loads(line[len(MARK):])["answers"]]
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        raise NoAnswers(_("文件开头损坏了")) from None
    if len(sizes) > MOST or any(size < 0 or not SLOT.fullmatch(slot) for slot, size in sizes):
        raise NoAnswers(_("文件开头损坏了"))
    return sizes


def _digest(data: bytes) -> str:
    return str(json.loads(data.partition(b"\n")[0][len(MARK):]).get("sha256", ""))


def _file() -> Path:
    return Path(settings.DATA) / "answers"
