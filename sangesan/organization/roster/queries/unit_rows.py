"""Checking the sheet 单位 (检查单位表): known parents, one line, no ring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sangesan.foundation.sheets.suggest import Suggester
from sangesan.foundation.sheets.tables import Row
from sangesan.organization.units.models import Kind, Line
from sangesan.organization.units.queries import HOLDS_LINES, valid_code

from .changes import Change, refuse_doubles
from .present import Present


@dataclass(frozen=True)
class Known:
    """A unit as it will be after the import (导入后的单位)."""

    name: str
    kind: str
    line: str
    opened: date


class Units:
    """The units that stand or are to stand (单位名录), with those whose row is wrong."""

    def __init__(self, present: Present, rows: list[Row]) -> None:
        day = present.day
        self.present = present
        self.known = {
            code: Known(unit.name, unit.kind, unit.line, unit.opened)
            for code, unit in present.units.items() if unit.closed is None or unit.closed > day
        }
        self.rows = {row["编码"]: row for row in reversed(rows) if row["编码"]}
        for code, row in self.rows.items():
            old = self.known.get(code)
            line = row["条线"] or (old.line if old else Line.ADMINISTRATION.value)
            opened = old.opened if old else row["设立日期"] or day
            self.known[code] = Known(row["名称"] or code, row["类别"] or "", line, opened)
        self._suggester = Suggester({code: unit.name for code, unit in self.known.items()})

    def fault(self, code: str, column: str) -> str:
        """Say what is wrong with naming this unit (引用检查), or ''."""
        if code not in self.known:
            return _("%(column)s“%(code)s”没有这个单位") % {"column": column, "code": code} + self._suggester.hint(code)
        row = self.rows.get(code)
        if row is not None and row.faults and code not in self.present.units:
            said = {"column": column, "code": code, "line": row.line}
            return _("%(column)s“%(code)s”在“单位”表第 %(line)s 行，那一行有错") % said
        return ""


def plan_units(units: Units, rows: list[Row]) -> list[Change]:
    """Return what each row of 单位 does, all faults noted in the rows."""
    refuse_doubles(rows, "编码")
    for row in rows:
        if row["编码"] and row["名称"]:
            _check_row(units, row)
    _refuse_rings(units)
    _pass_faults_down(units)
    return [_change(units.present, row) for row in rows]


def _check_row(units: Units, row: Row) -> None:
    code, parent, present = row["编码"], row["上级编码"], units.present
    old, new = present.units.get(code), units.known[code]
    if not valid_code(code):
        row.faults.append(_("“编码”只能用字母、数字和短横线"))
    if old and old.closed and old.closed <= present.day:
        row.faults.append(_("单位 %(code)s 已于 %(day)s 撤销") % {"code": code, "day": old.closed})
    if old and old.line != new.line:
        row.faults.append(_("单位不能换条线，请另设单位"))
    if parent is None and old is None and new.kind not in HOLDS_LINES:
        row.faults.append(_("缺“上级编码”（只有矿和集团可以没有）"))
    if parent is not None:
        if fault := units.fault(parent, "上级编码"):
            row.faults.append(fault)
        elif units.known[parent].line != new.line and units.known[parent].kind not in HOLDS_LINES:
            row.faults.append(_("上级“%(name)s”属于另一条线；所管的行政单位请填在“覆盖单位”")
                              % {"name": units.known[parent].name})
    told = any("班次" in fault or "几天一倒" in fault for fault in row.faults)
    if not told and bool(row["几天一倒"]) != ("、" in (row["班次"] or "")):
        row.faults.append(_("轮着上几个班的要填“几天一倒”，只上一个班的不填"))
    covers = row["覆盖单位"] or []
    if covers and new.line == Line.ADMINISTRATION:
        row.faults.append(_("行政单位不填“覆盖单位”"))
    row.faults += [fault for each in covers if (fault := units.fault(each, "覆盖单位"))]


def _refuse_rings(units: Units) -> None:
    above = dict(units.present.parents)
    above |= {code: row["上级编码"] for code, row in units.rows.items() if row["上级编码"]}
    for code, row in units.rows.items():
        way, here = [code], above.get(code)
        while here is not None and here not in way:
            way.append(here)
            here = above.get(here)
        if here == code:
            row.faults.append(_("单位绕成一圈：") + " → ".join([*way, code]))


def _pass_faults_down(units: Units) -> None:
    """Refuse the new rows that hang under a refused new row, level by level."""
    below: dict[str, list[str]] = {}
    for code, row in units.rows.items():
        below.setdefault(row["上级编码"] or "", []).append(code)
    todo = [code for code, row in units.rows.items() if row.faults and code not in units.present.units]
    while todo:
        for code in below.get(todo.pop(), []):
            row = units.rows[code]
            if not row.faults:
                row.faults.append(units.fault(row["上级编码"], "上级编码"))
                if code not in units.present.units:
                    todo.append(code)


def _change(present: Present, row: Row) -> Change:
    code = row["编码"]
    old = present.units.get(code) if code else None
    change = Change(row, f"{row['名称'] or ''} {code or ''}".strip(), old)
    if old and not row.faults:
        change.compare("名称", old.name, row["名称"])
        change.compare("类别", Kind(old.kind).label, Kind(row["类别"]).label)
        change.compare("上级编码", present.parents.get(code, ""), row["上级编码"])
        change.compare("顺序", old.position, row["顺序"])
        covers = row["覆盖单位"]
        change.compare("覆盖单位", sorted(present.covers.get(code, ())), sorted(set(covers)) if covers else None)
        turns, days = present.shifts.get(code, ("", 0))
        change.compare("班次", turns, row["班次"])
        if row["班次"]:
            change.compare("几天一倒", days, row["几天一倒"] or 0)
    return change
