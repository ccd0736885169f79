"""Measures (计分方法): the methods of an indicator, and the veto, over the facts of one unit.

Every tally says as what a fact counts:

- completeness: `due` opens one expectation per subject, whose outcome is looked up in the subject's
  history: `exempt`, else `good`, else `late`, else `missed`; one still open is not due yet. Without
  any `due` the outcomes of the period itself are counted.
- ratio, lower: `actual` and `planned` are summed by quantity; the rule's own planned value stands in.
- deduct, add: `good` adds its points, `bad` takes them, each bounded by floor and cap (`Indicator.base`).
- steps: `step` n of a subject was taken; `complete` (未发现问题), a step itself, exempts those after it.
- veto: one `veto` is enough.
- days: the mean of the unit's daily results (`verdicts.of_days`); a period alone has days, a day has none.

The score is brought to a hundred: value over full. Rule 1 of scoring.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from . import verdicts
from .indicators import Own, State, own_score, steps
from .rounding import FULL, mean, q, within
from .statement import Counted, Histories, Indicator, Line, Tally, paid

ROLES = {
    "completeness": ("due", "good", "late", "bad", "missed", "exempt"),
    "ratio": ("actual", "planned"), "lower": ("actual", "planned"),
    "deduct": ("good", "bad"), "add": ("good", "bad"), "steps": ("step", "complete"), "veto": ("veto",),
    "days": ("day",),
}
"""As what facts may count, by method (计入方式)."""


@dataclass(frozen=True)
class Hit:
    """A fact and the tally it falls under (归项)."""

    fact: Counted
    tally: Tally

    @property
    def role(self) -> str:
        return self.tally.counts_as

    @property
    def quantity(self) -> int:
        return int(self.fact.content.get("quantity", 1))


def measure(indicator: Indicator, facts: Sequence[Counted], histories: Histories) -> Line:
    """Measure one indicator over a unit's facts (指标计分)."""
    hits = [h for h in _hits(indicator, facts) if not paid(h.fact, h.tally, histories.get(h.fact.subject, ()))]
    return METHODS[indicator.method](indicator, hits, histories)


@dataclass(frozen=True)
class Correction:
    """What an assessor entered and a second person checked (人工更正): `points`, `exempt` or `veto`.

    `part` is how much of the period it is about: a month of a quarter is a third.
    """

    fact: int
    points: int
    how: str = "points"
    part: Fraction = Fraction(1)


def corrected(line: Line, indicator: Indicator, corrections: Sequence[Correction]) -> Line:
    """Return an indicator with its corrections applied (更正后得分), in its own points, within its bounds.

    Points taken and given add up over the months, as facts do; a share that was measured is moved by a month's
    correction as far as that month is a part of the period, and an indicator is exempt where all of it is.

    >>> from .statement import Indicator, Tally
    >>> indicator = Indicator("a", "甲", 20, (Tally("x", True),), "deduct", full=2_000, cap=2_000)
    >>> corrected(measure(indicator, [], {}), indicator, [Correction(7, -500)]).score
    7500
    """
    if not corrections:
        return line
    facts = tuple(c.fact for c in corrections)
    if indicator.method == "veto":
        found = tuple(c.fact for c in corrections if c.how == "veto")
        return replace(line, bad=tuple(sorted({*line.bad, *found})), vetoed=line.vetoed or bool(found))
    if sum(c.part for c in corrections if c.how == "exempt") >= 1:
        return replace(line, score=None, state=State.EXEMPT, bad=tuple(sorted({*line.bad, *facts})))
    full, summed = indicator.full or FULL, indicator.method in ("deduct", "add")
    worth = {c.fact: c.points if summed else c.points * c.part for c in corrections if c.how == "points"}
    if not worth:
        return line
    score = FULL if line.measured.counted is None else line.measured.counted
    score = q(within(Fraction(score) + FULL * sum(worth.values(), Fraction(0)) / full, 0,
                     max(FULL, q(Fraction(FULL * indicator.cap, full)))))
    return replace(
        line, score=score, state=State.OK,
        good=tuple(sorted({*line.good, *(fact for fact, points in worth.items() if points >= 0)})),
        bad=tuple(sorted({*line.bad, *(fact for fact, points in worth.items() if points < 0)})),
        parts=tuple(sorted({*line.parts, *((fact, q(points)) for fact, points in worth.items())})),
    )


