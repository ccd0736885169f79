"""Photos (照片) of what was said: developed in memory, shelved under random names, never dated by the hour."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import ClassVar, Protocol

from sangesan.foundation import clock
from sangesan.foundation.ids import random_id
from sangesan.foundation.pictures import rebuild_all

from ..models import Attachment, Enclosure, Recording, StepFile
from ..queries.photos import shelf, where

MOST = 6
"""Photos of one submission (照片张数上限)."""


class Kept(Protocol):
    """What has a file on the shelf (存件): a photo, a voice note or a document."""

    name: str
    content: bytes
    ending: str


@dataclass(frozen=True)
class Photo:
    """A photo not yet stored (待存照片): rebuilt from its pixels, with a random name."""

    name: str
    content: bytes
    width: int
    height: int
    ending: ClassVar[str] = ".jpg"


def develop(sent: Sequence[bytes]) -> list[Photo]:
    """Rebuild what was sent (重建照片). Raises UserError naming the one that can't be kept."""
    return [Photo(secrets.token_hex(16), picture.content, picture.width, picture.height)
            for picture in rebuild_all(sent, MOST)]


def shelve(kept: Sequence[Kept], *, day: date) -> None:
    """Write the files (存照片和录音), durably, before the rows that name them are committed."""
    for one in kept:
        target = where(one.name, one.ending)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        spare = target.with_suffix(".part")
        with open(spare, "xb") as file:
            file.write(one.content)
            file.flush()
            os.fsync(file.fileno())
        _undate(spare, day)
        spare.rename(target)
        _undate(target.parent, day)


def discard(kept: Sequence[Kept]) -> None:
    """Take the files away again (撤下) when the rows were not stored."""
    for one in kept:
        where(one.name, one.ending).unlink(missing_ok=True)


def rows(photos: Sequence[Photo], *, submission: int) -> list[Attachment]:
    """Return the rows to be stored with the submission (照片记录)."""
    return [Attachment(pk=random_id(), submission_id=submission, name=photo.name, size=len(photo.content),
                       width=photo.width, height=photo.height) for photo in photos]


def sweep(*, day: date) -> int:
    """Remove files from before a day whose rows were never stored (清理残件); safe to run twice."""
    removed, floor = 0, _midnight(day)
    for folder in shelf().glob("??"):
        files = {path.stem: path for path in folder.iterdir() if path.stat().st_mtime < floor}
        known = {name for table in (Attachment, Recording, Enclosure, StepFile)
                 for name in table.objects.filter(name__in=list(files)).values_list("name", flat=True)}
        for name, path in files.items():
            if name not in known or path.suffix == ".part":
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def tidy() -> int:
    """Sweep what the day before yesterday and earlier left behind (每日清理残件), once a day."""
    return sweep(day=clock.today() - timedelta(days=1))


def _undate(path: Path, day: date) -> None:
    """Give a file the day and no hour (抹去时刻)."""
    os.utime(path, (_midnight(day),) * 2)


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), clock.LOCAL).timestamp()
