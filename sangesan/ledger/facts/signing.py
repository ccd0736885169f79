"""Signing of seals (签名): what is signed, with which key. The key lies outside database and backup."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from sangesan.foundation import secrets
from sangesan.method.facts import encode

GENESIS = bytes(32)
"""What the first seal is chained to (首封的前值)."""


def message(*, number: int, day: date | str, stream: str, size: int, upto: int, root: bytes, previous: bytes) -> bytes:
    """Return the bytes of a seal that are signed (签名内容)."""
    return encode({"number": number, "day": str(day), "stream": stream, "size": size, "upto": upto,
                   "root": bytes(root).hex(), "previous": bytes(previous).hex()})


def digest(signed: bytes, signature: bytes) -> bytes:
    """Return the hash of a seal (封存摘要): the next seal carries it; printed, it is the day's root."""
    return sha256(signed + bytes(signature)).digest()


def sign(signed: bytes) -> bytes:
    """Sign a seal (签名), 64 bytes."""
    return _key().sign(signed)


def public_key() -> bytes:
    """Return the public key (公钥), 32 bytes, for posters and for whoever keeps the roots."""
    return _key().public_key().public_bytes_raw()


def fingerprint() -> str:
    """Return the public key's fingerprint (公钥指纹): 8 groups of four hexadecimal digits."""
    told = sha256(public_key()).hexdigest()[:32]
    return " ".join(told[i:i + 4] for i in range(0, 32, 4))


def verified(public: bytes, signed: bytes, signature: bytes) -> bool:
    """Return whether a signature fits a given public key (验签)."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes(signature), signed)
    except (InvalidSignature, ValueError):
        return False
    return True


def _key() -> Ed25519PrivateKey:
    """Return the signing key (签名密钥), made on first use."""
    return Ed25519PrivateKey.from_private_bytes(secrets.key(settings.DATA, "seal"))
