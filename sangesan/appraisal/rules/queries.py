"""Reads of rules (考核办法查询): a version in force, frozen for the assessment."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sangesan.method.linkage import Blend, Ceiling, PassThrough, Rule, VetoEffect, Vetoes
from sangesan.method.statement import Indicator, Tally

from . import models

DAILY = "daily"
"""The code of the daily result's rules (日结果)."""


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

    @property
    def kinds(self) -> list[str]:
        """The kinds of facts these rules read (所读条目), in order."""
        return sorted({tally.kind for indicator in self.indicators for tally in indicator.tallies})


class Altered(Exception):
    """A version in force no longer has the content it was put in force with (办法被改动)."""


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


def standards(pk: int) -> dict[str, str]:
    """Return how each indicator of a version is explained on pages (考核标准), by code."""
    return dict(models.Indicator.objects.filter(rule_set=pk).values_list("code", "standard"))


def frozen(row: models.RuleSet) -> Rules:
    """Freeze a version (冻结) with all that moves a score."""
    indicators = list(row.indicators.all())
    links = list(row.links.all())
    content = [
        [row.code, row.version],
        [[i.code, i.weight, i.tallies] for i in indicators],
        [[k.kind, k.mode, k.share, k.cap, k.margin, k.veto_effect, k.veto_deduction, k.veto_cap] for k in links],
    ]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
    return Rules(
        pk=row.pk, code=row.code, version=row.version, name=str(row), digest=digest,
        indicators=tuple(
            Indicator(i.code, i.name, i.weight, tuple(tally(t) for t in i.tallies)) for i in indicators
        ),
        links={"": Blend()} | {k.kind: rule(k) for k in links},
    )


def tally(data: dict[str, Any]) -> Tally:
    """Read a tally from its data (计数规则)."""
    unless = data.get("unless")
    return Tally(data["kind"], bool(data.get("good")), data.get("where", {}),
                 tally(unless) if unless else None, data.get("round", ""))


def rule(link: models.Link) -> Rule:
    """Read a link rule from its row (挂钩办法)."""
    vetoes = Vetoes(VetoEffect(link.veto_effect), link.veto_deduction, link.veto_cap)
    match link.mode:
        case models.Link.Mode.PASS_THROUGH:
            return PassThrough(link.share, link.cap, vetoes)
        case models.Link.Mode.CEILING:
            return Ceiling(link.share, link.margin, vetoes)
        case _:
            return Blend(link.share, vetoes)
