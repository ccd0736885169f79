"""Checks (校验) of what was typed: each gives the value as it is kept or says what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from sangesan.feedback.matters.services.steps import words
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.memory import remembered
from sangesan.method.channels import REPRESENTATIVES
from sangesan.organization.units.models import Unit


def one_of(value: str, known: dict, what: str, *, empty: bool = False) -> str:
    """Return a word of a list (选项)."""
    if value in known or (empty and not value):
        return value
    raise UserError(_("没有提交"), why=_("没有这样的%s") % what, next=_("请从列表里选择"), code="choice")


def small(value: Any, most: int, what: str) -> int:
    """Return a whole number from 0 to `most` (整数)."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise UserError(_("没有提交"), why=_("%(what)s须是 0 到 %(most)d 的整数") % {"what": what, "most": most},
                        next=_("请改一下"), code="number")
    return value


def who(name: str, contact: str) -> tuple[str, str]:
    """Return name and contact (姓名与联系方式) of whoever speaks, '' where they left none."""
    return (words(name, what=_("姓名"), longest=40, needed=False),
            words(contact, what=_("联系方式"), longest=100, needed=False))


def few(others: Sequence[tuple[str, str]]) -> None:
    """Refuse more representatives than the rule allows (代表人数)."""
    if len(others) >= REPRESENTATIVES:
        raise UserError(_("没有登记"), why=_("来访代表最多 %d 人") % REPRESENTATIVES, next=_("请推选代表"),
                        code="people")


def received(day: date | None, today: date) -> date:
    """Return the day words were received (收到日期): never in the future."""
    if day is not None and day > today:
        raise UserError(_("没有登记"), why=_("收到日期在今天之后"), next=_("请核对日期"), code="future")
    if day is not None and day.year < 1950:
        raise UserError(_("没有登记"), why=_("收到日期太早"), next=_("请核对日期"), code="past")
    return day or today


def moment(day: date | None, today: date, now: datetime) -> datetime:
    """Return the moment of receipt (收到时刻): noon of a day that is over."""
    return now if day is None or day == today else datetime.combine(day, time(12), clock.LOCAL)


def unit_id(unit: str | int | None) -> int | None:
    """Return the id of a unit given by code or id (单位), None when none was named."""
    if unit in (None, "", 0):
        return None
    return _unit_of(unit if isinstance(unit, int) else str(unit))


@remembered
def _unit_of(unit: str | int) -> int:
    rows = Unit.objects.filter(closed=None)
    found = rows.filter(pk=min(unit, 2**63 - 1)) if isinstance(unit, int) else rows.filter(code=unit)
    pk = None if isinstance(unit, str) and not unit.isprintable() else found.values_list("pk", flat=True).first()
    if pk is None:
        raise UserError(_("没有提交"), why=_("没有这个单位"), next=_("请从列表里选择单位，或不填"), code="unit")
    return pk
