"""Sealing (密封): keyed digests of what must be recognised, and encryption of what must be read again.

Keys are files outside the database (foundation.secrets), so a copied database tells neither.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets as random
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from . import secrets


@lru_cache
def _key(data: str, name: str) -> bytes:
    return secrets.key(data, name)


def digest(name: str, *parts: object) -> str:
    """Return the HMAC-SHA256 (密钥摘要) of the parts under the named key, as 64 hex characters."""
    text = "\x00".join(str(part) for part in parts)
    return hmac.new(_key(str(settings.DATA), name), text.encode(), hashlib.sha256).hexdigest()


def seal(name: str, plain: bytes, *, about: str) -> bytes:
    """Encrypt (加密) with AES-256-GCM under the named key, bound to what it is about."""
    nonce = random.token_bytes(12)
    return nonce + AESGCM(_key(str(settings.DATA), name)).encrypt(nonce, plain, about.encode())


def unseal(name: str, sealed: bytes, *, about: str) -> bytes | None:
    """Decrypt (解密); None when the bytes were changed, moved or sealed under another key."""
    sealed = bytes(sealed)
    try:
        return AESGCM(_key(str(settings.DATA), name)).decrypt(sealed[:12], sealed[12:], about.encode())
    except (InvalidTag, ValueError):
        return None
