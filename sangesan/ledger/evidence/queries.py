"""Reads of evidence (佐证查询). Whoever shows the words asks the door of their fact's subject first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from django.db import connection

from sangesan.foundation.append_only import as_bytes, as_text, stored

from .models import Erasure, Evidence


def digest_of(*, salt: bytes, kind: str, day: date, content: bytes) -> str:
    """Return the digest that binds words to their facts (佐证摘要), in hexadecimal."""
    return sha256(b"\x00".join([bytes(salt), kind.encode(), day.isoformat().encode(), bytes(content)])).hexdigest()


def text_of(digest: str) -> str | None:
    """Return the words (佐证文字); None when they were erased."""
    row = Evidence.objects.filter(digest=digest).values_list("content", flat=True).first()
    return None if row is None else bytes(row).decode()


def words_of(digests: Iterable[str]) -> dict[str, str]:
    """Return the words of many (多条佐证文字), by digest; those that were erased are missing."""
    rows = Evidence.objects.filter(digest__in=sorted(set(digests))).values_list("digest", "content")
    return {digest: bytes(content).decode() for digest, content in rows}


def erased_on(digest: str) -> int | None:
    """Return the id of the fact that tells of the erasure (清除条目); None when there is none."""
    return Erasure.objects.filter(digest=digest).values_list("record", flat=True).first()


def faults(digests: Iterable[str]) -> dict[str, str]:
    """Return what is not as it was with words that facts refer to (佐证核验).

    Gives for a digest "altered", "missing", or "there" in spite of its erasure.
    """
    wanted = sorted(set(digests))
    rows = _as_stored("evidence_evidence", ("kind", "day"), wanted, ("salt", "content"))
    gone = _as_stored("evidence_erasure", ("record",), wanted, ())
    found = {}
    for digest in wanted:
        if digest in gone:
            if digest in rows:
                found[digest] = "there"
        elif digest not in rows:
            found[digest] = "missing"
        else:
            kind, day, salt, content = rows[digest]
            parts = [as_bytes(salt), kind.encode(), day.encode(), as_bytes(content)]
            if sha256(b"\x00".join(parts)).hexdigest() != digest:
                found[digest] = "altered"
    return found


def erasures() -> dict[int, str]:
    """Return all erasures (清除登记): id of the fact that tells of it → digest, as stored."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT record, {stored('digest', connection.vendor)} FROM evidence_erasure")  # noqa: S608
        return {record: as_text(digest) for record, digest in cursor.fetchall()}


def _as_stored(table: str, columns: tuple[str, ...], digests: list[str], raw: tuple[str, ...]) -> dict[str, tuple]:
    """Return rows by digest, their columns exactly as stored (原样读取)."""
    if not digests:
        return {}
    chosen = ", ".join(["digest", *(stored(c, connection.vendor) for c in columns), *raw])
    marks = ", ".join(["%s"] * len(digests))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {chosen} FROM {table} WHERE digest IN ({marks})", digests)  # noqa: S608
        end = 1 + len(columns)
        return {r[0]: (*(as_text(v) for v in r[1:end]), *r[end:]) for r in cursor.fetchall()}
