"""Ids (编号) that tell nothing about the order of speaking."""

from __future__ import annotations

import secrets

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def random_id() -> int:
    """Return a random positive 63-bit integer (随机主键); on SQLite it is the rowid itself."""
    return secrets.randbits(63) or 1


def crockford(length: int) -> str:
    """Return random Crockford base-32 characters (随机字符)."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(length))
