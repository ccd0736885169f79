"""The duty rota (值班表): pasted from a sheet, all or nothing; a shift entered again is replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.method import shifts
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.models import Person

from ..models import Watch

MOST = 400


@dataclass(frozen=True)
class Row:
    """One row (一行): a day, a shift, a person."""

    day: date
    shift: str
    person: Person


@transaction.atomic
def paste(*, scope: Scope, text: str) -> int:
    """Take rows “日期 班次 工号” (粘贴值班表) and return how many; one wrong row and none is taken."""
    mines = scope.units_for(Action.CALL)
    if not mines:
        raise Forbidden(_("没有保存"), why=_("您的岗位不管值班表"))
    lines = [line.split() for line in text.replace("\x00", "").replace(",", " ").replace("，", " ").splitlines()]
    lines = [parts for parts in lines if parts]
    if not lines or len(lines) > MOST:
        raise UserError(_("没有保存"), why=_("应有 1 到 %d 行") % MOST, next=_("每行写日期、班次、工号"))
    numbers = {parts[2] for parts in lines if len(parts) > 2}
    people = {p.work_number: p for p in Person.objects.filter(work_number__in=numbers, until=None)}
    rows = [_row(n, parts, people) for n, parts in enumerate(lines, start=1)]
    if wrong := [row for row in rows if isinstance(row, str)]:
        raise UserError(_("没有保存"), why="；".join(wrong[:10]), next=_("请改好后整份再贴"), code="rows")
    for row in rows:
        begins, ends = shifts.span(row.shift, row.day)
        Watch.objects.update_or_create(mine_id=min(mines), day=row.day, shift=row.shift, defaults={
            "begins": begins, "ends": ends, "person": row.person})
    return len(rows)


def _row(n: int, parts: list[str], people: dict[str, Person]) -> Row | str:
    """Read a row (读一行), or say what is wrong with it."""
    if len(parts) < 3:
        return _("第 %d 行不足三项") % n
    try:
        day = date.fromisoformat(parts[0].replace("/", "-"))
    except ValueError:
        return _("第 %(n)d 行的日期“%(word)s”认不出") % {"n": n, "word": parts[0][:20]}
    if abs(day - clock.today()) > timedelta(days=400):
        return _("第 %d 行的日期离今天超过一年") % n
    shift = shifts.named(parts[1])
    if shift is None:
        return _("第 %(n)d 行的班次“%(word)s”认不出，应为零点班、检修班、四点班") % {"n": n, "word": parts[1][:20]}
    if parts[2] not in people:
        return _("第 %(n)d 行的工号 %(word)s 不在花名册里") % {"n": n, "word": parts[2][:20]}
    return Row(day, shift, people[parts[2]])
