"""Indicators (考核指标): how what was counted becomes points, and points a unit's own score.

All values are hundredths of a point; weights are any integers. Rules 1 and 2 of scoring.md.
An indicator is rounded when it is published, so anybody can check the sum by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .rounding import FULL, mean, q, within


class State(StrEnum):
    """What stands behind an indicator's value (指标状态)."""

    OK = "ok"  # measured; a measured 0 is a 0
    EXEMPT = "exempt"  # 免考、未发生: left out, the other weights renormalise
    NOT_DUE = "not_due"  # 未到期: left out too
    MISSING = "missing"  # 应报未报: counts 0, with a flag


@dataclass(frozen=True)
class Measured:
    """An indicator as measured (指标得分): `score` of 100 points in hundredths, None when left out."""

    weight: int
    score: int | None
    state: State = State.OK

    @property
    def counted(self) -> int | None:
        """The value that enters the own score (计入值)."""
        if self.state in (State.EXEMPT, State.NOT_DUE):
            return None
        return 0 if self.state is State.MISSING else self.score


@dataclass(frozen=True)
class Own:
    """A unit's own score (本级得分): the published value, the raw one, and what is flagged."""

    score: int | None
    raw: int | None = None
    flags: tuple[str, ...] = ()


def ratio(actual: int, planned: int, cap: int = FULL) -> int | None:
    """Return attainment (完成率) `100·min(cap, actual/planned)`; nothing planned is None.

    >>> ratio(45, 50), ratio(60, 50, cap=11_000), ratio(1, 0)
    (9000, 11000, None)
    """
    return None if planned == 0 else q(within(Fraction(FULL * actual, planned), 0, cap))


def lower_is_better(actual: int, limit: int) -> int:
    """Return attainment where less is better (越低越好) `100·max(0, 2 − actual/limit)`, at most 100.

    >>> lower_is_better(3, 2), lower_is_better(0, 2), lower_is_better(9, 2)
    (5000, 10000, 0)
    """
    return q(within(FULL * (2 - Fraction(actual, limit)), 0, FULL))


def deducted(changes: Iterable[int], full: int = FULL, floor: int = 0, cap: int = FULL) -> int:
    """Return a full score with points added and taken (扣分加分), bounded (扣完为止).

    >>> deducted([-200, -50, -300, 150])
    9600
    """
    return int(within(full + sum(changes), floor, cap))


def raw_deducted(changes: Iterable[int], full: int = FULL) -> int:
    """Return the same without bounds (原始得分), kept beside the published value."""
    return full + sum(changes)


def completeness(expected: int, done: int, exempt: int = 0) -> int | None:
    """Return how much of what was expected was done (完成率或及时率), exempted ones left out.

    >>> completeness(22, 21), completeness(22, 20), completeness(22, 20, exempt=2)
    (9545, 9091, 10000)
    """
    return ratio(done, expected - exempt)


def timeliness(on_time: int, late: int, missed: int = 0, late_share: int = 0) -> int | None:
    """Return how much came in time (按期率); a late one counts `late_share` basis points of one.

    >>> timeliness(3, 1), timeliness(3, 1, late_share=5_000), timeliness(0, 0)
    (7500, 8750, None)
    """
    return ratio(on_time * FULL + late * late_share, (on_time + late + missed) * FULL)


def steps(done: Sequence[bool | None], weights: Sequence[int], prefix_only: bool = False) -> int | None:
    """Return the points of steps taken (分步计分); None marks an exempted step.

    With `prefix_only` a step counts only while every step before it was taken.

    >>> contact = [True, True, False, True, True]
    >>> steps(contact, [20] * 5), steps(contact, [20] * 5, prefix_only=True)
    (8000, 4000)
    >>> steps([True, True, None, None, None], [20] * 5)
    10000
    """
    earned, broken = [], False
    for taken, weight in zip(done, weights, strict=True):
        if taken is None:
            continue
        broken = broken or not taken
        earned.append((weight, FULL if taken and not (prefix_only and broken) else 0))
    exact = mean(earned)
    return None if exact is None else q(exact)


def own_score(measured: Iterable[Measured], cap: int = FULL) -> Own:
    """Return a unit's own score (本级得分) over what is not left out; nothing left is none, not 0.

    >>> own_score([Measured(40, 9250), Measured(30, 8800), Measured(20, 10000), Measured(10, 7500)]).score
    9090
    >>> own_score([Measured(40, None, State.EXEMPT)]).score is None
    True
    """
    measured = list(measured)
    exact = mean((m.weight, m.counted) for m in measured)
    flags = ("missing",) if any(m.state is State.MISSING for m in measured) else ()
    if exact is None:
        return Own(None, None, flags)
    return Own(q(within(exact, 0, cap)), q(exact), flags)
