"""What a case says (试算内容): its rules by level and its units, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ..indicators import Measured, Own, State, own_score
from ..linkage import Blend, Ceiling, PassThrough, Rule, VetoEffect, Vetoes
from ..rounding import FULL, q
from .case import BadCase, choice, hundredths, listed, mapped, required, share, text, truth, weight

MEMBERS = ("equal", "heads", "head_days")
STATUSES = ("ok", "late", "missing", "exempt", "not_due")
UNIT = ("id", "parent", "level", "own", "indicators", "heads", "days", "veto")
MEASURED = ("weight", "score", "status", "late_share")
MODES: Mapping[str, tuple[type[Blend | PassThrough | Ceiling], tuple[str, ...]]] = {
    "blend": (Blend, ("share",)), "pass_through": (PassThrough, ("rate", "cap")),
    "ceiling": (Ceiling, ("share", "margin"))}
"""The three modes and what each reads (挂钩方式); what another mode reads may stand there too, but well formed."""
WIDEST = 1_000
MOST = 110
"""No own score is above so many points, even where a rule lifts the cap (rule 2)."""


@dataclass(frozen=True)
class Level:
    """How units of a level are linked (某级的挂钩办法): the rule, and what their children weigh."""

    rule: Rule
    members: str


@dataclass(frozen=True)
class Given:
    """A unit of the case (单位), checked; `heads` and `days` are None where they were not given."""

    id: str
    parent: str
    level: Level
    own: Own
    heads: Fraction | None
    days: Fraction | None
    vetoed: bool

    def weight(self, members: str) -> Fraction:
        """Return what it weighs in its parent's mean (权重)."""
        wanted = {"equal": (), "heads": ("heads",), "head_days": ("heads", "days")}[members]
        parts = [getattr(self, name) for name in wanted]
        if None in parts:
            raise BadCase(f"单位 {self.id} 缺少 {wanted[parts.index(None)]}，它的上级按 {members} 计")
        return parts[0] * (parts[1] if len(parts) > 1 else 1) if parts else Fraction(1)


def vetoes_of(given: Any) -> Vetoes:
    if given is None:
        return Vetoes()
    given = mapped(given, "veto", ("upward", "points", "cap"))
    effect = VetoEffect(choice(required(given, "upward", "veto"), "veto.upward", [e.value for e in VetoEffect]))
    deducts = effect is VetoEffect.DEDUCTION
    most = {name: hundredths(required(given, name, "veto"), f"veto.{name}", 0, 100)
            for name in ("points", "cap") if deducts or name in given}
    return Vetoes(effect, most["points"], most["cap"]) if deducts else Vetoes(effect)


def level_of(given: Any, place: str, vetoes: Vetoes) -> Level:
    given = mapped(given, place, ("mode", "share", "rate", "cap", "margin", "members"))
    members = choice(given.get("members", "equal"), f"{place}.members", MEMBERS)
    mode = choice(required(given, "mode", place), f"{place}.mode", tuple(MODES))
    read = {name: share(given[name], f"{place}.{name}") if name in ("share", "rate")
            else hundredths(given[name], f"{place}.{name}", 0, 100)
            for name in ("share", "rate", "cap", "margin") if name in given}
    kind, parts = MODES[mode]
    return Level(kind(*(required(read, name, place) for name in parts), vetoes=vetoes), members)


def units_of(rows: Sequence[Any], levels: Mapping[str, Level]) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for number, row in enumerate(rows, start=1):
        unit = _unit(mapped(row, f"units 第 {number} 项", UNIT), levels, number)
        if unit.id in found:
            raise BadCase(f"单位 {unit.id} 写了两次")
        found[unit.id] = unit
    if not found:
        raise BadCase("units 里一个单位也没有")
    return found


def _unit(given: Mapping[str, Any], levels: Mapping[str, Level], number: int) -> Given:
    name = text(required(given, "id", f"units 第 {number} 项"), f"units 第 {number} 项的 id")
    place, parent = f"单位 {name}", given.get("parent")
    kind = text(required(given, "level", place), f"{place}的 level")
    level = levels.get(kind) or levels.get("default")
    if level is None:
        raise BadCase(f"link 里没有 {kind} 的办法，也没有 default")

    def part(of: str) -> Fraction | None:
        return None if given.get(of) is None else weight(given[of], f"{place}的 {of}")

    return Given(name, "" if parent is None else text(parent, f"{place}的 parent"), level, _own(given, place),
                 part("heads"), part("days"), truth(given.get("veto", False), f"{place}的 veto"))


def _own(given: Mapping[str, Any], place: str) -> Own:
    """Return a unit's own score (本级得分): as given, or from its indicators."""
    if given.get("indicators") is None:
        own = given.get("own")
        return Own(None if own is None else hundredths(own, f"{place}的 own", 0, MOST))
    if given.get("own") is not None:
        raise BadCase(f"{place}既写了 own 又写了 indicators，只能写一样")
    rows = [_measured(mapped(row, f"{place}的第 {n} 项指标", MEASURED), f"{place}的第 {n} 项指标")
            for n, row in enumerate(listed(given["indicators"], f"{place}的 indicators"), start=1)]
    if rows and not any(row.weight for row in rows):
        raise BadCase(f"{place}的指标权重合计为零")
    return own_score(rows)


def _measured(given: Mapping[str, Any], place: str) -> Measured:
    """Return an indicator as measured (指标得分); a late one counts the late share of its score."""
    parts, status = weight(required(given, "weight", place), f"{place}的 weight"), given.get("status", "ok")
    score = None if given.get("score") is None else hundredths(given["score"], f"{place}的 score", -WIDEST, WIDEST)
    earned = None if given.get("late_share") is None else share(given["late_share"], f"{place}的 late_share")
    match choice(status, f"{place}的 status", STATUSES):
        case "exempt" | "not_due":
            return Measured(parts, None, State.EXEMPT)
        case "missing":
            return Measured(parts, None, State.MISSING)
        case "late" if earned is None:
            raise BadCase(f"{place} 缺少 late_share")
        case "late":
            return Measured(parts, q(Fraction((FULL if score is None else score) * earned, FULL)))
        case _ if score is None:
            raise BadCase(f"{place} 缺少 score")
        case _:
            return Measured(parts, score)
