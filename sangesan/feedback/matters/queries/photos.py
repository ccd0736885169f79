"""Photos and voice notes (照片与录音): the way to their files leads through the permission query."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Scope

from ..models import Attachment, Recording
from .access import matter_for
from .detail import submissions


def photo_for(scope: Scope, number: str, photo: int) -> Path:
    """Return the file of a photo (取照片): whoever reads what was said sees it.

    Raises NotFound, absent or not visible alike.
    """
    return _file(Attachment, scope, number, photo, ".jpg")


def recording_for(scope: Scope, number: str, recording: int) -> Path:
    """Return the file of a voice note (取录音), as `photo_for` does of a photo."""
    return _file(Recording, scope, number, recording, ".wav")


def _file(table: type[Attachment] | type[Recording], scope: Scope, number: str, pk: int, ending: str) -> Path:
    rows = table.objects.filter(submission__in=submissions(scope, matter_for(scope, number)))
    name = rows.filter(pk=pk).values_list("name", flat=True).first() if pk < 2**63 else None
    if name is None or not where(name, ending).is_file():
        raise NotFound()
    return where(name, ending)


def shelf() -> Path:
    """Return where the files stand (照片目录)."""
    return settings.DATA / "files"


def where(name: str, ending: str = ".jpg") -> Path:
    """Return the file of a name (存放位置); names are random and made here, never sent."""
    return shelf() / name[:2] / f"{name}{ending}"
