"""A version of the rules, frozen for the assessment (考核办法定本)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation.errors import Conflict
from sangesan.method.linkage import Blend, Ceiling, PassThrough, Rule, VetoEffect, Vetoes
from sangesan.method.statement import Indicator, Tally
from sangesan.method.weights import written

from .. import models

DAILY = "daily"
"""The code of the daily result's rules (日结果)."""
PERIOD = "period"
"""The code of the rules of months, quarters and years (时段考核)."""

_CONTENT = ("line", "kinds", "target", "method", "period", "full", "floor", "cap", "planned", "late_share",
            "prefix_only", "least", "rewards")
"""What moves a score in an indicator beside weight and tallies; left out of the digest where it is as by default."""


@dataclass(frozen=True)
class LinkOf:
    """How a kind of unit is linked in a line (挂钩办法): the rule, and what those below weigh."""

    rule: Rule
    members: str = "equal"


@dataclass(frozen=True)
class Grade:
    """A grade (等次): from so many hundredths on, with a coefficient in basis points."""

    name: str
    least: int
    coefficient: int


@dataclass(frozen=True)
class Pay:
    """How results move pay (兑现办法), shares in basis points."""

    mode: str
    floor: int
    deducted_most: int
    reserve: int


@dataclass(frozen=True)
class Rules:
    """A version of the rules as the assessment reads it (考核办法), with a hash of its content."""

    pk: int
    code: str
    version: int
    name: str
    indicators: tuple[Indicator, ...]
    links: dict[str, Rule]
    digest: str
    by_line: dict[tuple[str, str], LinkOf] = field(default_factory=dict)
    own_cap: int = 10_000
    person_share: int = 7_000
    line_weights: dict[str, int] = field(default_factory=dict)
    contacts: Tally | None = None
    grades: tuple[Grade, ...] = ()
    pay: Pay | None = None

    @property
    def kinds(self) -> list[str]:
        """The kinds of facts these rules read (所读条目), in order."""
        return sorted({tally.kind for indicator in self.indicators for tally in indicator.tallies})


class Altered(Conflict):
    """A version in force no longer has the content it was put in force with (办法被改动)."""

    def __init__(self, version: str) -> None:
        super().__init__(_("没有打开"), why=_("%s与施行时定下的不符，可能被改动过，暂不能据它核算") % version,
                         next=_("请报告审计管理员，由他核验全部台账"))


def in_force(code: str, day: date) -> Rules | None:
    """Return the version of a rule set in force on a day (现行办法), or None."""
    rows = models.InForce.objects.filter(rule_set__code=code, since__lte=day).select_related("rule_set")
    row = rows.order_by("-since", "-rule_set__version").first()
    if row is None:
        return None
    rules = frozen(row.rule_set)
    if rules.digest != row.digest:
        raise Altered(str(row.rule_set))
    return rules


def by_id(pk: int) -> Rules:
    """Return one version, in force or not (指定版本)."""
    return frozen(models.RuleSet.objects.get(pk=pk))


def once(pk: int) -> Rules:
    """Return one version (指定版本) without reading it again: one in force never changes."""
    said = models.InForce.objects.filter(rule_set=pk).values_list("digest", flat=True).first()
    return _read_once(pk, said) if said else by_id(pk)


@lru_cache(maxsize=8)
def _read_once(pk: int, digest: str) -> Rules:
    return frozen(models.RuleSet.objects.get(pk=pk))


def standards(pk: int) -> dict[str, str]:
    """Return how each indicator of a version is explained on pages (考核标准), by code."""
    return dict(models.Indicator.objects.filter(rule_set=pk).values_list("code", "standard"))


def frozen(row: models.RuleSet) -> Rules:
    """Freeze a version (冻结) with all that moves a score."""
    indicators, links, grades = list(row.indicators.all()), list(row.links.all()), list(row.grades.all())
    pay = models.PayRule.objects.filter(rule_set=row).first()
    content = [
        [row.code, row.version],
        [[i.code, written(i.weight), i.tallies, *more(i, _CONTENT)] for i in indicators],
        [[k.kind, k.mode, k.share, k.cap, k.margin, k.veto_effect, k.veto_deduction, k.veto_cap,
          *more(k, ("line", "members", "rate"))] for k in links],
        *more(row, ("own_cap", "person_share", "line_weights", "contacts"),
               line_weights={line: written(weight) for line, weight in row.line_weights.items()}),
        *([[[g.name, g.least, g.coefficient] for g in grades]] if grades else []),
        *([[pay.mode, pay.floor, pay.deducted_most, pay.reserve]] if pay else []),
    ]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return Rules(
        pk=row.pk, code=row.code, version=row.version, name=str(row), digest=digest,
        indicators=tuple(indicator(i) for i in indicators),
        links={"": Blend()} | {k.kind: rule(k) for k in links if not k.line},
        by_line={(k.line, k.kind): LinkOf(rule(k), k.members) for k in links},
        own_cap=row.own_cap, person_share=row.person_share, line_weights=row.line_weights,
        contacts=tally(row.contacts) if row.contacts else None,
        grades=tuple(Grade(g.name, g.least, g.coefficient) for g in grades),
        pay=pay and Pay(pay.mode, pay.floor, pay.deducted_most, pay.reserve),
    )


def link_for(rules: Rules, line: str, kind: str) -> LinkOf:
    """Return how a kind of unit is linked in a line (适用的挂钩办法): the nearest that is written down."""
    for at in ((line, kind), (line, ""), ("", kind), ("", "")):
        if at in rules.by_line:
            return rules.by_line[at]
    return LinkOf(Blend())


def more(row: Any, names: Iterable[str], **said: Any) -> list[dict[str, Any]]:
    """Return what differs from the default (非默认值), so that older digests stay what they were."""
    found = {name: getattr(row, name) for name in names} | said
    other = {name: value for name, value in found.items() if value != row._meta.get_field(name).get_default()}
    return [other] if other else []


def indicator(row: models.Indicator) -> Indicator:
    """Read an indicator from its row (考核指标)."""
    more = {name: getattr(row, name) for name in _CONTENT} | {"kinds": tuple(row.kinds)}
    return Indicator(row.code, row.name, row.weight, tuple(tally(t) for t in row.tallies), **more)


def tally(data: dict[str, Any]) -> Tally:
    """Read a tally from its data (计数规则)."""
    unless = data.get("unless")
    return Tally(data["kind"], bool(data.get("good")), data.get("where", {}),
                 tally(unless) if unless else None, data.get("round", ""), data.get("as", ""),
                 data.get("points", 0), data.get("step", 0))


def rule(link: models.Link) -> Rule:
    """Read a link rule from its row (挂钩办法)."""
    vetoes = Vetoes(VetoEffect(link.veto_effect), link.veto_deduction, link.veto_cap)
    match link.mode:
        case models.Link.Mode.PASS_THROUGH:
            return PassThrough(link.share if link.rate is None else link.rate, link.cap, vetoes)
        case models.Link.Mode.CEILING:
            return Ceiling(link.share, link.margin, vetoes)
        case _:
            return Blend(link.share, vetoes)
