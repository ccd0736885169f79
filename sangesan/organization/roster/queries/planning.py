"""The plan of an import (导入计划): what each row would do to the organisation as it stands."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from sangesan.foundation.sheets.tables import Row, Table

from .appointment_rows import plan_appointments
from .changes import Change, Plan
from .people_rows import plan_people, plan_posts
from .present import Present, present
from .unit_rows import Units, plan_units


def plan(tables: dict[str, Table], day: date) -> Plan:
    """Return the plan of a workbook (预览) as of a day; wrong rows carry their reasons."""
    now = present(day)
    for row in (row for table in tables.values() for row in table.rows):
        row.judged_again()
    rows = {name: table.rows for name, table in tables.items()}
    units = Units(now, rows.get("单位", []))
    found = Plan(tables)
    made = found.changes
    if "单位" in rows:
        made["单位"] = plan_units(units, rows["单位"])
    if "人员" in rows:
        made["人员"] = plan_people(now, units, rows["人员"])
    if "岗位" in rows:
        made["岗位"] = plan_posts(now, units, rows["岗位"])
    if "任职" in rows:
        broken = _broken(made.get("人员", []), "工号", "人员") | _broken(made.get("岗位", []), "岗位编码", "岗位")
        people = {number for number, person in now.people.items() if not person.until or person.until > day}
        people |= {row["工号"] for row in rows.get("人员", []) if not row.faults}
        posts = _posts(now, rows.get("岗位", []))
        made["任职"] = plan_appointments(now, people, posts, rows["任职"], broken)
    return found


def _posts(now: Present, rows: list[Row]) -> dict[str, tuple[str, bool]]:
    """Return role and head of every post that will stand (导入后的岗位)."""
    posts = {post.code: (post.role, post.head) for post in now.posts.values() if not post.until or post.until > now.day}
    for row in rows:
        if not row.faults:
            code, head = row["岗位编码"], row["负责人"]
            before = posts.get(code, ("", False))[1]
            posts[code] = (row["岗位类别"], before if head is None else head)
    return posts


def _broken(changes: list[Change], column: str, sheet: str) -> dict[str, str]:
    return {
        change.row[column]: _("%(column)s“%(key)s”在“%(sheet)s”表第 %(line)s 行，那一行有错")
        % {"column": column, "key": change.row[column], "sheet": sheet, "line": change.row.line}
        for change in changes if change.row.faults and change.row[column] and change.target is None
    }
