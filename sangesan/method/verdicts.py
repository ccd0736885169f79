"""Verdicts (计分): what was counted of one unit becomes the line of its statement.

Whoever counts, one fact at a time (`measures.py`) or all units at once (`bulk/`), ends here; so
both give the same line.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .indicators import State, deducted, lower_is_better, ratio, raw_deducted, timeliness
from .rounding import FULL, q, rounded_mean
from .statement import Indicator, Line


def line(indicator: Indicator, score: int | None, good: Sequence[int] = (), bad: Sequence[int] = (),
         state: State | None = None, **more) -> Line:
    """Return a line (清单项) with the ids for and against in order; without a score it is left out."""
    state = state or (State.EXEMPT if score is None else State.OK)
    return Line(indicator.code, indicator.weight, score, state, tuple(sorted(good)), tuple(sorted(bad)), **more)


def completeness(indicator: Indicator, good: Sequence[int], late: Sequence[int], bad: Sequence[int],
                 missed: bool) -> Line:
    """Return the line of what came in time, late and not (按期率); `missed` says that some were never reported."""
    if len(good) + len(late) + len(bad) < indicator.least:
        return line(indicator, None, good, [*late, *bad])
    score = timeliness(len(good), len(late), len(bad), indicator.late_share)
    return line(indicator, score, good, [*late, *bad], State.MISSING if missed and not good and not late else None)


def attained(indicator: Indicator, ids: Sequence[int], actual: int, planned: int) -> Line:
    """Return the line of what was reached of a plan, or kept below a limit (完成率、越低越好)."""
    goal = planned or indicator.planned or 0
    if indicator.method == "ratio":
        return line(indicator, ratio(actual, goal, indicator.cap), ids, value=actual)
    score = lower_is_better(actual, goal) if goal else (0 if actual else FULL)
    return line(indicator, score, (), ids, value=actual)


def of_days(indicator: Indicator, days: Sequence[tuple[int, int]]) -> Line:
    """Return the line of a mean of daily results (日结果平均), as (fact, final); a day without a result is none.

    `parts` say what each day lacks of a hundred, so that the result of every day stands in the line. Rule 7.
    """
    score = rounded_mean((1, final) for _, final in days) if len(days) >= indicator.least else None
    lost = tuple(sorted((fact, final - FULL) for fact, final in days if final < FULL))
    return line(indicator, score, [fact for fact, final in days if final >= FULL], [fact for fact, _ in lost],
                parts=lost)


def changed(indicator: Indicator, parts: Sequence[tuple[int, int]]) -> Line:
    """Return the line of points taken and given by single facts (扣分加分), as (id, points)."""
    changes = [points for _, points in parts]
    value = deducted(changes, indicator.base, indicator.floor, indicator.cap)
    score = q(Fraction(FULL * value, indicator.full)) if indicator.full else None
    return line(indicator, score, [n for n, p in parts if p >= 0], [n for n, p in parts if p < 0],
                value=raw_deducted(changes, indicator.base), parts=tuple(sorted(parts)))
