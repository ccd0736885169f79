"""The pool of a case (试算奖金): shared out stage by stage, each exact to the cent. Rule 8 of scoring.md."""

from __future__ import annotations

from collections.abc import Container, Mapping
from fractions import Fraction
from typing import Any

from ..payout import allocate
from .case import PLACES, BadCase, listed, mapped, money, required, shown, text, upward, weight


def shared_out(pool: Any, units: Container[str] = ()) -> tuple[dict[str, int], int]:
    """Return who gets how many cents (分配), and what stayed because all weights below were nought.

    A stage is shared among units of the case or among others, who may be persons; who stands there
    unknown beside a unit is a slip of the pen.
    """
    if pool is None:
        return {}, 0
    pool = mapped(pool, "pool", ("amount", "stages"))
    stages: dict[str, dict[str, Fraction]] = {}
    above: dict[str, str] = {}
    for number, row in enumerate(listed(required(pool, "stages", "pool"), "pool.stages"), start=1):
        place = f"pool.stages 第 {number} 项"
        row = mapped(row, place, ("to", "of", "weight"))
        payee, of = text(required(row, "to", place), f"{place}的 to"), row.get("of")
        if payee in above:
            raise BadCase(f"{payee} 在分配里写了两次")
        above[payee] = "" if of is None else text(of, f"{place}的 of")
        stages.setdefault(above[payee], {})[payee] = weight(required(row, "weight", place), f"{place}的 weight")
    for shares in stages.values():
        known = [payee for payee in shares if payee in units]
        if known and len(known) < len(shares):
            strange = next(payee for payee in shares if payee not in units)
            raise BadCase(f"pool.stages 里的 {shown(strange)} 不在 units 里，与它同分的 {shown(known[0])} 却在")
    for payee, of in above.items():
        if of and of not in above:
            raise BadCase(f"pool.stages 里 {shown(payee)} 由 {shown(of)} 再分，{shown(of)} 自己却没有分到")
    order, amount = upward(above)[::-1], money(required(pool, "amount", "pool"), "pool.amount")
    given = _split(amount, stages.get("", {}))
    for payee in order:
        given |= _split(given[payee], stages.get(payee, {}))
    kept = sum(amount if not of else given[of] for of, shares in stages.items() if not any(shares.values()))
    return {payee: given[payee] for payee in above}, kept if stages else amount


def _split(cents: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Share cents by decimal weights (按权重分配): brought to whole numbers, which changes no proportion."""
    return allocate(cents, {payee: int(part * 10**PLACES) for payee, part in shares.items()})
