"""Photos, voice notes and documents (照片、录音与文件): the way to their files leads through the permission query."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Scope

from ..models import Attachment, Enclosure, Matter, Recording, StepFile
from .access import matter_for
from .detail import submissions


def photo_for(scope: Scope, number: str, photo: int) -> Path:
    """Return the file of a photo (取照片): whoever reads what was said sees it.

    Raises NotFound, absent or not visible alike.
    """
    return _file(Attachment, scope, number, photo)


def recording_for(scope: Scope, number: str, recording: int) -> Path:
    """Return the file of a voice note (取录音), as `photo_for` does of a photo."""
    return _file(Recording, scope, number, recording)


def enclosure_for(scope: Scope, number: str, enclosure: int) -> Path:
    """Return the file of a document (取文件), as `photo_for` does of a photo."""
    return _file(Enclosure, scope, number, enclosure)


def step_files(matter: Matter) -> list[StepFile]:
    """Return what was handed in with the steps of a matter (办理附件), oldest first; the caller holds the matter."""
    return list(matter.step_files.order_by("at", "pk"))


def step_file_for(scope: Scope, number: str, pk: int) -> tuple[StepFile, Path]:
    """Return a file of a step (取办理附件): whoever reads the matter sees it. Raises NotFound."""
    matter = matter_for(scope, number)
    found = matter.step_files.filter(pk=pk).first() if pk < 2**63 else None
    if found is None or not where(found.name, found.ending).is_file():
        raise NotFound()
    return found, where(found.name, found.ending)


def _file(table: type[Attachment] | type[Recording] | type[Enclosure], scope: Scope, number: str, pk: int) -> Path:
    rows = table.objects.filter(submission__in=submissions(scope, matter_for(scope, number)))
    found = rows.filter(pk=pk).first() if pk < 2**63 else None
    if found is None or not where(found.name, found.ending).is_file():
        raise NotFound()
    return where(found.name, found.ending)


def shelf() -> Path:
    """Return where the files stand (照片目录)."""
    return settings.DATA / "files"


def where(name: str, ending: str = ".jpg") -> Path:
    """Return the file of a name (存放位置); names are random and made here, never sent."""
    return shelf() / name[:2] / f"{name}{ending}"
