"""Changes of the grading table (分级表): drafted by the office, decided by the committee, never edited."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method import grading_checks as checks
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import GradingDecided
from sangesan.method.grading import TABLE, Table

from . import queries
from .models import InForce, TableVersion

AHEAD = 2
"""A table holds from a day at most so many years ahead: it is set once, and later versions only later."""


def require(scope: Scope) -> None:
    """Refuse whoever may not draft or enter a decision (无权限)."""
    if not scope.can(Action.EDIT_GRADING):
        raise Forbidden(_("没有办成"), why=_("分级表由党委工作部起草，经党委决定后施行"))


@transaction.atomic
def draft(*, scope: Scope, data: dict[str, Any], note: str = "") -> Table:
    """Write the draft (起草) in place of the one before. Raises UserError with all that is wrong with it."""
    require(scope)
    try:
        table = checks.read(data | {"version": _next()})
    except (ValueError, KeyError, TypeError, IndexError):
        raise UserError(_("没有保存"), why=_("分级表没有填全，或有认不出的选项"), next=_("请检查后再保存")) from None
    if wrong := checks.faults(table):
        raise UserError(_("没有保存"), why="；".join(wrong), next=_("请改好后再保存"), code="table")
    TableVersion.objects.filter(in_force=None).delete()
    try:
        with transaction.atomic():
            TableVersion.objects.create(version=table.version, data=checks.written(table), note=note[:200],
                                        by=scope.person, post=scope.posts[0].code, at=clock.now())
    except IntegrityError:
        raise Conflict(_("没有保存"), why=_("别人刚刚保存了草案"), next=_("请刷新页面看最新草案")) from None
    return table


def _next() -> str:
    """Return the next version's name (版本号): the year and a number; a draft keeps its own."""
    year = clock.today().year
    taken = {TABLE.version, *InForce.objects.values_list("table__version", flat=True)}
    return next(name for n in range(1, 10_000) if (name := f"{year}.{n}") not in taken)


@transaction.atomic
def discard(*, scope: Scope) -> None:
    """Take the draft away (废弃草案)."""
    require(scope)
    TableVersion.objects.filter(in_force=None).delete()


@transaction.atomic
def put_in_force(*, scope: Scope, version: str, since: date, decided_by: str, decided_on: date) -> InForce:
    """Put the draft in force (施行) from today or a later day on; who decided it, and when, stays with it."""
    require(scope)
    row = TableVersion.objects.filter(version=version, in_force=None).first()
    if row is None:
        raise Conflict(_("没有施行"), why=_("没有这份草案，或它已经施行"),
                       next=_("施行后的分级表不再修改，请起草新的版本"))
    decided_by = " ".join(decided_by.split())
    if not decided_by or len(decided_by) > 80:
        raise UserError(_("没有施行"), why=_("没有写明由谁决定"),
                        next=_("请写会议或文件名称，例如：党委会第 12 次会议"))
    if since < clock.today():
        raise UserError(_("没有施行"), why=_("施行日期早于今天，已经定级的事项不能改用新表"),
                        next=_("请选今天或以后的日期"))
    if since.year > clock.today().year + AHEAD:
        raise UserError(_("没有施行"), why=_("%s 太远，施行日期定下后不能再改") % since.isoformat(),
                        next=_("请核对年份"))
    if decided_on > clock.today() or not clock.near(decided_on):
        raise UserError(_("没有施行"), why=_("决定日期在今天之后，或者早得不像真的"), next=_("请核对决定日期"))
    last = InForce.objects.order_by("-since").first()
    if last is not None and since < last.since:
        raise UserError(_("没有施行"), why=_("%s 版已定于更晚的日期施行") % last.table.version,
                        next=_("请选更晚的日期"))
    made = InForce.objects.create(table=row, since=since, decided_by=decided_by, decided_on=decided_on,
                                  by=scope.person, post=scope.posts[0].code, digest=queries.digest(row.data))
    record(GradingDecided(subject=f"grading/{row.version}", unit=scope.posts[0].path.partition("/")[0] + "/",
                          occurred_at=clock.now(), since=f"{since:%F}"), actor=scope.actor, words=decided_by)
    queries._in_force.forget()
    queries.names.forget()
    return made
