"""How a result was reckoned (算式): in words for a pocket calculator, and where its lost points went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sangesan.appraisal.scoring.models import Run, Score
from sangesan.method.linkage import Blend, Ceiling, Child, PassThrough, Rule, VetoEffect, below, fixed_deduction
from sangesan.method.losses import Losses, lost_by_part, lost_by_source
from sangesan.method.rounding import points
from sangesan.method.weights import read, written
from sangesan.organization.units.models import Line, Unit

from .access import daily


@dataclass(frozen=True)
class Below:
    """A unit below, or a contact unit, and what its result cost here (下级); `note` how a veto of it counts."""

    unit: Unit
    read: int | None
    weight: int
    note: str
    lost: int


@dataclass(frozen=True)
class Part:
    """A line of a unit's result (条线): its weight, its result, of which unit it is, what it cost."""

    line: str
    word: str
    weight: int | str
    final: int
    unit: Unit | None
    lost: int


@dataclass(frozen=True)
class Sources:
    """Where the points went (失分来源)."""

    own: int
    below: list[Below]
    parts: list[Part]
    veto: int


def children_of(run: Run, score: Score) -> dict[str, Child]:
    """Return what a result read below (所读下级), by code; in a day's run all weigh alike and none is vetoed."""
    rows = score.statement["children"]
    return {code: Child(read, *more) for code, read, *more in rows} if not daily(run) else {
        code: Child(read) for code, read, *_more in rows}


def sources(run: Run, score: Score, rule: Rule) -> Sources:
    """Return where the points of a result went (失分来源)."""
    children, said = children_of(run, score), score.statement.get("parts", ())
    lost = lost_by_source(score.own, children, rule, score.final, score.unvetoed, vetoed(score)) if not said else (
        Losses(0, {}, (score.unvetoed or 0) - score.final if vetoed(score) else 0))
    units = {u.code: u for u in Unit.objects.filter(code__in=[*children, *(part[3] for part in said)])}
    rows = [Below(unit, _read(child, rule), child.weight, _note(child, rule), lost.below[code])
            for code, unit in units.items() if (child := children.get(code))]
    return Sources(lost.own, rows, _parts(said, score, units), lost.veto)


def vetoed(score: Score) -> bool:
    """Return whether a veto fell on the result (被否决)."""
    return "veto" in score.flags.split(",")


def _parts(said: Sequence[Sequence[Any]], score: Score, units: Mapping[str, Unit]) -> list[Part]:
    free = score.final if score.unvetoed is None else score.unvetoed
    lost, words = lost_by_part([(read(weight), final) for _line, weight, final, _of in said], free), dict(Line.choices)
    return [Part(line, str(words.get(line, line)), weight, final, units.get(of), gone)
            for (line, weight, final, of), gone in zip(said, lost, strict=True)]


def _read(child: Child, rule: Rule) -> int | None:
    """Return the score of a child as it entered (计入的得分); None where it was left out."""
    counted = below([child], rule.vetoes)
    return counted[0].score if counted else None


def _note(child: Child, rule: Rule) -> str:
    if not child.vetoed:
        return ""
    return {VetoEffect.SCORE: _("一票否决，按零分计入"), VetoEffect.ISOLATE: _("一票否决，不计入"),
            VetoEffect.DEDUCTION: _("一票否决，按否决前计入，另扣分")}[rule.vetoes.effect]


def reckoning(score: Score, rule: Rule, children: Mapping[str, Child]) -> str:
    """Return how the result was reckoned (算式), so that anybody comes to the published number."""
    free = score.final if score.unvetoed is None else score.unvetoed
    said = _over_lines(score) or _linked(score, rule, list(children.values())) + f" = {points(free)}"
    if score.own is None and score.linked is not None and not score.statement.get("parts"):
        said = _("只有下级平均，直接作为结果")
    elif score.linked is None and score.own is not None:
        said = _("只有本级得分，直接作为结果")
    if vetoed(score):
        return _("%(said)s；有一票否决，结果记零分") % {"said": said} if score.unvetoed is not None else _(
            "有一票否决，结果记零分")
    return said


def _over_lines(score: Score) -> str:
    """Return the mean over the lines (各条线平均), '' for a result that is of one line."""
    words, parts = dict(Line.choices), score.statement.get("parts", ())
    heavy = sum(read(weight) for _line, weight, *_more in parts)
    if not parts:
        return ""
    whole = " + ".join(f"{words.get(line, line)} {points(final)} × {weight}" for line, weight, final, _of in parts)
    free = score.final if score.unvetoed is None else score.unvetoed
    return f"（{whole}）÷ {written(heavy)} = {points(free)}"


def _linked(score: Score, rule: Rule, children: Sequence[Child]) -> str:
    own, counted = points(score.own), below(children, rule.vetoes)
    match rule:
        case PassThrough():
            lost = points(sum(10_000 - (c.score or 0) for c in counted))
            said = _("本级 %(own)s − 下级共失 %(lost)s × %(rate)s%%（至多扣 %(most)s）") % {
                "own": own, "lost": lost, "rate": _percent(rule.rate), "most": points(rule.cap)}
        case Blend() | Ceiling():
            said = _("本级 %(own)s × %(mine)s%% + 下级平均 %(below)s × %(share)s%%") % {
                "own": own, "mine": _percent(10_000 - rule.share), "below": points(score.linked),
                "share": _percent(rule.share)}
    if isinstance(rule, Ceiling) and counted:
        said += _("，不高出最弱下级 %(low)s + %(margin)s") % {
            "low": points(min(c.score or 0 for c in counted)), "margin": points(rule.margin)}
    if fixed := fixed_deduction(children, rule.vetoes):
        said += _("，再扣否决 %s") % points(fixed)
    return said


def _percent(basis: int) -> str:
    return points(basis).rstrip("0").rstrip(".")
