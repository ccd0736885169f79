"""A phone without a browser (手机): seals a report as the page does and sends it as its script does."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sangesan.feedback.intake import outbox
from sangesan.foundation import hpke, parcels, sounds
from sangesan.method.authority import Scope

SENT, ASK = "/w/report/outbox/", "/w/report/outbox/ask/"
WORDS = "副井候罐又等了四十多分钟"


def voice(seconds: float = 1) -> bytes:
    """Return a voice note (录音) of the one kind that is kept."""
    return sounds.wav(bytes(range(256)) * int(seconds * sounds.RATE / 256))


@dataclass
class Sealed:
    """A report that waits on a phone (待发的上报)."""

    key: str
    account: str
    number: int
    content: bytes

    def send(self, client: Client, hours: object = 0, **headers: str):
        """Send it (发出) with a signed-in browser."""
        said = {"account": self.account, "key": self.number, "hours": hours,
                "sealed": SimpleUploadedFile("blob", self.content)}
        return client.post(SENT, said, headers={"X-Outbox": "1", "Idempotency-Key": self.key} | headers)


def seal(scope: Scope, text: object = WORDS, files: tuple[bytes, ...] = (), key: str = "", **words: Any) -> Sealed:
    """Seal a report (封装) for the account of this person."""
    offer, key = outbox.offer(scope), key or token_urlsafe(24)
    about = outbox.purpose(key=key, account=offer.account, number=offer.key)
    plain = parcels.pack({"text": text} | words, files)
    return Sealed(key, offer.account, offer.key, hpke.seal(b64decode(offer.public), plain, info=about))
