"""Photos (照片): the way to their files leads through the permission query."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db.models import Q

from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Scope

from ..models import Attachment
from .access import matter_for


def photo_for(scope: Scope, number: str, photo: int) -> Path:
    """Return the file of a photo (取照片): whoever has the matter has what was said in it.

    Raises NotFound, absent or not visible alike.
    """
    matter = matter_for(scope, number)
    ours = Q(submission__matter=matter) | Q(submission__matter__parent=matter)
    rows = Attachment.objects.filter(ours, submission__withdrawn=None)
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
