"""Counting (汇总): counts of the duties by unit, routine and month; only months in which something happened."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db import connection, transaction

from sangesan.execution.duties.models import Duty, Happening
from sangesan.foundation import clock
from sangesan.method.duty_status import NEVER_MISSED

from ..models import Beneath, Completeness
from ..queries.completeness import FIELDS

_SUM = """
    SELECT %s, {routine}, d.unit_id, d.line, d.path,
      SUM(CASE WHEN h.what = 'done' AND h.at <= d.due THEN 1 ELSE 0 END),
      SUM(CASE WHEN h.what = 'done' AND h.at > d.due THEN 1 ELSE 0 END),
      SUM(CASE WHEN h.what IS NULL AND d.closes < %s THEN 1 ELSE 0 END),
      SUM(CASE WHEN h.what = 'exempted' THEN 1 ELSE 0 END),
      SUM(CASE WHEN h.what IS NULL AND d.closes >= %s THEN 1 ELSE 0 END)
    FROM duties_duty d {join}
      LEFT JOIN duties_happening h ON h.duty_id = d.id AND h.withdrawn_at IS NULL
        AND h.what IN ('done', 'exempted', 'cancelled')
    WHERE d.nominal >= %s AND d.nominal < %s AND (h.what IS NULL OR h.what <> 'cancelled')
      AND d.origin_id NOT IN (SELECT id FROM duties_origin WHERE kind IN ({never}))
    GROUP BY d.unit_id, d.line, d.path{group}
"""
_NEVER = ", ".join(f"'{kind}'" for kind in NEVER_MISSED)
_ROUTINE = """JOIN routines_force f ON f.origin_id = d.origin_id
      JOIN routines_version v ON v.id = f.version_id"""


def count_due(day: date) -> int:
    """Count anew the months that a day touched (汇总): its own, and those of what was settled on it."""
    start = datetime.combine(day, time(0), clock.LOCAL)
    end = start + timedelta(days=1)
    months = {day.replace(day=1)}
    late = Happening.objects.filter(entered_at__gte=start, entered_at__lt=end) | Happening.objects.filter(
        withdrawn_at__gte=start, withdrawn_at__lt=end)
    closed = Duty.objects.filter(due__gte=start - timedelta(days=31), due__lt=end, closes__gte=start, closes__lt=end)
    for nominal in {*late.values_list("duty__nominal", flat=True), *closed.values_list("nominal", flat=True)}:
        months.add(nominal.replace(day=1))
    for month in sorted(months):
        count(month)
    return len(months)


@transaction.atomic
def count(month: date) -> None:
    """Count one month (汇总一个月), replacing what was counted before."""
    after = (month + timedelta(days=31)).replace(day=1)
    now = connection.ops.adapt_datetimefield_value(clock.now())
    days = [connection.ops.adapt_datefield_value(each) for each in (month, month, after)]
    Completeness.objects.filter(month=month)._raw_delete("default")
    columns = "month, routine, unit_id, line, path, on_time, late, missing, exempt, running"
    with connection.cursor() as cursor:
        for routine, join, group in (("v.routine_id", _ROUTINE, ", v.routine_id"), ("0", "", "")):
            cursor.execute(f"INSERT INTO routines_completeness ({columns})" + _SUM.format(
                routine=routine, join=join, group=group, never=_NEVER), [days[0], now, now, days[1], days[2]])
    _sum_up(month)


def _sum_up(month: date) -> None:
    """Add up what stands below each unit (逐级合计); a unit with nothing below it is its own cell."""
    Beneath.objects.filter(month=month)._raw_delete("default")
    sums: dict[tuple[str, int], list[int]] = {}
    rows = Completeness.objects.filter(month=month).values_list("path", "routine", *FIELDS)
    paths = {path: _above(path) for path in set(rows.order_by().values_list("path", flat=True).distinct())}
    parents = {above for ways in paths.values() for above in ways}
    for path, routine, *counts in rows.order_by().iterator(chunk_size=5000):
        for above in (*paths[path], *((path,) if path in parents else ())):
            cell = sums.setdefault((above, routine), [0] * len(FIELDS))
            for place, count in enumerate(counts):
                cell[place] += count
    Beneath.objects.bulk_create([
        Beneath(month=month, routine=routine, path=path, **dict(zip(FIELDS, counts, strict=True)))
        for (path, routine), counts in sums.items()], batch_size=2000)


def _above(path: str) -> list[str]:
    """Return the paths of all units above one (上级路径)."""
    parts = path.split("/")[:-2]
    return ["/".join(parts[:n]) + "/" for n in range(1, len(parts) + 1)]


def rebuild() -> int:
    """Count everything anew (重建汇总) and return how many months there are."""
    Completeness.objects.all()._raw_delete("default")
    today = clock.today().replace(day=1)
    months = sorted(m for m in set(Duty.objects.dates("nominal", "month")) if m <= today)
    for month in months:
        count(month)
    return len(months)
