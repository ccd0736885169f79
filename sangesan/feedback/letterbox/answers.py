"""Answers on their way out (答复外送): sealed inside to each letter's receipt, opened outside by whoever types it.

The box makes a pair of keys from a letter's receipt and a secret of its own, and puts the public half
and a name for the answer (取件号) into the sealed letter. The inside seals to that half. So the box
holds answers that it cannot read until their reader types the receipt, and forgets both afterwards.

A batch (一批) is all answers, in the order of their names, in as many portions (一份) as they need, one
after the other in a file or each in a request: however many letters a mine has, a portion fits into memory.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets as random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from sangesan.feedback.speakers import codes
from sangesan.foundation import hpke, parcels
from sangesan.foundation.errors import UserError

MARK = b"SANGESAN-ANSWERS-2 "
INFO = "sangesan letterbox answer 1"
MOST = 5_000
"""Answers of one portion (每份件数)."""
LARGEST = 32 * 2**20
"""Bytes of one portion (每份大小), far more than any one answer."""
LEAST = 2 * parcels.PAGE
"""Bytes of an answer (每件大小): one with a proof and a long word is as large as one that has not come."""
LONGEST_HEAD = 2**20
SLOT = re.compile(r"[0-9a-f]{32}")


class NoAnswers(UserError):
    """Answers that can't be put in (答复包不能装)."""

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


@dataclass(frozen=True)
class Portion:
    """A portion of a batch (一份答复): its place, whether it ends the batch, names and lengths, all its bytes."""

    batch: str
    part: int
    last: bool
    sizes: list[tuple[str, int]]
    data: bytes

    @property
    def first(self) -> str:
        """The first name in it (首个取件号)."""
        return self.sizes[0][0] if self.sizes else "0" * 32


def lock(code: str) -> Lock:
    """Return the lock of a receipt (回执对应的锁), the same whenever it is typed."""
    bare = codes.normal(code) or "-"
    return Lock(codes.tag("answer-slot", bare)[:32], codes.derived("answer-key", bare))


def sealed(public: bytes, words: dict[str, Any]) -> bytes:
    """Seal an answer (密封答复); padded, so that its length tells little."""
    return hpke.seal(public, parcels.pack(words, least=LEAST), info=INFO)


def write(rows: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield answers, given in the order of their names, as the portions of one batch (打包答复)."""
    batch, part = random.token_hex(16), 0
    held: list[tuple[str, bytes]] = []
    size = 0
    for row in rows:
        if held and (len(held) == MOST or size + len(row[1]) > LARGEST):
            yield _portion(batch, part, held, last=False)
            held, size, part = [], 0, part + 1
        held.append(row)
        size += len(row[1])
    yield _portion(batch, part, held, last=True)


def read(file: IO[bytes]) -> Iterator[Portion]:
    """Yield the portions that follow each other in a file (读答复). Raises NoAnswers at the first that is not whole."""
    while True:
        line = file.readline(LONGEST_HEAD)
        head = _head(line)
        body = file.read(sum(size for _slot, size in head["answers"]))
        if hashlib.sha256(body).hexdigest() != head["sha256"]:
            raise NoAnswers(_("文件不完整或者损坏了，可能没有拷贝完"))
        yield Portion(head["batch"], head["part"], head["last"], head["answers"], line + body)
        if head["last"]:
            return


def sizes(line: bytes) -> list[tuple[str, int]]:
    """Return the names and lengths that the first line of a portion tells (目录)."""
    return _head(line)["answers"]


def _portion(batch: str, part: int, rows: list[tuple[str, bytes]], *, last: bool) -> bytes:
    body = b"".join(answer for _slot, answer in rows)
    head = {"answers": [[slot, len(answer)] for slot, answer in rows], "batch": batch, "part": part, "last": last,
            "sha256": hashlib.sha256(body).hexdigest()}
    return MARK + json.dumps(head).encode() + b"\n" + body


def _head(line: bytes) -> dict[str, Any]:
    if not line:
        raise NoAnswers(_("文件不完整，可能没有拷贝完"))
    if not line.startswith(MARK):
        raise NoAnswers(_("这不是矿内导出的答复，或者两边的版本不一样"))
    try:
        said = json.loads(line[len(MARK):])
        rows = [(str(slot), int(size)) for slot, size in said["answers"]]
        head = {"answers": rows, "batch": str(said["batch"]), "part": int(said["part"]), "last": said["last"] is True,
                "sha256": str(said["sha256"])}
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        raise NoAnswers(_("文件开头损坏了")) from None
    named = all(size >= 0 and SLOT.fullmatch(slot) for slot, size in rows) and SLOT.fullmatch(head["batch"])
    fits = len(rows) <= MOST and sum(size for _slot, size in rows) <= LARGEST
    if not named or not fits or head["part"] < 0 or rows != sorted(rows):
        raise NoAnswers(_("文件开头损坏了"))
    return head
