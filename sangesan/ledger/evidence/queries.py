"""Reads of evidence (佐证查询). Whoever shows the words asks the door of their fact's subject first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from .models import Erasure, Evidence


def digest_of(*, salt: bytes, kind: str, day: date, content: bytes) -> str:
    """Return the digest that binds words to their facts (佐证摘要), in hexadecimal."""
    return sha256(b"\x00".join([bytes(salt), kind.encode(), day.isoformat().encode(), bytes(content)])).hexdigest()


def text_of(digest: str) -> str | None:
    """Return the words (佐证文字); None when they were erased."""
    row = Evidence.objects.filter(digest=digest).values_list("content", flat=True).first()
    return None if row is None else bytes(row).decode()


def erased_on(digest: str) -> int | None:
    """Return the id of the fact that tells of the erasure (清除条目); None when there is none."""
    return Erasure.objects.filter(digest=digest).values_list("record", flat=True).first()


def kinds_before(day: date) -> Iterable[tuple[str, str]]:
    """Return (digest, kind) of all words kept before a day (某日前的佐证), for retention."""
    return Evidence.objects.filter(day__lt=day).values_list("digest", "kind").iterator()


def faults(digests: Iterable[str]) -> dict[str, str]:
    """Return what is wrong with words that facts refer to (佐证核验): digest → altered, erased or missing."""
    wanted = set(digests)
    rows = {e.digest: e for e in Evidence.objects.filter(digest__in=wanted)}
    gone = set(Erasure.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    found = {}
    for digest in wanted:
        if digest in gone:
            found[digest] = "erased"
        elif digest not in rows:
            found[digest] = "missing"
        else:
            e = rows[digest]
            if digest_of(salt=e.salt, kind=e.kind, day=e.day, content=e.content) != digest:
                found[digest] = "altered"
    return found
