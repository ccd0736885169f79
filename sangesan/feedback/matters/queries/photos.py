"""Photos (照片): the way to their files leads through the permission query."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Scope

from ..models import Attachment
from .access import matter_for
from .detail import submissions


def photo_for(scope: Scope, number: str, photo: int) -> Path:
    """Return the file of a photo (取照片): whoever reads what was said sees it.

    Raises NotFound, absent or not visible alike.
    """
    rows = Attachment.objects.filter(submission__in=submissions(scope, matter_for(scope, number)))
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
