"""Trial (试算): one case, written down whole, linked and shared out; no ledger, no database.

The case is the JSON of `sangesan trial`: rules by level, a tree of units, perhaps a pool. Numbers
are decimal strings, so that nothing passes through a float. Rules 2 to 5 and 8 of scoring.md.

>>> case = {"link": {"default": {"mode": "blend", "share": "0.3"}},
...         "units": [{"id": "mine", "parent": None, "level": "mine", "own": "90.00"},
...                   {"id": "t1", "parent": "mine", "level": "team", "own": "80.50"}]}
>>> tried(case)["units"]["mine"]
{'own': '90.00', 'children': '80.50', 'final': '87.15', 'flags': []}
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from .case import (
    BadCase,
    choice,
    fraction,
    hundredths,
    listed,
    mapped,
    money,
    required,
    share,
    text,
    truth,
    weight,
)
from .indicators import Measured, Own, State, own_score
from .linkage import Blend, Ceiling, Child, PassThrough, Rule, VetoEffect, Vetoes, linked
from .payout import allocate
from .rounding import FULL, points, q

MEMBERS = ("equal", "heads", "head_days")
STATUSES = ("ok", "late", "missing", "exempt", "not_due")
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


def tried(case: Any) -> dict[str, Any]:
    """Compute a case (试算) and return what `sangesan trial` prints. Raises BadCase."""
    case = mapped(case, "试算文件")
    vetoes = _vetoes(case.get("veto"))
    rules = mapped(required(case, "link", "试算文件"), "link")
    levels = {name: _level(rule, f"link.{name}", vetoes) for name, rule in rules.items()}
    units = _units(listed(required(case, "units", "试算文件"), "units"), levels)
    results = _linked(units)
    payouts, kept = _shared_out(case.get("pool"))
    return {
        "units": {name: results[name] for name in units},
        "payouts": {payee: points(cents) for payee, cents in payouts.items()},
        "undistributed": points(kept),
        "rule_hash": _digest(levels),
    }


def _vetoes(given: Any) -> Vetoes:
    if given is None:
        return Vetoes()
    given = mapped(given, "veto")
    effect = VetoEffect(choice(required(given, "upward", "veto"), "veto.upward", [e.value for e in VetoEffect]))
    if effect is not VetoEffect.DEDUCTION:
        return Vetoes(effect)
    most = {name: hundredths(required(given, name, "veto"), f"veto.{name}", 0, 100) for name in ("points", "cap")}
    return Vetoes(effect, most["points"], most["cap"])


def _level(given: Any, place: str, vetoes: Vetoes) -> Level:
    given = mapped(given, place)

    def part(name: str) -> int:
        return share(required(given, name, place), f"{place}.{name}")

    def most(name: str) -> int:
        return hundredths(required(given, name, place), f"{place}.{name}", 0, 100)

    members = choice(given.get("members", "equal"), f"{place}.members", MEMBERS)
    match choice(required(given, "mode", place), f"{place}.mode", ("blend", "pass_through", "ceiling")):
        case "blend":
            return Level(Blend(part("share"), vetoes), members)
        case "pass_through":
            return Level(PassThrough(part("rate"), most("cap"), vetoes), members)
        case _:
            return Level(Ceiling(part("share"), most("margin"), vetoes), members)


def _units(rows: Sequence[Any], levels: Mapping[str, Level]) -> dict[str, Given]:
    found: dict[str, Given] = {}
    for number, row in enumerate(rows, start=1):
        unit = _unit(mapped(row, f"units 第 {number} 项"), levels, number)
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
    rows = [_measured(mapped(row, f"{place}的第 {n} 项指标"), f"{place}的第 {n} 项指标")
            for n, row in enumerate(listed(given["indicators"], f"{place}的 indicators"), start=1)]
    if rows and not any(row.weight for row in rows):
        raise BadCase(f"{place}的指标权重合计为零")
    return own_score(rows)


def _measured(given: Mapping[str, Any], place: str) -> Measured:
    """Return an indicator as measured (指标得分); a late one counts the late share of its score."""
    parts, status = weight(required(given, "weight", place), f"{place}的 weight"), given.get("status", "ok")
    match choice(status, f"{place}的 status", STATUSES):
        case "exempt" | "not_due":
            return Measured(parts, None, State.EXEMPT)
        case "missing":
            return Measured(parts, None, State.MISSING)
        case "late":
            earned = share(required(given, "late_share", place), f"{place}的 late_share")
            score = _score(given["score"], place) if given.get("score") is not None else FULL
            return Measured(parts, q(Fraction(score * earned, FULL)))
        case _:
            return Measured(parts, _score(required(given, "score", place), place))


def _score(value: Any, place: str) -> int:
    """Return an indicator's points (指标分值); it has its own bounds, so the sum alone is clamped."""
    return q(fraction(value, f"{place}的 score") * 100)


