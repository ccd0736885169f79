"""Pairs (二字组): a text as numbers, pairs of characters hashed, so that no list holds a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from .reading import LONGEST, normal

BITS = 21
BUCKETS = 1 << BITS
_DROPPED = re.compile(r"[^㐀-鿿豈-﫿a-z]+")


def pairs_of(text: str) -> np.ndarray:
    """Return the pairs of a text as sorted distinct numbers (二字组).

    >>> len(pairs_of("食堂饭凉，食堂")), len(pairs_of("13800000000"))
    (4, 0)
    """
    return np.unique(_hashed(_signs(text)))


def _signs(text: str) -> np.ndarray:
    bare = _DROPPED.sub("", normal(text[:LONGEST]))
    return np.frombuffer(bare.encode("utf-32-le", "ignore"), dtype="<u4").astype(np.uint64)


def _hashed(signs: np.ndarray) -> np.ndarray:
    mixed = (signs[:-1] * np.uint64(0x9E3779B97F4A7C15)) ^ (signs[1:] * np.uint64(0xC2B2AE3D27D4EB4F))
    mixed ^= mixed >> np.uint64(29)
    return ((mixed * np.uint64(0x165667B19E3779F9)) >> np.uint64(64 - BITS)).astype(np.int32)


def portion(texts: Sequence[str], lengths: list, terms: list) -> None:
    """Hash one portion of texts in one go (一批散列)."""
    if not texts:
        return
    rows = [_signs(text) for text in texts]
    many = np.array([len(row) for row in rows])
    signs = np.concatenate(rows)
    owner = np.repeat(np.arange(len(rows), dtype=np.int64), many)
    hashed = _hashed(signs)
    inside = owner[:-1] == owner[1:]
    marked = np.unique((owner[:-1][inside] << BITS) | hashed[inside])
    lengths.append(np.bincount(marked >> BITS, minlength=len(rows)))
    terms.append((marked & (BUCKETS - 1)).astype(np.int32))


def joined(parts: list, kind) -> np.ndarray:
    """Return portions as one row (合并)."""
    return np.concatenate(parts).astype(kind) if parts else np.zeros(0, dtype=kind)
