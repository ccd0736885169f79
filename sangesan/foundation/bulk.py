"""Bulk writing (成批写入): very many rows into one table; the one place that knows how each engine likes it.

PostgreSQL takes rows by COPY, a stream without an answer for each; SQLite one prepared statement many
times. Rows stand as the database takes them: whoever pours them has made them ready.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection


def pour(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows into a table (成批写入), in the caller's transaction; names are our own, never typed by anybody."""
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    into = f"{connection.ops.quote_name(table)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)  # noqa: S608 - our own names
