"""Checking one fact (逐条核验): body against commitment, columns against body.

Columns are read exactly as stored, so that a changed byte is found and never stops the reader.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.db import connection
from django.utils.translation import gettext as _

from sangesan.foundation.append_only import as_bytes, as_text, stored
from sangesan.foundation.clock import LOCAL
from sangesan.method.facts import KINDS

CHUNK = 2000
STREAMS = ("work", "speaker")
BODY = ("kind", "day", "subject", "unit", "line", "actor", "occurred_at", "recorded_at", "quantity", "reverses")


@dataclass(slots=True)
class Stored:
    """A fact as the database holds it (原样条目); `columns` is empty where there is no body."""

    id: int
    kind: str
    day: str
    stream: str
    commitment: bytes
    record: int | None
    salt: bytes
    raw: bytes
    columns: tuple[str, ...]


def walk() -> Iterator[list[Stored]]:
    """Read all facts in chunks (逐批读取), by id."""
    sql = f"{_select()} WHERE f.id > %s ORDER BY f.id LIMIT {CHUNK}"
    last = -(2**63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(sql, [last])
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield [_stored(row) for row in rows]


def some(ids: Iterable[int]) -> Iterator[Stored]:
    """Read some facts (读若干条), by id; those that are gone are missing."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start:start + CHUNK]
        with connection.cursor() as cursor:
            cursor.execute(f"{_select()} WHERE f.id IN ({', '.join(['%s'] * len(part))}) ORDER BY f.id", part)
            yield from (_stored(row) for row in cursor.fetchall())


def _select() -> str:
    """Return the statement that reads facts exactly as stored (原样读取)."""
    as_is = [stored(f"f.{c}", connection.vendor) for c in ("kind", "day", "stream")]
    as_is += ["f.commitment", "e.record_id", "b.fact_id", "b.salt", "b.content"]
    as_is += [stored(f"b.{c}", connection.vendor) for c in BODY]
    return (
        f"SELECT f.id, {', '.join(as_is)} FROM facts_fact f LEFT JOIN facts_body b ON b.fact_id = f.id"  # noqa: S608
        " LEFT JOIN facts_erasure e ON e.fact_id = f.id"
    )


def _stored(row: tuple) -> Stored:
    there = row[6] is not None
    columns = tuple(as_text(v) for v in row[9:]) if there else ()
    return Stored(row[0], *(as_text(v) for v in row[1:4]), as_bytes(row[4]), row[5], as_bytes(row[7]) if there else b"",
                  as_bytes(row[8]) if there else b"", columns)


def fault(row: Stored) -> tuple[str, dict]:
    """Return what is wrong with a fact ('' when nothing) and its content (核验一条)."""
    if row.stream not in STREAMS:
        return _("所属的流被改动"), {}
    if not row.columns:
        return ("", {}) if row.record else (_("内容不见了，也没有清除记录"), {})
    if row.record:
        return _("内容已清除却又出现"), {}
    if sha256(row.salt + row.raw).digest() != row.commitment:
        return _("内容与封存值不符"), {}
    try:
        content = json.loads(row.raw)
        expected = _columns(content)
    except (ValueError, KeyError, TypeError, AttributeError):
        return _("内容不可读"), {}
    if row.kind != content["kind"] or row.kind not in KINDS:
        return _("类别被改动"), content
    if (len(content["recorded_at"]) == 10) != (row.stream == "speaker"):
        return _("所属的流被改动"), content
    if row.day != expected[1]:
        return _("日期被改动"), content
    for name, kept, wanted in zip(BODY, row.columns, expected, strict=True):
        if kept != wanted:
            return _("查询列 %(name)s 与内容不符") % {"name": name}, content
    return "", content


def _columns(content: dict) -> tuple[str, ...]:
    """Return the columns that a content must have (应有的列)."""
    happened, recorded = _moment(content["occurred_at"]), _moment(content["recorded_at"])
    return (
        content["kind"], happened.astimezone(LOCAL).strftime("%Y-%m-%d"), content["subject"], content["unit"],
        content["line"], content["actor"], happened.strftime("%Y-%m-%d %H:%M:%S"),
        recorded.strftime("%Y-%m-%d %H:%M:%S"), str(content["quantity"]), str(content["reverses"]),
    )


def _moment(text: str) -> datetime:
    """Return a moment or the first moment of a day (时刻), in UTC."""
    at = datetime.fromisoformat(text)
    return (at.replace(tzinfo=LOCAL) if at.tzinfo is None else at).astimezone(UTC)
