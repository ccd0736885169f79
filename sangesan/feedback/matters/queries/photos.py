"""Photos (照片): which ones a matter has, and the way to their files, through the permission query."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Scope

from ..models import Attachment, Matter
from .access import matter_for


def photos_of(matter: Matter) -> list[Attachment]:
    """Return the photos of a matter (事项照片); whoever has the matter has them."""
    return list(Attachment.objects.filter(submission__matter=matter).order_by("submission__day", "pk"))


def photo_for(scope: Scope, number: str, photo: int) -> Path:
    """Return the file of a photo (取照片). Raises NotFound, absent or not visible alike."""
    rows = Attachment.objects.filter(submission__matter=matter_for(scope, number))
    name = rows.filter(pk=photo).values_list("name", flat=True).first() if photo < 2**63 else None
    if name is None or not where(name).is_file():
        raise NotFound()
    return where(name)


def shelf() -> Path:
    """Return where the files stand (照片目录)."""
    return settings.DATA / "files"


def where(name: str) -> Path:
    """Return the file of a name (照片文件); names are random and made here, never sent."""
    return shelf() / name[:2] / f"{name}.jpg"
