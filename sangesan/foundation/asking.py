"""Questions written out in SQL (直接查询), for what every request asks: building a query of the ORM takes longer than
answering it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection


def asked(sql: str, **values: Any) -> list[tuple]:
    """Ask the database (查询) and return its rows; values stand as %(name)s."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def listed(ids: Iterable[int]) -> str:
    """Return ids as they stand in IN (…) (编号列表); none of them is NULL, which nothing equals.

    >>> listed([3, 1]), listed([])
    ('3,1', 'NULL')
    """
    return ",".join(str(int(pk)) for pk in ids) or "NULL"


def dated(day: date | str | None) -> date | None:
    """Return a day (日期) as it came: SQLite keeps days as text.

    >>> dated("2026-11-24"), dated(date(2026, 11, 24)), dated(None)
    (datetime.date(2026, 11, 24), datetime.date(2026, 11, 24), None)
    """
    return date.fromisoformat(day) if isinstance(day, str) else day
