"""Reads of pay (兑现查询): pools for assessor and payroll clerk, one's own line for everybody."""

from .intact import altered, altered_pools, bound, digest_of, lost_pools
from .mine import Own, own
from .pools import (
    Order,
    Ready,
    Sums,
    entered,
    last_revision,
    lines,
    payable,
    pool_for,
    proof,
    ready,
    recent,
    sums,
    totals,
    units,
    visible,
)
from .reckoning import Reckoned, corrected, owed, pay_rule, reckon
from .roster import roster

__all__ = [
    "Order", "Own", "Ready", "Reckoned", "Sums", "altered", "altered_pools", "bound", "corrected", "digest_of",
    "entered", "last_revision", "lines", "lost_pools", "owed", "own", "pay_rule", "payable", "pool_for", "proof",
    "ready", "recent", "reckon", "roster", "sums", "totals", "units", "visible",
]
