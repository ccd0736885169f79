"""Keeping photos of a finding (存整改照片): rebuilt, a few at most, bound to the words of their fact."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.pictures import Picture, rebuild_all

from ..models import Finding, Photo

MOST = 4
"""Photos of one step (每步照片张数上限)."""


def developed(sent: Sequence[bytes]) -> list[Picture]:
    """Rebuild what was sent (重建照片), before anything else is written. Raises NoPicture."""
    return rebuild_all(sent, MOST)


def kept(finding: Finding, of: str, pictures: Sequence[Picture]) -> str:
    """Keep photos (存照片) and return what the words of the fact say of them, '' for none."""
    rows = [Photo(finding=finding, of=of, content=one.content, digest=sha256(one.content).hexdigest(), at=clock.now())
            for one in pictures]
    Photo.objects.bulk_create(rows)
    return "\n".join(_("照片 %s") % row.digest for row in rows)
