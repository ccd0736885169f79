"""Reads of pay (兑现查询): pools for assessor and payroll clerk, one's own line for everybody."""

from .mine import Own, own
from .pools import (
    Ready,
    Sums,
    corrected,
    entered,
    last_revision,
    lines,
    payable,
    pool_for,
    ready,
    recent,
    sums,
    units,
    visible,
)
from .reckoning import Reckoned, factors, members, pay_rule, reckon, roster

__all__ = [
    "Own", "Ready", "Reckoned", "Sums", "corrected", "entered", "factors", "last_revision", "lines", "members",
    "own", "pay_rule", "payable", "pool_for", "ready", "recent", "reckon", "roster", "sums", "units",
    "visible",
]
