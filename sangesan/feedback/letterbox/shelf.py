"""Where answers lie in the box (取件架): the batch that is read, and beside it the one that is coming in.

A batch is a folder of portions, each named by the first name in it. Only when its last portion has
come does it take the place of the one before: a reader meets the old answers or the new ones.
"""

from __future__ import annotations

import os
import secrets as random
import shutil
from bisect import bisect_right
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from sangesan.foundation import hpke, parcels

from . import answers
from .answers import NoAnswers, Portion


def put(portion: Portion) -> int:
    """Put a portion of answers into the box (装入答复), in its turn; the last one puts the batch in force.

    Return how many answers of this batch are in.
    """
    folder, now = _folder(portion.batch), _batch()
    if portion.part == 0 and not folder.exists():
        _clear(kept={now})
        folder.mkdir(mode=0o700)
    before = [name for name in (os.listdir(folder) if folder.exists() else ()) if name != portion.first]
    if portion.batch == now or len(before) != portion.part:
        raise NoAnswers(_("前面的几份没有装进来，或者同时有人在装另一批"))
    _write(folder / portion.first, portion.data)
    if portion.last:
        _write(_pointer(), portion.batch.encode())
        _clear(kept={portion.batch})
    return len(portion.sizes)


def read(code: str) -> dict[str, Any] | None:
    """Return the answer of a receipt (凭回执取答复); None for a wrong one, or when nothing has come yet."""
    found = answers.lock(code)
    plain = hpke.unseal(found.private, _lying(found.slot), info=answers.INFO)
    if plain is None:
        return None
    try:
        return parcels.unpack(plain)[0]
    except parcels.Spoilt:
        return None


def _lying(slot: str) -> bytes:
    """Return what lies under a name (取密封件); any other one for a name that is not there, for the same work."""
    for _turn in range(2):  # a batch that is replaced between two looks is looked for once more
        try:
            folder = _folder(_batch())
            names = sorted(os.listdir(folder))
            with (folder / names[max(0, bisect_right(names, slot) - 1)]).open("rb") as file:
                sizes = answers.sizes(file.readline())
                at, spare = file.tell(), (0, 0)
                for name, size in sizes:
                    spare, at = (at, size), at + size
                    if name == slot:
                        break
                file.seek(spare[0])
                return file.read(spare[1])
        except FileNotFoundError:
            continue
    return b""


def _batch() -> str:
    """Return the batch that is read (现行批号), '-' before the first has come."""
    try:
        said = _pointer().read_bytes()[:64].decode("ascii", "replace")
    except FileNotFoundError:
        return "-"
    return said if answers.SLOT.fullmatch(said) else "-"


def _clear(*, kept: set[str]) -> None:
    """Take away the batches that are over, and those that never came in whole (清除旧批次)."""
    for path in _pointer().parent.glob("answers.*"):
        if path.is_dir() and path.suffix[1:] not in kept:
            shutil.rmtree(path, ignore_errors=True)


def _write(target: Path, data: bytes) -> None:
    spare = Path(settings.DATA) / f"answers-{random.token_hex(8)}"
    with open(spare, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    spare.rename(target)


def _folder(batch: str) -> Path:
    return Path(settings.DATA) / f"answers.{batch}"


def _pointer() -> Path:
    return Path(settings.DATA) / "answers"
