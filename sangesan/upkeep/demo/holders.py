"""Holders of keys (持钥人) in the demo and in tests: what inspectors' browsers do, done here in Python.

In real use nobody but a browser makes a key; the demo has to make some so that its accounts can
open the box. Their passphrases are printed by the demo and are worth nothing elsewhere.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import pbkdf2_hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sangesan.feedback.sealed import queries, services
from sangesan.feedback.sealed.envelopes import fingerprint, statement, unlock, unpad
from sangesan.feedback.sealed.models import Key, SealedMatter
from sangesan.feedback.sealed.services.keys import ROUNDS
from sangesan.foundation import hpke
from sangesan.method.authority import Scope


def stretched(phrase: str) -> tuple[bytes, bytes]:
    """Return a salt and the key that a passphrase makes with it (慢算口令), slow on purpose."""
    salt = secrets.token_bytes(16)
    return salt, pbkdf2_hmac("sha256", phrase.encode(), salt, ROUNDS)


@dataclass(frozen=True)
class Holder:
    """Somebody with a key (持钥人): both private halves, and the passphrase that wraps them."""

    secret: bytes
    signer: bytes
    phrase: str

    @classmethod
    def new(cls, phrase: str = "") -> Holder:
        return cls(hpke.generate()[0], hpke.generate()[0], phrase or "0" * 20)

    @classmethod
    def unlocked(cls, phrase: str, key: Key) -> Holder:
        """Return the holder of a stored key (解锁) from the passphrase, as the browser does."""
        wrapped = bytes(key.wrapped)
        made = pbkdf2_hmac("sha256", phrase.encode(), bytes(key.salt), key.rounds)
        plain = AESGCM(made).decrypt(wrapped[:12], wrapped[12:], None)
        return cls(plain[:32], plain[32:64], phrase)

    def sent(self, root: str = "") -> dict[str, object]:
        """Return what the browser would send (送出的钥匙): nothing private in the clear."""
        public, signing = hpke.public_of(self.secret), hpke.public_of(self.signer)
        nonce, (salt, key) = secrets.token_bytes(12), stretched(self.phrase)
        plain = self.secret + self.signer + bytes.fromhex(root or fingerprint(public, signing))
        return {"public": public, "signing": signing, "salt": salt, "rounds": ROUNDS,
                "wrapped": nonce + AESGCM(key).encrypt(nonce, plain, None)}

    def sign(self, key: Key) -> bytes:
        """Sign the line of a new key (签字)."""
        holder = key.person.work_number if key.person else "paper"
        said = statement(key.kind, holder, key.public, key.signing, founding=key.founding)
        private = ec.derive_private_key(int.from_bytes(self.signer, "big"), ec.SECP256R1())
        r, s = decode_dss_signature(private.sign(said, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def open(self, matter: SealedMatter, person: int, paper: Holder | None = None) -> bytes:
        """Return a letter's key (还原信的密钥): with the paper key from the shares, alone once it was opened."""
        wrap = matter.wraps.get(key__person=person)
        if not wrap.share:
            return hpke.unseal(self.secret, bytes(wrap.sealed), info=f"sangesan key {matter.number}")
        other = matter.wraps.get(key__kind=Key.PAPER)
        info = f"sangesan share {matter.number}"
        parts = (hpke.unseal(self.secret, bytes(wrap.sealed), info=info),
                 hpke.unseal(paper.secret, bytes(other.sealed), info=info))
        return bytes(a ^ b for a, b in zip(*parts, strict=True))


def found(inspectors: list[tuple[Scope, Holder]], paper: Holder, **settled: object) -> None:
    """Found the box (启用信箱): the paper key, then each inspector in turn, let in by those before."""
    first = inspectors[0][0]
    services.settle(scope=first, **settled)
    signers = [(services.found(scope=first, **paper.sent()), paper, first)]
    root = queries.mailbox().root
    for scope, holder in inspectors:
        key = services.ask(scope=scope, **holder.sent(root))
        for signer, by, judge in ([signers[0]] if key.founding else signers[-2:]):
            services.approve(scope=judge, key=key.pk, by=signer.pk, signature=by.sign(key))
        signers.append((key, holder, scope))


def open_box(scope: Scope, holder: Holder, paper: Holder, number: str) -> bytes:
    """Open one letter with two keys (开箱) and return its own key."""
    matter = queries.letter_for(scope, number)
    key = holder.open(matter, scope.person, paper)
    wraps = {line.key.pk: hpke.seal(bytes(line.key.public), key, info=f"sangesan key {number}")
             for line in queries.room.holding(matter)}
    services.open_letter(scope=scope, number=number, wraps=wraps)
    return key


def read(matter: SealedMatter, key: bytes) -> str:
    """Return the letter as JSON (读信)."""
    return unpad(unlock(key, matter.head, about=f"{matter.number}/head")).decode()
