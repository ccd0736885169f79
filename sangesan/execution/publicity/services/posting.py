"""Posting a month (队务公开): from an Excel table, all rows or none; a correction is a new version with its reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.foundation.sheets import giving
from sangesan.foundation.sheets.columns import CellError, Column, Sheet, Text
from sangesan.foundation.sheets.tables import Row
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.ledger.facts.services import record
from sangesan.method import openness as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import OpennessPosted
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import present
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of, subtree

from ..models import Posted, Posting
from ..queries.openness import units_to_post, versions
from .words import refused


class Hundredths(Column):
    """A number with at most two decimals (两位小数), kept in hundredths."""

    def take(self, text: str, cell: Any) -> int:
        """Return hundredths (取值). Raises CellError."""
        found = rule.hundredths(f"{cell:.2f}" if isinstance(cell, float) and round(cell, 2) == cell else text)
        if found is None:
            raise CellError(_("“%(name)s”应是不带负号、最多两位小数的数，现在是：%(text)s")
                            % {"name": self.name, "text": text[:20]})
        return found


SHEET = Sheet("队务公开", (
    Text("工号", True, lazy("只填本单位的人"), "1001", longest=20), Text("姓名", True, "", lazy("张三"), longest=40),
    Hundredths("出勤（天）", True, "", "22.5"), Hundredths("工分", True, "", "236"),
    Hundredths("奖金（元）", True, lazy("没有就填 0"), "480.50"),
), most=rule.MOST_ROWS)
NOTES = (lazy("一、一个单位一个月一张表，一人一行，不要合并单元格。"),
         lazy("二、有一行错，整张表都不公开；改正后再上传。"),
         lazy("三、公开以后只有本单位的人能看到每个人的数；公开后有错，另传一版并选原因，原来那版保留。"))


def template() -> bytes:
    """Return the workbook to fill in (模板)."""
    return giving.template([SHEET], NOTES)


@transaction.atomic
def post(*, scope: Scope, unit: str, month: date, workbook: bytes, reason: str = "") -> Posting:
    """Post a unit's month (公开), or a corrected version of it with its reason; the unit's duty is settled by it."""
    found = next((one for one in units_to_post(scope) if one.code == unit), None)
    if found is None:
        raise NotFound(_("没有公开"), why=_("不是您的单位，或者单位已撤销"))
    month = rule.first_of(month)
    if why := rule.refusal(month, clock.today()):
        raise refused({"future": _("这个月还没有到"), "old": _("只能公开最近一年的")}[why], _("请核对月份"), "month")
    last = versions(Posting(unit=found, month=month)).first()
    if last is not None and reason not in rule.REASONS:
        raise refused(_("这个月已经公开过，更正要选原因"), _("请选一项，再上传"), "reason")
    rows = _rows(found, workbook)
    held = next(post for post in scope.posts)
    try:
        with transaction.atomic():
            made = Posting.objects.create(
                unit=found, path=path_of(found.pk, clock.today()), month=month, posted_at=clock.now(), heads=len(rows),
                version=last.version + 1 if last else 1, reason=reason if last else "",
                post=Post.objects.get(code=held.code))
    except IntegrityError:
        raise Conflict(_("没有公开"), why=_("别人刚刚公开了这个月"), next=_("请刷新后查看")) from None
    Posted.objects.bulk_create([Posted(posting=made, position=n, name=row["姓名"], attendance=row["出勤（天）"],
                                       work=row["工分"], bonus=row["奖金（元）"]) for n, row in enumerate(rows, 1)])
    record(OpennessPosted(subject=made.subject, unit=made.path, line=found.line, occurred_at=clock.now(),
                          quantity=len(rows), reason=made.reason, month=f"{month:%Y-%m}", version=made.version),
           actor=scope.actor)
    if made.version == 1:
        _settle(scope, found, month)
    return made


def _rows(unit: Unit, workbook: bytes) -> list[Row]:
    table = read_workbook(workbook, [SHEET])[SHEET.name]
    own = present(clock.today()).filter(unit__in=subtree(unit.pk, clock.today()))
    people, seen = dict(own.values_list("work_number", "name")), set()
    for row in table.rows:
        number = row["工号"]
        if number and people.get(number) != row["姓名"]:
            row.faults.append(_("工号和姓名不是%s的人") % unit.name)
        if number in seen:
            row.faults.append(_("工号重复"))
        seen.add(number)
    if table.wrong:
        told = "；".join(_("第 %(n)d 行%(why)s") % {"n": row.line, "why": "、".join(row.faults)}
                        for row in table.wrong[:5])
        raise refused(told, _("一行也没有公开，改正后再上传"), "workbook")
    if not table.rows:
        raise refused(_("表里没有人"), _("请按模板填写"), "workbook")
    return table.rows


def _settle(scope: Scope, unit: Unit, month: date) -> None:
    """Settle the unit's open duty 队务公开 of that month (办结应办): it falls due in the month itself or the next."""
    upto = (rule.first_of(month) + timedelta(days=62)).replace(day=1)
    rows = Duty.objects.filter(origin__kind="openness", unit=unit, opens__lte=clock.now(), nominal__gte=month,
                               nominal__lt=upto).exclude(settled())
    duty = rows.select_related("origin").order_by("-nominal").first()
    if duty is not None:
        duties.complete(duty=duty, actor=scope.actor, person=scope.person, words=_("公开的表在案"))
