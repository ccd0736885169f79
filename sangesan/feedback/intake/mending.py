"""Mending (整理) of what was sealed elsewhere: it can't go back to be put right, so what does not fit is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sangesan.feedback.matters.services.photos import MOST as MOST_PHOTOS
from sangesan.feedback.matters.services.steps import LONGEST
from sangesan.feedback.matters.words import CATEGORIES
from sangesan.foundation.pictures import NoPicture
from sangesan.foundation.pictures import rebuild as picture
from sangesan.foundation.sounds import NoSound
from sangesan.foundation.sounds import rebuild as sound
from sangesan.method.texts import kept
from sangesan.organization.units.models import Unit


def line(value: Any, most: int, *, breaks: bool = False) -> str:
    """Return words without what can't be kept (可保存的文字).

    >>> line("  井口\\x00结冰 ", 3)
    '井口结'
    """
    if not isinstance(value, str):
        return ""
    fit = (c for c in kept(value) if (c >= " " or (breaks and c in "\n\t")) and c != "\ufffd"
           and not "\ud800" <= c <= "\udfff")
    return "".join(fit).strip()[:most].strip()


def mended(words: dict[str, Any], files: Sequence[bytes]) -> dict[str, Any]:
    """Return what every channel takes (反映内容); no text means that nothing is there."""
    voiced = bool(words.get("voice")) and bool(files)
    photos = [file for file in (files[:-1] if voiced else files)[:MOST_PHOTOS] if _whole(picture, file)]
    voice = files[-1] if voiced and _whole(sound, files[-1]) else b""
    text, unit = line(words.get("text"), LONGEST, breaks=True), line(words.get("unit"), 33)
    if not text and (photos or voice):
        text = _("（没有写字，见照片和录音）")
    if text and (lost := len(files) - len(photos) - bool(voice)):
        note = "\n" + _("（另有 %d 个附件打不开，没有收下）") % lost
        text = text[: LONGEST - len(note)] + note
    return {
        "text": text, "photos": photos, "voice": voice, "place": line(words.get("place"), 80),
        "category": words["category"] if words.get("category") in list(CATEGORIES) else "",
        "unit": unit if unit and Unit.objects.filter(code=unit, closed=None).exists() else "",
    }


def _whole(rebuild: Callable[[bytes], object], file: bytes) -> bool:
    try:
        rebuild(file)
    except (NoPicture, NoSound):
        return False
    return True
