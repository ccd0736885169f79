"""Stubs of seals (封存存根): number and digest of every seal, in a file beside the secrets.

Whoever has only the database can take the last seals away, change what they held and let the
server seal it anew: nothing inside the database would tell. The stubs stand outside it, lines are
only ever added, and the first line of a number counts. Lines read like the roots kept outside.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

from sangesan.foundation import clock

from .chain import Deposit, read_deposit
from .models import Seal

TAIL = 4096


def place() -> Path:
    """Return where the stubs of this database stand (存根文件)."""
    return Path(settings.DATA) / "seals" / f"{Path(str(connection.settings_dict['NAME'])).stem}.txt"


def listed() -> list[Deposit]:
    """Return the stubs (现有存根), each number once."""
    first: dict[int, Deposit] = {}
    for one in read_deposit(_whole(place())):
        first.setdefault(one.number, one)
    return list(first.values())


def keep() -> int:
    """Add the seals that have no stub yet (补存根) and return how many; safe to run twice.

    A number that was there before is left as it was: sealed again, it no longer fits.
    """
    path, last = place(), _last()
    rows = Seal.objects.filter(number__gt=last).order_by("number").values_list("day", "number", "digest")
    lines = "".join(f"{day} {number} {bytes(digest).hex()}\n" for day, number, digest in rows)
    if lines:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        torn = path.exists() and path.read_bytes()[-1:] not in (b"", b"\n")
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w") as out:
            out.write("\n" * torn + lines)
            out.flush()
            os.fsync(out.fileno())
    return lines.count("\n")


def set_aside() -> Path | None:
    """Put the stubs aside (存根另存) because another ledger takes the place of this one: after a restore."""
    path = place()
    if not path.exists():
        return None
    aside = path.with_name(f"{path.stem}-{clock.local(clock.wall()):%Y%m%d-%H%M%S}.before")
    return path.rename(aside)


def _last() -> int:
    """Return the greatest number with a stub (最大封号), read from the end of the file."""
    path = place()
    if not path.exists():
        return 0
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - TAIL, 0))
        lines = [line.split() for line in file.read().decode("ascii", "replace").splitlines()]
    return max((int(parts[1]) for parts in lines if _sound(parts)), default=0)


def _whole(path: Path) -> str:
    """Return the lines that were written wholly (完整的行): the last may be torn by a power cut."""
    text = path.read_text("ascii", "replace") if path.exists() else ""
    return "\n".join(line for line in text.splitlines() if _sound(line.split()))


def _sound(parts: list[str]) -> bool:
    return len(parts) == 3 and parts[1].isdecimal() and len(parts[2]) == 64
