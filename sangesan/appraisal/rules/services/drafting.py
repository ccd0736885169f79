"""Drafting (起草): a draft is data, written whole and written anew; nothing reads it until it is in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.audit.services import note
from sangesan.method.authority import Action, Scope
from sangesan.method.ruling import MOST
from sangesan.method.statement import fits, rewarding

from ..kinds import ASSESSED
from ..models import Decision, Field, Grade, Indicator, InForce, Link, PayRule, RuleSet
from ..queries import by_id, draft_row, read_only

SEVERAL = 10
"""A version holds at most so many times the indicators of one kind of unit (办法指标总数)."""


P, T = ParamSpec("P"), TypeVar("T")


def first_come(what: Any) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Let whoever is first change the rules (先到为准); of two at once the other is told, and nothing is half done."""
    def guarding(change: Callable[P, T]) -> Callable[P, T]:
        @wraps(change)
        def guarded(*args: P.args, **said: P.kwargs) -> T:
            try:
                with transaction.atomic():
                    return change(*args, **said)
            except IntegrityError as fault:
                raise Conflict(str(what), why=_("别人刚刚改过"), next=_("请刷新页面看最新情况")) from fault
        return guarded
    return guarding


def require(scope: Scope) -> None:
    """Refuse whoever may not draft or enter a decision (无权限)."""
    if not scope.can(Action.EDIT_RULES):
        raise Forbidden(_("没有办成"), why=_("考核办法由考核员和党委工作部起草，经职代会决定后施行"))


@first_come(lazy("办法没有保存"))
def draft(*, code: str, version: int, name: str, indicators: list[dict[str, Any]], links: list[dict[str, Any]],
          grades: list[dict[str, Any]] | tuple = (), pay: dict[str, Any] | None = None, **settings: Any) -> RuleSet:
    """Draft a version (起草办法) from data; `settings` are own_cap, person_share and line_weights."""
    if not indicators or len(indicators) > MOST * SEVERAL:
        raise UserError(_("办法没有保存"), why=_("考核指标应为1至%d项") % (MOST * SEVERAL),
                        next=_("请增减指标后再保存"))
    if sum(i["weight"] for i in indicators) <= 0:
        raise UserError(_("办法没有保存"), why=_("各项权重之和为零"), next=_("请填写权重后再保存"))
    for kind in ("", *{k for i in indicators for k in i.get("kinds", ())}):
        one, _dot, line = kind.partition(".")
        active = [i for i in indicators if i.get("target") != "post" and fits(i.get("kinds", ()), one, line)]
        if len(active) > MOST:
            raise UserError(_("办法没有保存"), why=_("%(kind)s的指标有%(n)d项，最多%(most)d项") % {
                "kind": dict(ASSESSED).get(kind, _("各类单位")), "n": len(active), "most": MOST},
                next=_("请减少指标后再保存"))
    if RuleSet.objects.filter(code=code, version=version).exists():
        raise Conflict(_("办法没有保存"), why=_("这一版本已经存在"), next=_("请用新的版本号"))
    made = RuleSet.objects.create(code=code, version=version, name=name, **settings)
    Indicator.objects.bulk_create(
        Indicator(rule_set=made, position=n, **_read(data)) for n, data in enumerate(indicators, start=1))
    Link.objects.bulk_create(Link(rule_set=made, **data) for data in links)
    Grade.objects.bulk_create(Grade(rule_set=made, **data) for data in grades)
    if pay is not None:
        PayRule.objects.create(rule_set=made, **pay)
    return made


def _read(data: dict[str, Any]) -> dict[str, Any]:
    """Return an indicator with how it is read (指标读法): what is written as a reward is one; what was kept stays."""
    given = {name: data.get(name, Indicator._meta.get_field(name).get_default()) for name in ("method", "full", "cap")}
    return {"rewards": rewarding(**given)} | data


@first_come(lazy("办法没有保存"))
def redraft(*, scope: Scope, rule_set: int, **content: Any) -> RuleSet:
    """Write a draft anew (改写草案) under its code and version; what is decided is never written anew."""
    require(scope)
    row = draft_row(rule_set, _("办法没有保存"))
    discard(rule_set=rule_set)
    return draft(code=row.code, version=row.version, **content)


@first_come(lazy("办法没有变动"))
def discard(*, rule_set: int) -> None:
    """Take a draft away (废弃草案); the database refuses it for a version decided or in force."""
    if any(table.objects.filter(rule_set=rule_set).exists() for table in (InForce, Decision)):
        raise read_only(_("办法没有变动"))
    for table in (Indicator, Link, Grade, PayRule):
        table.objects.filter(rule_set=rule_set).delete()
    RuleSet.objects.filter(pk=rule_set).delete()


@first_come(lazy("办法没有变动"))
def put_in_force(*, rule_set: int, since: date, by: int = 0, post: str = "") -> InForce:
    """Put a version in force (施行) from a day on; from then on it is read-only."""
    if InForce.objects.filter(rule_set=rule_set).exists():
        raise Conflict(_("办法没有变动"), why=_("它已经施行，施行后的办法不再修改"), next=_("请起草新的版本"))
    return InForce.objects.create(rule_set_id=rule_set, since=since, digest=by_id(rule_set).digest, by=by, post=post)


@transaction.atomic
def switch_field(*, scope: Scope, code: str, on: bool) -> None:
    """Switch a field of assessment on or off (启用领域); versions in force keep what they have."""
    require(scope)
    if not Field.objects.filter(code=code).update(on=on):
        raise UserError(_("没有保存"), why=_("没有这个考核领域"), next=_("请从列表中选择"), status=404)
    note("field.on" if on else "field.off", scope=scope, subject=f"fields/{code}")
