"""Voice notes (录音) of what was said: rebuilt in memory, shelved beside the photos. Never of the anonymous."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError
from sangesan.foundation.ids import random_id
from sangesan.foundation.sounds import rebuild

from ..models import Recording
from ..words import ANONYMOUS


@dataclass(frozen=True)
class Voice:
    """A voice note not yet stored (待存录音): rebuilt from its samples, with a random name."""

    name: str
    content: bytes
    seconds: int
    ending: ClassVar[str] = ".wav"


def develop(sent: bytes, *, mode: str) -> list[Voice]:
    """Rebuild what was sent (重建录音), [] for nothing. Raises UserError when it can't be kept.

    A voice tells who speaks, so the anonymous are asked to write instead.
    """
    if not sent:
        return []
    if mode == ANONYMOUS:
        raise UserError(_("没有提交"), why=_("匿名反映不收录音，声音会让人听出是谁"),
                        next=_("请改用文字，或换一种署名方式"), code="voice")
    sound = rebuild(sent)
    return [Voice(secrets.token_hex(16), sound.content, sound.seconds)]


def rows(voices: list[Voice], *, submission: int) -> list[Recording]:
    """Return the rows to be stored with the submission (录音记录)."""
    return [Recording(pk=random_id(), submission_id=submission, name=voice.name, size=len(voice.content),
                      seconds=voice.seconds) for voice in voices]
