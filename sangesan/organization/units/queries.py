"""Reads of the unit tree at a date (单位查询)."""

from __future__ import annotations

from datetime import date

from django.db import connection

from .models import Coverage, Unit

_UP = """
WITH RECURSIVE up(id, depth) AS (
    SELECT %s, 0
    UNION ALL
    SELECT e.parent_id, up.depth + 1 FROM units_unitedge e JOIN up ON e.child_id = up.id
    WHERE e.since <= %s AND (e.until IS NULL OR e.until > %s) AND up.depth < 32
) SELECT id FROM up ORDER BY depth DESC
"""
_DOWN = """
WITH RECURSIVE down(id, depth) AS (
    SELECT %s, 0
    UNION ALL
    SELECT e.child_id, down.depth + 1 FROM units_unitedge e JOIN down ON e.parent_id = down.id
    WHERE e.since <= %s AND (e.until IS NULL OR e.until > %s) AND down.depth < 32
) SELECT id FROM down
"""


def lineage(unit: int, day: date) -> list[int]:
    """Return the ids from the root down to the unit (上级链) as they were on a day."""
    with connection.cursor() as cursor:
        cursor.execute(_UP, [unit, day, day])
        return [row[0] for row in cursor.fetchall()]


def subtree(unit: int, day: date) -> list[int]:
    """Return the ids of the unit and all below it (下辖单位) on a day."""
    with connection.cursor() as cursor:
        cursor.execute(_DOWN, [unit, day, day])
        return [row[0] for row in cursor.fetchall()]


def path_of(unit: int, day: date) -> str:
    """Return the unit path (单位路径) of a day: codes from the root, each closed by a slash."""
    ids = lineage(unit, day)
    codes = dict(Unit.objects.filter(pk__in=ids).values_list("pk", "code"))
    return "".join(f"{codes[i]}/" for i in ids)


def covered(branch: int, day: date) -> list[int]:
    """Return the administrative units a unit of a line covers (覆盖单位) on a day."""
    rows = Coverage.objects.filter(branch=branch, since__lte=day).exclude(until__lte=day)
    return list(rows.order_by("pk").values_list("unit_id", flat=True))
