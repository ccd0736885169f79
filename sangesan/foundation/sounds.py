"""Sounds (声音) rebuilt from their samples: nothing else of what was sent survives.

One kind is kept: mono speech in 16,000 μ-law samples a second, as the recorder page makes it. In
μ-law every byte is a sample, so nothing can hide in a kept file: no author, no place, no program.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import UserError

RATE = 16_000
LONGEST = 60  # seconds
_MULAW = 7
_SILENCE = b"\xff"


@dataclass(frozen=True)
class Sound:
    """A rebuilt sound (声音): a plain WAV file without any metadata."""

    content: bytes
    seconds: int


class NoSound(UserError):
    """What was sent can't be kept (录音不能收)."""

    code, status = "voice", 422

    def __init__(self, why: str) -> None:
        super().__init__(_("没有收下录音"), why=why, next=_("请在本页重新录一段，不超过 %d 秒") % LONGEST)


def rebuild(data: bytes) -> Sound:
    """Rebuild a sound from its samples (重建录音). Raises NoSound saying why."""
    if len(data) > RATE * LONGEST + 4096:
        raise NoSound(_("录音超过 %d 秒") % LONGEST)
    samples = _samples(data)
    if len(samples) < RATE // 4:
        raise NoSound(_("录音太短，没有录到声音"))
    return Sound(wav(samples[: RATE * LONGEST]), -(-min(len(samples), RATE * LONGEST) // RATE))


def wav(samples: bytes) -> bytes:
    """Return μ-law samples as a WAV file (写成 WAV).

    >>> len(wav(bytes(3)))
    62
    """
    shape = struct.pack("<HHIIHHH", _MULAW, 1, RATE, RATE, 1, 8, 0)
    body = samples + _SILENCE * (len(samples) % 2)
    parts = b"WAVE" + _chunk(b"fmt ", shape) + _chunk(b"fact", struct.pack("<I", len(samples)))
    parts += b"data" + struct.pack("<I", len(samples)) + body
    return b"RIFF" + struct.pack("<I", len(parts)) + parts


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body


def _samples(data: bytes) -> bytes:
    """Return the samples of a WAV file of our one kind (取样本)."""
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise NoSound(_("这不是本页录的声音"))
    at, right = 12, False
    while at + 8 <= len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        body = data[at + 8 : at + 8 + size]
        if name == b"fmt ":
            right = len(body) >= 16 and struct.unpack_from("<HHI", body) == (_MULAW, 1, RATE)
        elif name == b"data":
            if not right:
                break
            return body
        at += 8 + size + size % 2
    raise NoSound(_("这不是本页录的声音"))
