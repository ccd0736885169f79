"""Envelopes (封装): how a letter is closed, in memory, before anything is written.

The browser's half is `static/sealed/envelopes.js`; both read the same bytes. A letter has a key of
its own (AES-256-GCM). That key is the XOR of two shares: one is sealed to each inspector, the other
to the paper key of the commission above, so either alone opens nothing.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sangesan.foundation import hpke
from sangesan.method.discipline import padded


@dataclass(frozen=True)
class Envelope:
    """A closed letter (封好的信): ciphertext, shares by key id, and the two public halves."""

    head: bytes
    files: tuple[bytes, ...]
    shares: dict[int, bytes]
    room: bytes
    reply: bytes
    reply_private: bytes


def close(number: str, letter: dict[str, Any], files: Iterable[bytes], *, inspectors: dict[int, bytes],
          paper: tuple[int, bytes]) -> Envelope:
    """Close a letter (封信) for the inspectors and the paper key; keys are id → public key."""
    key, lot = secrets.token_bytes(32), secrets.token_bytes(32)
    other = bytes(a ^ b for a, b in zip(key, lot, strict=True))
    (room_private, room), (reply_private, reply) = hpke.generate(), hpke.generate()
    said = letter | {"room": room_private.hex(), "reply": reply.hex()}
    info = f"sangesan share {number}"
    return Envelope(
        head=lock(key, pad(json.dumps(said, ensure_ascii=False).encode()), about=f"{number}/head"),
        files=tuple(lock(key, pad(file), about=f"{number}/file/{n}") for n, file in enumerate(files)),
        shares={pk: hpke.seal(public, lot, info=info) for pk, public in inspectors.items()}
        | {paper[0]: hpke.seal(paper[1], other, info=info)},
        room=room, reply=reply, reply_private=reply_private,
    )


def pad(plain: bytes) -> bytes:
    """Return four bytes of length, the plain ones, and zeros up to the size class (补齐).

    >>> len(pad(b"x")), unpad(pad(b"x"))
    (8192, b'x')
    """
    return (len(plain).to_bytes(4, "big") + plain).ljust(padded(len(plain)), b"\0")


def unpad(filled: bytes) -> bytes:
    """Return what was padded (去补齐)."""
    return filled[4 : 4 + int.from_bytes(filled[:4], "big")]


def lock(key: bytes, plain: bytes, *, about: str) -> bytes:
    """Encrypt (加锁) with AES-256-GCM: nonce and ciphertext."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unlock(key: bytes, locked: bytes, *, about: str) -> bytes:
    """Decrypt (开锁); raises InvalidTag."""
    locked = bytes(locked)
    return AESGCM(key).decrypt(locked[:12], locked[12:], about.encode())


def receipt_key(code: str, pepper: bytes) -> bytes:
    """Return the key that a receipt and the server's pepper make together (回执派生密钥)."""
    return HKDF(hashes.SHA256(), 32, salt=pepper, info=b"sangesan reply key").derive(code.encode() or b"-")


def to_room(number: str, room: bytes, text: str) -> bytes:
    """Seal a word to whoever can open the letter (封给信箱)."""
    return hpke.seal(room, pad(text.encode()), info=f"sangesan room {number}")


def to_speaker(number: str, reply: bytes, text: str) -> bytes:
    """Seal a word to the speaker (封给反映人)."""
    return hpke.seal(reply, pad(text.encode()), info=f"sangesan reply {number}")


def read_reply(number: str, private: bytes, sealed: bytes) -> str:
    """Open a word to the speaker (读回复); '' when it was changed."""
    plain = hpke.unseal(private, bytes(sealed), info=f"sangesan reply {number}")
    return "" if plain is None else unpad(plain).decode()


def statement(kind: str, holder: str, public: bytes, signing: bytes, *, founding: bool) -> bytes:
    """Return what an approval signs (同意书): the line of the key list, word for word."""
    return "\n".join(("sangesan founding key" if founding else "sangesan key", kind, holder, bytes(public).hex(),
                      bytes(signing).hex())).encode()


def signed(signing: bytes, signature: bytes, said: bytes) -> bool:
    """Return whether a signature (r ‖ s) holds (验签)."""
    if len(signature) != 64:
        return False
    r, s = (int.from_bytes(part, "big") for part in (signature[:32], signature[32:]))
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes(signing))
        key.verify(encode_dss_signature(r, s), said, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: bytes, signing: bytes) -> str:
    """Return the fingerprint of a key (指纹): 64 hex characters of SHA-256 over both public halves."""
    return sha256(bytes(public) + bytes(signing)).hexdigest()


def pretty(print_: str) -> str:
    """Return a fingerprint as people compare it (分组指纹): eight groups of four.

    >>> pretty("a1b2c3d4" * 8)
    'A1B2 C3D4 A1B2 C3D4 A1B2 C3D4 A1B2 C3D4'
    """
    return " ".join(print_[i : i + 4] for i in range(0, 32, 4)).upper()