def statement(
    indicators: Iterable[Indicator], facts: Sequence[Counted], histories: Histories, cap: int = FULL
) -> tuple[tuple[Line, ...], Own]:
    """Return a unit's statement (考核清单) and its own score over one day or period.

    `histories` hold what happened to the subjects of facts whose outcome lies outside the period.
    """
    lines = tuple(measure(indicator, facts, histories) for indicator in indicators)
    return lines, own_score((entry.measured for entry in lines), cap)


def _hits(indicator: Indicator, facts: Sequence[Counted]) -> list[Hit]:
    found = []
    for fact in facts:
        tally = next((t for t in indicator.tallies if t.kind == fact.kind and t.matches(fact)), None)
        if tally:
            found.append(Hit(fact, tally))
    return found


def _of(hits: Sequence[Hit], *roles: str) -> list[int]:
    return [h.fact.id for h in hits if h.role in roles]


def _completeness(indicator: Indicator, hits: list[Hit], histories: Histories) -> Line:
    if any(t.counts_as == "due" for t in indicator.tallies):
        hits = _outcomes(indicator, hits, histories)
    return verdicts.completeness(indicator, _of(hits, "good"), _of(hits, "late"), _of(hits, "bad", "missed"),
                                 bool(_of(hits, "missed")))


def _outcomes(indicator: Indicator, hits: list[Hit], histories: Histories) -> list[Hit]:
    """Return what became of every expectation of the period (应办事项的结果), one hit for each."""
    found = []
    for subject in sorted({h.fact.subject for h in hits if h.role == "due"}):
        became = {h.role: h for h in reversed(_hits(indicator, histories.get(subject, ())))}
        outcome = next((became[r] for r in ("exempt", "good", "late", "missed", "bad") if r in became), None)
        if outcome:
            found.append(outcome)
    return found


def _amount(hits: list[Hit], role: str) -> int:
    return sum(h.quantity for h in hits if h.role == role)


def _ratio(indicator: Indicator, hits: list[Hit], histories: Histories) -> Line:
    return verdicts.attained(indicator, _of(hits, "actual"), _amount(hits, "actual"), _amount(hits, "planned"))


def _changed(indicator: Indicator, hits: list[Hit], histories: Histories) -> Line:
    return verdicts.changed(indicator, [(h.fact.id, h.tally.points * h.quantity * (1 if h.role == "good" else -1))
                                        for h in hits])


def _steps(indicator: Indicator, hits: list[Hit], histories: Histories) -> Line:
    """Score each subject's steps and take their mean (分步计分)."""
    weights = {t.step: t.points for t in indicator.tallies if t.counts_as == "step"}
    places = sorted(weights)
    by_subject: dict[str, list[Hit]] = {}
    for hit in hits:
        by_subject.setdefault(hit.fact.subject, []).append(hit)
    scores = []
    for _subject, taken in sorted(by_subject.items()):
        there = {h.tally.step for h in taken if h.tally.step}
        whole = any(h.role == "complete" for h in taken)
        last = max(there, default=0)
        done = [None if whole and n > last else n in there for n in places]
        scores.append((1, steps(done, [weights[n] for n in places], indicator.prefix_only)))
    exact = mean(scores)
    return verdicts.line(indicator, None if exact is None else q(exact), _of(hits, "step", "complete"))


def _days(indicator: Indicator, hits: list[Hit], histories: Histories) -> Line:
    return verdicts.of_days(indicator, ())


def _veto(indicator: Indicator, hits: list[Hit], histories: Histories) -> Line:
    return verdicts.line(indicator, None, (), _of(hits, "veto"), vetoed=bool(hits))


METHODS: dict[str, Callable[[Indicator, list[Hit], Histories], Line]] = {
    "completeness": _completeness, "ratio": _ratio, "lower": _ratio, "steps": _steps, "veto": _veto,
    "deduct": _changed, "add": _changed, "days": _days,
}
"""How the facts of one unit become a line, by method (计分)."""

__all__ = ["METHODS", "ROLES", "Correction", "Hit", "corrected", "measure", "statement"]
