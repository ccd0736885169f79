"""Checking the sheets 人员 and 岗位 (检查人员表、岗位表)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.foundation.sheets.tables import Row
from sangesan.organization.people.addresses import fault, number_fault
from sangesan.organization.people.models import ROLE_NAMES
from sangesan.organization.units.queries import valid_code

from .changes import Change, refuse_doubles
from .present import Present
from .sheets import ADDRESSES
from .unit_rows import Units


def plan_people(present: Present, units: Units, rows: list[Row]) -> list[Change]:
    """Return what each row of 人员 does."""
    refuse_doubles(rows, "工号")
    codes = {unit.pk: code for code, unit in present.units.items()}
    changes = []
    for row in rows:
        _check_unit(units, row)
        row.faults += [wrong for name, column in ADDRESSES.items() if (wrong := fault(name, row[column] or ""))]
        old = present.people.get(row["工号"] or "")
        if row["工号"] and not old and (wrong := number_fault(row["工号"])):
            row.faults.append(wrong)
        if old and old.until and old.until <= present.day:
            row.faults.append(_("工号 %(number)s 已于 %(day)s 离矿") % {"number": old.work_number, "day": old.until})
        change = Change(row, f"{row['姓名'] or ''} {row['工号'] or ''}".strip(), old)
        if old and not row.faults:
            change.compare("姓名", old.name, row["姓名"])
            change.compare("单位编码", codes[old.unit_id], row["单位编码"])
            change.compare("手机", old.phone, row["手机"])
            for name, column in ADDRESSES.items():
                change.compare(column, getattr(old, name), row[column])
        changes.append(change)
    return changes


def plan_posts(present: Present, units: Units, rows: list[Row]) -> list[Change]:
    """Return what each row of 岗位 does; a unit has one head in each line."""
    refuse_doubles(rows, "岗位编码")
    heads = {
        (post.unit_id, post.line): post.code
        for post in present.posts.values() if post.head and (post.until is None or post.until > present.day)
    }
    codes = {unit.pk: code for code, unit in present.units.items()}
    taken = {(codes[unit], line): code for (unit, line), code in heads.items()}
    changes = []
    for row in rows:
        _check_unit(units, row)
        old = present.posts.get(row["岗位编码"] or "")
        if not row.faults:
            _check_post(present, units, row, old, taken)
        change = Change(row, f"{row['岗位名称'] or ''} {row['岗位编码'] or ''}".strip(), old)
        if old and not row.faults:
            change.compare("岗位名称", old.title, row["岗位名称"])
            change.compare("岗位类别", ROLE_NAMES[old.role], ROLE_NAMES[row["岗位类别"]])
            change.compare("负责人", old.head, row["负责人"])
        changes.append(change)
    return changes


def line_of(units: Units, row: Row) -> str:
    """Return the line of a post row (岗位条线): its own word, else its unit's."""
    return row["条线"] or units.known[row["单位编码"]].line


def _check_unit(units: Units, row: Row) -> None:
    if row["单位编码"] and (fault := units.fault(row["单位编码"], "单位编码")):
        row.faults.append(fault)


def _check_post(present: Present, units: Units, row: Row, old, taken: dict[tuple[str, str], str]) -> None:
    code, unit, line = row["岗位编码"], row["单位编码"], line_of(units, row)
    if not valid_code(code):
        row.faults.append(_("“岗位编码”只能用字母、数字和短横线"))
    if old and old.until and old.until <= present.day:
        row.faults.append(_("岗位 %(code)s 已于 %(day)s 撤销") % {"code": code, "day": old.until})
    if old and (old.unit_id, old.line) != (getattr(present.units.get(unit), "pk", 0), line):
        row.faults.append(_("岗位不能换单位或条线，请另设岗位"))
    if row["负责人"]:
        other = taken.setdefault((unit, line), code)
        if other != code:
            row.faults.append(_("这个单位在这条线上的负责人岗位已是 %(post)s") % {"post": other})
