"""Hazards and violations (隐患、三违) from the system that holds them: counts of a unit and day, no person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.foundation.sheets.columns import Day, Sheet, Text, Whole
from sangesan.foundation.sheets.tables import Row, Table
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.ledger.facts.services import record, reverse
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import Actor, FigureRecorded
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import paths_of

from ..models import Figure
from ..queries.access import checkable, in_turn
from .said import SOURCE

COLUMNS = {"查出隐患": Figure.What.HAZARDS.value, "整改隐患": Figure.What.CLOSED.value,
           "三违": Figure.What.VIOLATIONS.value}
MOST_COUNT, MOST_SENT = 10_000, 1_000
SHEET = Sheet("隐患三违", (
    Day("日期", required=True), Text("单位编码", required=True, longest=32),
    *(Whole(name, most=MOST_COUNT) for name in COLUMNS),
), most=20_000)
PERSONAL = ("姓名", "工号", "身份证", "责任人", "违章人", "电话", "手机")
"""Columns that name persons (涉人列): a file with one of them is refused whole."""


@transaction.atomic
def take_figures(*, scope: Scope, workbook: bytes, source: str = "file") -> dict[str, int]:
    """Take in a workbook of counts (导入隐患三违); all or nothing. The same file again changes nothing.

    A corrected number reverses the fact of the old one. Returns how many were new, changed and unchanged.
    """
    if not scope.can(Action.CHECK_WORK):
        raise Forbidden(_("没有导入"), why=_("您的岗位不导入隐患和三违"))
    table = read_workbook(workbook, [SHEET])[SHEET.name]
    named = [name for name in table.header if any(word in name for word in PERSONAL)]
    if named:
        raise _refused(_("表里有涉及个人的列：%s") % "、".join(named), _("只要每个单位每天的数，请删去这些列"))
    units = dict(Unit.objects.filter(closed=None, pk__in=checkable(scope)).values_list("code", "pk"))
    _judge(table, units)
    if table.wrong:
        told = "；".join(_("第 %(n)d 行%(why)s") % {"n": row.line, "why": "、".join(row.faults)}
                        for row in table.wrong[:5])
        raise _refused(told, _("改正后再上传，有错的时候一行也不收"))
    wanted = [(units[row["单位编码"]], row["日期"], slug, row[name])
              for row in table.rows for name, slug in COLUMNS.items() if row[name] is not None]
    return _write(wanted, source, scope.actor)


@transaction.atomic
def keep_figures(*, scope: Scope, source: str, rows: Sequence[dict]) -> dict[str, int]:
    """Keep counts a machine sent (接收隐患三违的数): `unit`, `day` and a number for each; all or nothing."""
    if not scope.can(Action.CHECK_WORK):
        raise Forbidden(_("没有受理"), why=_("您的岗位不导入隐患和三违"))
    if not 1 <= len(rows) <= MOST_SENT or not SOURCE.fullmatch(source):
        raise UserError(_("没有受理"), why=_("来源系统须是小写字母、数字和短横，一次送 1 到 %d 行") % MOST_SENT,
                        next=_("请对照接口说明 /api/v1/openapi.json 修改"), code="items")
    units = dict(Unit.objects.filter(closed=None, pk__in=checkable(scope)).values_list("code", "pk"))
    seen: dict[tuple[str, date], int] = {}
    for place, row in enumerate(rows):
        told = list(_faults(Row(place + 1, [], {"单位编码": row["unit"], "日期": row["day"]}), units, seen))
        if told or not all(0 <= row[slug] <= MOST_COUNT for slug in COLUMNS.values() if row.get(slug) is not None):
            raise UserError(_("没有受理"), why=_("第 %(n)d 行%(why)s") % {
                "n": place + 1, "why": "、".join(told) or _("的数不在 0 到 10000 之间")}, code=f"items.{place}",
                next=_("改正后再送，有错的时候一行也不收"))
        seen[row["unit"], row["day"]] = place + 1
    return _write([(units[row["unit"]], row["day"], slug, row[slug]) for row in rows for slug in COLUMNS.values()
                   if row.get(slug) is not None], source, scope.actor)


def _judge(table: Table, units: dict[str, int]) -> None:
    """Mark what is wrong with the rows (检查各行)."""
    seen: dict[tuple[str, date], int] = {}
    for row in table.rows:
        if row.faults:
            continue
        row.faults += _faults(row, units, seen)
        seen.setdefault((row["单位编码"], row["日期"]), row.line)


def _faults(row: Row, units: dict[str, int], seen: dict) -> Iterable[str]:
    if row["单位编码"] not in units:
        yield _("没有单位编码“%s”，或它不在您的范围") % row["单位编码"]
    if row["日期"] > clock.today():
        yield _("日期在今天之后")
    if (row["单位编码"], row["日期"]) in seen:
        yield _("和第 %d 行重复") % seen[row["单位编码"], row["日期"]]


def _write(wanted: list[tuple[int, date, str, int]], source: str, actor: Actor) -> dict[str, int]:
    days, units = {day for _u, day, _s, _v in wanted}, {unit for unit, *_rest in wanted}
    in_turn(Unit.objects.filter(pk__in=units))
    rows = Figure.objects.filter(day__in=days, unit__in=units)
    known = {(row.unit_id, row.day, row.what): row for row in rows}
    paths = {day: paths_of(units, day) for day in days}
    counts = {"new": 0, "changed": 0, "same": 0}
    for unit, day, what, value in wanted:
        before = known.get((unit, day, what))
        if before is not None and before.value == value:
            counts["same"] += 1
            continue
        if before is not None:
            reverse(before.fact, reason="corrected", actor=actor)
        fact = record(FigureRecorded(subject=f"figures/{what}", unit=paths[day].get(unit, ""), occurred_at=day,
                                     figure=what, quantity=value), actor=actor)
        Figure.objects.update_or_create(unit_id=unit, day=day, what=what,
                                        defaults={"value": value, "source": source[:40], "fact": fact})
        counts["changed" if before else "new"] += 1
    return counts


def _refused(why: str, next: str) -> UserError:
    return UserError(_("没有导入"), why=why, next=next, code="workbook")
