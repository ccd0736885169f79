"""Changes of rules (考核办法): draft, put in force; what is in force is never changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation.errors import Conflict, UserError

from .models import Indicator, InForce, Link, RuleSet
from .queries import by_id
from .shipped import DAILY_1

MOST = 40
"""At most so many indicators in one rule set (model.md)."""


@transaction.atomic
def draft(*, code: str, version: int, name: str, indicators: list[dict[str, Any]],
          links: list[dict[str, Any]]) -> RuleSet:
    """Draft a version (起草办法) from data; nothing reads it until it is in force."""
    if not indicators or len(indicators) > MOST:
        raise UserError(_("办法没有保存"), why=_("考核指标应为1至%d项") % MOST, next=_("请增减指标后再保存"))
    if sum(i["weight"] for i in indicators) <= 0:
        raise UserError(_("办法没有保存"), why=_("各项权重之和为零"), next=_("请填写权重后再保存"))
    if RuleSet.objects.filter(code=code, version=version).exists():
        raise Conflict(_("办法没有保存"), why=_("这一版本已经存在"), next=_("请用新的版本号"))
    made = RuleSet.objects.create(code=code, version=version, name=name)
    for position, data in enumerate(indicators, start=1):
        Indicator.objects.create(rule_set=made, position=position, **data)
    for data in links:
        Link.objects.create(rule_set=made, **data)
    return made


@transaction.atomic
def discard(*, rule_set: int) -> None:
    """Take a draft away (废弃草案); the database refuses it for a version in force."""
    if InForce.objects.filter(rule_set=rule_set).exists():
        raise Conflict(_("办法没有变动"), why=_("它已经施行，施行后的办法不再修改"), next=_("请起草新的版本"))
    for table in (Indicator, Link):
        table.objects.filter(rule_set=rule_set).delete()
    RuleSet.objects.filter(pk=rule_set).delete()


@transaction.atomic
def put_in_force(*, rule_set: int, since: date) -> InForce:
    """Put a draft in force (施行) from a day on; from then on it is read-only."""
    if InForce.objects.filter(rule_set=rule_set).exists():
        raise Conflict(_("办法没有变动"), why=_("它已经施行，施行后的办法不再修改"), next=_("请起草新的版本"))
    return InForce.objects.create(rule_set_id=rule_set, since=since, digest=by_id(rule_set).digest)


@transaction.atomic
def ship() -> None:
    """Bring the shipped rules (自带办法); doing it again changes nothing."""
    data = dict(DAILY_1)
    since = date.fromisoformat(data.pop("since"))
    if not RuleSet.objects.filter(code=data["code"], version=data["version"]).exists():
        put_in_force(rule_set=draft(**data).pk, since=since)
