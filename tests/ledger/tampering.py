"""Tampering (篡改): what someone with the database in hand can do, for the tests of verification."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from sangesan.foundation import append_only


class Undo(Exception):
    """Leave the block and forget what was done in it."""


@contextmanager
def unguarded():
    """Take the triggers away (拆下触发器) until the end of the block."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for one in append_only._tables.values():
            for name in append_only.triggers(one, connection.vendor):
                on = f' ON "{one.table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{on}')
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    append_only.install()


@contextmanager
def for_a_moment():
    """Undo everything at the end of the block (事后还原)."""
    try:
        with transaction.atomic():
            with unguarded():
                with connection.cursor() as cursor:
                    if connection.vendor == "postgresql":
                        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                    yield cursor
                    raise Undo
    except Undo:
        pass


def values(table: str, column: str) -> list[tuple[Any, Any]]:
    """Return (row id, value) of a column (列值), as the database would take it back."""
    row = "ctid::text" if connection.vendor == "postgresql" else "rowid"
    kept = column if connection.vendor == "postgresql" else append_only.stored(column, "sqlite")
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {row}, {kept}, {column} FROM "{table}"')
        return [(r[0], r[2] if isinstance(r[2], int) else r[1]) for r in cursor.fetchall() if r[2] is not None]


def put(cursor, table: str, column: str, row: Any, value: Any) -> None:
    """Write one value (写入)."""
    if connection.vendor == "postgresql":
        cursor.execute(f'UPDATE "{table}" SET {column} = %s WHERE ctid = %s::tid', [value, row])
        return
    binary = column in ("salt", "content", "commitment", "root", "previous", "signature", "digest") and not (
        table.startswith("evidence") and column == "digest")
    as_text = isinstance(value, bytes) and not binary
    cursor.execute(f'UPDATE "{table}" SET {column} = {"CAST(%s AS TEXT)" if as_text else "%s"} WHERE rowid = %s',
                   [value, row])


def flip(value: Any, bit: int) -> Any:
    """Flip one bit (翻转一位) of a stored value."""
    if isinstance(value, int):
        return value ^ (1 << bit % 30)
    if isinstance(value, datetime):
        return value + timedelta(microseconds=1 << bit % 40)
    if isinstance(value, date):
        return date.fromordinal(value.toordinal() ^ (1 << bit % 10))
    raw = bytearray(value.encode() if isinstance(value, str) else bytes(value))
    if not raw:
        return "x" if isinstance(value, str) else b"x"
    raw[bit // 8 % len(raw)] ^= 1 << bit % 8
    return raw.decode("latin-1") if isinstance(value, str) else bytes(raw)
