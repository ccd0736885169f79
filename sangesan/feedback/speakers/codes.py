"""Receipt codes (回执号) and the keys they are made with (contracts.md, Numbers, receipts, replay).

A code is the first 80 bits of HMAC-SHA256(secret, key) in 16 Crockford characters and a check
character, stored only as HMAC under a second secret. Keys rotate by id: a new id makes new
codes, the old ids still read old ones.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import unicodedata

from django.conf import settings

from sangesan.foundation import secrets
from sangesan.foundation.ids import CROCKFORD

BITS = 80
LENGTH = BITS // 5
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
_READ_AS = str.maketrans("OIL", "011")


@functools.cache
def _key(data: str, name: str, number: int) -> bytes:
    return secrets.key(data, f"{name}-{number}")


def key(name: str, number: int | None = None) -> bytes:
    """Return a key of that purpose (密钥): the current one, or that of an id."""
    return _key(str(settings.DATA), name, number or current(name))


def private(name: str, number: int) -> bytes:
    """Return a private key for sealing (私钥), made of the key of that purpose and id."""
    return (int.from_bytes(key(name, number), "big") % (_ORDER - 1) + 1).to_bytes(32, "big")


def derived(name: str, value: str) -> bytes:
    """Return a private key for sealing (派生私钥), made of a value under the key of that purpose."""
    digest = hmac.new(key(name), value.encode(), hashlib.sha512).digest()
    return (int.from_bytes(digest, "big") % (_ORDER - 1) + 1).to_bytes(32, "big")


def current(name: str) -> int:
    """Return the id of the current key (当前密钥编号); `SPEAKER_KEYS` in the settings raises it."""
    return getattr(settings, "SPEAKER_KEYS", {}).get(name, 1)


def tag(name: str, value: str, number: int | None = None) -> str:
    """Return the HMAC of a value under a purpose (带密钥摘要), as hex."""
    return hmac.new(key(name, number), value.encode(), hashlib.sha256).hexdigest()


def issue(request_key: str) -> str:
    """Return the receipt code of a request key (生成回执号), always the same for the same key."""
    digest = hmac.new(key("receipt"), request_key.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[: BITS // 8], "big")
    plain = "".join(CROCKFORD[number >> shift & 31] for shift in range(BITS - 5, -1, -5))
    return pretty(plain + check(plain))


def check(plain: str) -> str:
    """Return the check character (校验位): Luhn over the 32 characters, so it stays among them.

    It catches every single wrong character and nearly every swap of neighbours.

    >>> check("0123456789ABCDEF")
    '8'
    """
    total = 0
    for place, char in enumerate(reversed(plain)):
        value = CROCKFORD.index(char) * (2 - place % 2)
        total += value // 32 + value % 32
    return CROCKFORD[-total % 32]


def pretty(plain: str) -> str:
    """Return a code in groups of four (分组书写)."""
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def normal(code: str) -> str:
    """Return the 17 bare characters of what was typed (规范回执号), or '' when it can't be one.

    >>> normal("ol23 4567-89ab-cdef")
    ''
    """
    bare = "".join(c for c in unicodedata.normalize("NFKC", code[:60]).upper() if c.isalnum()).translate(_READ_AS)
    if len(bare) != LENGTH + 1 or any(c not in CROCKFORD for c in bare):
        return ""
    return bare if check(bare[:-1]) == bare[-1] else ""


def stored(code: str) -> str:
    """Return what the database keeps of a code (入库摘要): key id and HMAC."""
    number = current("receipt-store")
    return f"{number}:{tag('receipt-store', normal(code), number)}"


def candidates(code: str) -> list[str]:
    """Return what a typed code would be stored as under each key (可能的摘要); same work for any input."""
    bare = normal(code) or "-"
    return [f"{n}:{tag('receipt-store', bare, n)}" for n in range(1, current("receipt-store") + 1)]
