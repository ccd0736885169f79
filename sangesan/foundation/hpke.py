"""Public-key sealing (公钥密封): HPKE base mode of RFC 9180; only whoever holds the private key can open.

One suite everywhere: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. `static/hpke/hpke.js` is the
same thing for browsers. A public key is its 65 bytes (04 ‖ x ‖ y), a private key its 32 bytes; what is
sealed is the 65 bytes of the one-time key and then the ciphertext, 81 bytes more than the plain ones.
`info` says what the words are for; under another `info` they do not open.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_CURVE = ec.SECP256R1()
OVERHEAD = 65 + 16


def generate() -> tuple[bytes, bytes]:
    """Return a new pair (密钥对): private and public key."""
    key = ec.generate_private_key(_CURVE)
    return key.private_numbers().private_value.to_bytes(32, "big"), _bytes(key.public_key())


def public_of(private: bytes) -> bytes:
    """Return the public key (公钥) of a private one."""
    return _bytes(_private(private).public_key())


def valid(public: bytes) -> bool:
    """Return whether these bytes are a public key (是否公钥): a point of the curve."""
    try:
        return len(public) == 65 and bool(ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public))
    except ValueError:
        return False


def seal(public: bytes, plain: bytes, *, info: str) -> bytes:
    """Seal (密封) for the holder of the private key.

    >>> mine, theirs = generate()
    >>> unseal(mine, seal(theirs, b"words", info="test"), info="test")
    b'words'
    >>> unseal(mine, seal(theirs, b"words", info="test"), info="other") is None
    True
    """
    return _SUITE.encrypt(plain, ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, public), info.encode())


def unseal(private: bytes, sealed: bytes, *, info: str) -> bytes | None:
    """Open (开封); None when it was changed, meant for another key or for another purpose."""
    if len(sealed) < OVERHEAD:
        return None
    try:
        return _SUITE.decrypt(bytes(sealed), _private(private), info.encode())
    except (InvalidTag, ValueError):
        return None


def _private(private: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(private, "big"), _CURVE)


def _bytes(public: ec.EllipticCurvePublicKey) -> bytes:
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
