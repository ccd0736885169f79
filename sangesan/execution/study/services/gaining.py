"""Grades and certificates gained (登记取得技能等级、证书): a count of a unit and day."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.ledger.facts.services import record, reverse
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import SkillGained
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of, within

from ..models import Gain


@transaction.atomic
def gain(*, scope: Scope, unit: str, day: date, what: str, count: int) -> Gain:
    """Say how many gained a grade or certificate (登记取得); the same unit, day and grade again corrects it."""
    found = Unit.objects.filter(code=unit, closed=None).first() if unit.isprintable() else None
    if found is None or found.pk not in within(scope, Action.ASSIGN_WORK):
        raise Forbidden(_("没有登记"), why=_("没有这个单位，或它不归您登记"), next=_("请从列表里选择"))
    if what not in Gain.What.values:
        raise _refused(_("没有选取得了什么"), _("请选一项"), "what")
    if not date(clock.today().year - 1, 1, 1) <= day <= clock.today():
        raise _refused(_("日期在今天之后，或早于去年"), _("请核对日期"), "day")
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= 500:
        raise _refused(_("人数须是 1 到 500"), _("请改一下"), "count")
    Unit.objects.select_for_update().get(pk=found.pk)  # sent twice at once, it is counted once
    before = Gain.objects.filter(unit=found, day=day, what=what).first()
    if before is not None:
        if before.count == count:
            return before
        reverse(before.fact, reason="corrected", actor=scope.actor)
    fact = record(SkillGained(subject=f"skills/{what}", unit=path_of(found.pk, day), occurred_at=day, what=what,
                              quantity=count), actor=scope.actor)
    made, _new = Gain.objects.update_or_create(unit=found, day=day, what=what, defaults={"count": count, "fact": fact})
    return made


def _refused(why: str, next: str, code: str) -> UserError:
    return UserError(_("没有保存"), why=why, next=next, code=code)
