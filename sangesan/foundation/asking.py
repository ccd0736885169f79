"""Questions written out in SQL (直接查询), for what every request asks: building a query of the ORM takes longer than
answering it."""

from __future__ import annotations

from collections.abc import Iterable
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
