"""Parcels (封包): words and files as one run of bytes, to be sealed as a whole.

Four bytes say how long the head is; the head is JSON and says how long each file is; the files
follow; zeros fill up to whole pages, so that a sealed parcel doesn't tell how much was written.

>>> words, files = unpack(pack({"text": "没有热水"}, [b"one", b"two"]))
>>> words["text"], files
('没有热水', [b'one', b'two'])
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

PAGE = 4096
MOST = 64  # files of one parcel


class Spoilt(ValueError):
    """Bytes that are no parcel (封包不对)."""


def pack(words: dict[str, Any], files: Sequence[bytes] = (), *, least: int = PAGE) -> bytes:
    """Return words and files as padded bytes (打包), so many at least."""
    head = json.dumps({"words": words, "files": [len(file) for file in files]}, ensure_ascii=False).encode()
    plain = len(head).to_bytes(4, "big") + head + b"".join(files)
    return plain.ljust(max(least, -(-len(plain) // PAGE) * PAGE), b"\0")


def unpack(plain: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Return what was packed (拆包). Raises Spoilt."""
    size = int.from_bytes(plain[:4], "big")
    try:
        head = json.loads(plain[4 : 4 + size])
        words, sizes = head["words"], head["files"]
    except (ValueError, KeyError, TypeError, RecursionError) as broken:
        raise Spoilt from broken
    if not isinstance(words, dict) or not isinstance(sizes, list) or len(sizes) > MOST:
        raise Spoilt
    files, at = [], 4 + size
    for length in sizes:
        if not isinstance(length, int) or isinstance(length, bool) or length < 0 or at + length > len(plain):
            raise Spoilt
        files.append(plain[at : at + length])
        at += length
    return words, files
