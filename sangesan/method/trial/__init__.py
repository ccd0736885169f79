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
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from ..linkage import Child, linked
from ..rounding import points, q
from .case import BadCase, listed, mapped, required, shown, text, upward
from .pool import shared_out
from .reading import Given, Level, level_of, units_of, vetoes_of

__all__ = ["BadCase", "shown", "tried"]


def tried(case: Any) -> dict[str, Any]:
    """Compute a case (试算) and return what `sangesan trial` prints. Raises BadCase."""
    case = mapped(case, "试算文件", ("link", "veto", "units", "pool"))
    vetoes = vetoes_of(case.get("veto"))
    rules = mapped(required(case, "link", "试算文件"), "link")
    levels = {text(name, "link 的级别"): level_of(rule, f"link.{name}", vetoes) for name, rule in rules.items()}
    units = units_of(listed(required(case, "units", "试算文件"), "units"), levels)
    results = _linked(units)
    payouts, kept = shared_out(case.get("pool"), units)
    return {
        "units": {name: results[name] for name in units},
        "payouts": {payee: points(cents) for payee, cents in payouts.items()},
        "undistributed": points(kept),
        "rule_hash": _digest(levels),
    }


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


def _digest(levels: Mapping[str, Level]) -> str:
    """Return the digest of the rules as understood (办法摘要): 0.3 and 0.30 are one rule."""
    rules = {name: [type(level.rule).__name__, level.members, asdict(level.rule)] for name, level in levels.items()}
    body = json.dumps(rules, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(body.encode()).hexdigest()


def _said(score: int | None) -> str | None:
    return None if score is None else points(score)
