"""What a form of the company above can be filled with (报表字段): the numbers of the outcome page, by name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.outcomes import MEASURES
from sangesan.method.spans import Span
from sangesan.organization.units.queries import standing

from .outcomes import Outcome, outcomes_of

UNIT, SPAN, DAY, POST = "填报单位", "时段", "填报日期", "填报岗位"
RATE, GOOD, OF = "比例", "件数", "总数"
Value = str | int | float


@dataclass(frozen=True)
class Field:
    """A name that may stand in a form (字段), and what it means."""

    name: str
    said: str


def fields() -> list[Field]:
    """Return all names a form may use (字段表)."""
    found = [Field(UNIT, _("所辖的矿或单位")), Field(SPAN, _("选定的月、季度或年")), Field(DAY, _("填表当天")),
             Field(POST, _("填表人的岗位，不填姓名"))]
    for one in MEASURES:
        name = field(one.word)
        if not one.of:
            found.append(Field(name, _("%(unit)s；%(rule)s") % {"unit": one.unit, "rule": one.rule}))
        else:
            found += [Field(name + RATE, _("百分数；%s") % one.rule), Field(name + GOOD, one.unit),
                      Field(name + OF, one.unit)]
    return found


def field(word: str) -> str:
    """Return a measure's word as a name in braces (字段名), which holds no marks.

    >>> field("学习型党组织：学习日")
    '学习型党组织学习日'
    """
    return re.sub(r"\W", "", word)


@dataclass(frozen=True)
class Filling:
    """A name of a form as it will be filled in (填报预览); `value` None is left to be written by hand."""

    name: str
    value: Value | None
    known: bool


def preview(scope: Scope, names: list[str], asked: Span) -> list[Filling]:
    """Return what a form's names would be filled with (填报预览), in the order of the form."""
    known, said = {one.name for one in fields()}, values(scope, asked)
    return [Filling(name, said.get(name), name in known) for name in names]


def values(scope: Scope, asked: Span) -> dict[str, Value]:
    """Return what the names stand for in a period (字段值), within reach of a scope; what is hidden is not there."""
    if not scope.can(Action.OVERVIEW):
        raise NotFound
    roots = standing(clock.today()).filter(pk__in=scope.units_for(Action.OVERVIEW))
    said: dict[str, Value] = {
        UNIT: "、".join(one.name for one in roots), SPAN: asked.word, DAY: f"{clock.today():%Y-%m-%d}",
        POST: scope.posts[0].title if scope.posts else ""}
    for one in outcomes_of(scope, asked):
        said |= _told(one)
    return said


def _told(one: Outcome) -> dict[str, Value]:
    name, now = field(one.measure.word), one.now
    if now.good is None:
        return {}
    if not one.measure.of:
        return {name: now.good}
    rate = {} if now.rate is None else {name + RATE: now.rate / 10}
    return {name + GOOD: now.good, name + OF: now.of or 0} | rate