def _linked(units: Mapping[str, Given]) -> dict[str, dict[str, Any]]:
    """Return every unit's line (逐级挂钩), computed from below."""
    below: dict[str, list[Child]] = {}
    results = {}
    for name in upward({unit.id: unit.parent for unit in units.values()}):
        unit = units[name]
        result = linked(unit.own.score, below.get(name, ()), unit.level.rule, unit.vetoed)
        mean = None if result.children is None else q(result.children)
        flags = [*unit.own.flags, *(["veto"] if unit.vetoed else [])]
        results[name] = {"own": _said(unit.own.score), "children": _said(mean), "final": _said(result.final),
                         "flags": flags}
        if unit.parent:
            child = Child(result.unvetoed, unit.weight(units[unit.parent].level.members), unit.vetoed)
            below.setdefault(unit.parent, []).append(child)
    return results


def upward(parents: Mapping[str, str]) -> list[str]:
    """Return the names with everything below before what is above (自下而上). Raises BadCase on a circle.

    >>> upward({"mine": "", "t1": "mine", "c1": "t1"})
    ['c1', 't1', 'mine']
    """
    left = dict.fromkeys(parents, 0)
    for name, parent in parents.items():
        if parent and parent not in parents:
            raise BadCase(f"{name} 的上级 {parent} 不在文件里")
        if parent:
            left[parent] += 1
    ready, order = [name for name, count in left.items() if not count], []
    while ready:
        order.append(name := ready.pop())
        if parent := parents[name]:
            left[parent] -= 1
            if not left[parent]:
                ready.append(parent)
    if len(order) < len(parents):
        raise BadCase(f"{next(name for name, count in left.items() if count)} 的上级绕成了圈")
    return order


def _shared_out(pool: Any) -> tuple[dict[str, int], int]:
    """Return who gets how many cents (分配), and what stayed because all weights below were nought."""
    if pool is None:
        return {}, 0
    pool = mapped(pool, "pool")
    stages: dict[str, dict[str, Fraction]] = {}
    above: dict[str, str] = {}
    for number, row in enumerate(listed(required(pool, "stages", "pool"), "pool.stages"), start=1):
        place = f"pool.stages 第 {number} 项"
        row = mapped(row, place)
        payee, of = text(required(row, "to", place), f"{place}的 to"), row.get("of")
        if payee in above:
            raise BadCase(f"{payee} 在分配里写了两次")
        above[payee] = "" if of is None else text(of, f"{place}的 of")
        stages.setdefault(above[payee], {})[payee] = weight(required(row, "weight", place), f"{place}的 weight")
    order, amount = upward(above)[::-1], money(required(pool, "amount", "pool"), "pool.amount")
    given = _split(amount, stages.get("", {}))
    for payee in order:
        given |= _split(given[payee], stages.get(payee, {}))
    kept = sum(amount if not of else given[of] for of, shares in stages.items() if not any(shares.values()))
    return {payee: given[payee] for payee in above}, kept if stages else amount


def _split(cents: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Share cents by decimal weights (按权重分配): brought to whole numbers, which changes no proportion."""
    return allocate(cents, {payee: int(part * 10**9) for payee, part in shares.items()})


def _digest(levels: Mapping[str, Level]) -> str:
    """Return the digest of the rules as understood (办法摘要): 0.3 and 0.30 are one rule."""
    rules = {name: [type(level.rule).__name__, level.members, asdict(level.rule)] for name, level in levels.items()}
    body = json.dumps(rules, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()


def _said(score: int | None) -> str | None:
    return None if score is None else points(score)
