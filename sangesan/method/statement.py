"""Statement (考核清单): the facts of one unit sorted under the indicators they move.

A rule says for each indicator which kinds of facts count well and which count against. The share
that went well is the indicator's value, so the number of matters never lowers a score (chapter
V.2), only how they were handled does. No facts of its kinds: exempt.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from .indicators import Measured, State
from .payout import allocate
from .rounding import FULL


def fits(kinds: Collection[str], kind: str, line: str) -> bool:
    """Return whether kinds of units mean a unit of this kind in this line (是否属于); none mean every one.

    The branches of Party, union and league are of one kind; `branch.union` means those of one line.

    >>> fits(("branch",), "branch", "union"), fits(("branch.party", "team"), "branch", "union"), fits((), "team", "")
    (True, False, True)
    """
    return not kinds or kind in kinds or f"{kind}.{line}" in kinds


class Counted(Protocol):
    """A fact as the assessment reads it (计入的条目)."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def content(self) -> Mapping[str, Any]: ...


Histories = Mapping[str, Sequence[Counted]]


@dataclass(frozen=True)
class Tally:
    """Which facts count (计数规则): a kind, the values its fields must have, and for or against.

    `unless` names a fact of the same round that has already counted for the same thing: a
    lateness costs once. A new round begins with a fact of kind `round`. `role` says more closely as
    what a fact counts (`measures.py`), `points` what one is worth in hundredths, `step` which step it is.
    """

    kind: str
    good: bool
    where: Mapping[str, Any] = field(default_factory=dict)
    unless: Tally | None = None
    round: str = ""
    role: str = ""
    points: int = 0
    step: int = 0

    @property
    def counts_as(self) -> str:
        """As what a fact counts (计入方式)."""
        return self.role or ("good" if self.good else "bad")

    def matches(self, fact: Counted) -> bool:
        """Return whether a fact is of this kind with these values (是否符合); of quantity 0 it counts nowhere.

        A letter that came in as history has no clocks, so nothing about it is well or badly done.
        """
        return fact.kind == self.kind and fact.content.get("quantity", 1) != 0 and all(
            says(fact.content.get(name), wanted) for name, wanted in self.where.items())


def says(said: Any, wanted: Any) -> bool:
    """Return whether a field says what a tally wants (是否相符): a value, one of several, or any version of a code.

    >>> says("late", "late"), says("late", ["late", "missed"]), says("DY-ZW-12", {"version_of": "DY-ZW"})
    (True, True, True)
    >>> says("DY-ZWH-1", {"version_of": "DY-ZW"}), says(None, {"version_of": "DY-ZW"})
    (False, False)
    """
    if isinstance(wanted, Mapping):
        return str(said).rpartition("-")[0] == wanted["version_of"]
    return said in (wanted if isinstance(wanted, list | tuple) else (wanted,))


def rewarding(method: str, full: int, cap: int) -> bool:
    """Return whether an indicator is written as a reward (奖励加分): it adds, and may rise above its full points."""
    return method == "add" and cap > full


@dataclass(frozen=True)
class Indicator:
    """An indicator of a rule set (考核指标): its weight, what counts, and how it is measured.

    `full`, `floor`, `cap` in hundredths of its own points; `planned` the planned value or the limit. `rewards` is
    False where even what may rise above its full points was decided to be earned from nought.
    """

    code: str
    name: str
    weight: int
    tallies: tuple[Tally, ...]
    method: str = "completeness"
    full: int = FULL
    floor: int = 0
    cap: int = FULL
    planned: int | None = None
    late_share: int = 0
    prefix_only: bool = False
    least: int = 0
    line: str = ""
    kinds: tuple[str, ...] = ()
    target: str = "unit"
    period: str = ""
    rewards: bool = True

    @property
    def base(self) -> int:
        """From how many of its points facts take and give (起点): all of them.

        An indicator that adds no higher than its full points begins at nought and is earned; one that may rise
        above them rewards, and whoever earned nothing loses nothing.
        """
        earned = self.method == "add" and not (self.rewards and rewarding(self.method, self.full, self.cap))
        return 0 if earned else self.full

    def applies(self, kind: str, line: str) -> bool:
        """Return whether it is one of the units of a kind that stand in a line (是否适用)."""
        return fits(self.kinds, kind, line)


@dataclass(frozen=True)
class Line:
    """One line of a statement (清单项): the ids of the facts that counted well and against.

    `value` is what it earned of its own points; `parts` what single facts gave or took of them.
    """

    code: str
    weight: int
    score: int | None
    state: State
    good: tuple[int, ...] = ()
    bad: tuple[int, ...] = ()
    value: int | None = None
    parts: tuple[tuple[int, int], ...] = ()
    vetoed: bool = False

    @property
    def measured(self) -> Measured:
        return Measured(self.weight, self.score, self.state)


def paid(fact: Counted, tally: Tally, history: Sequence[Counted]) -> bool:
    """Return whether a fact's round already holds the fact of this unit that counts instead (是否已计).

    `history` holds the subject's facts in the order of their ids. What another unit answers for
    excuses nobody here: a matter that is moved leaves its lateness behind.
    """
    if tally.unless is None:
        return False
    found = passed = False
    for other in history:
        if other.kind == tally.round:
            if passed:
                break
            found = False
        found = found or (other.unit == fact.unit and tally.unless.matches(other))
        passed = passed or other.id >= fact.id
    return found


def effective_weights(lines: Sequence[Line]) -> dict[str, int]:
    """Return what each line that counts is worth of 100 points (折算满分), in hundredths.

    What did not happen is left out and the others are worth more; the parts sum to 100.00.

    >>> a, b = Line("a", 40, 5000, State.OK), Line("b", 20, 10000, State.OK)
    >>> effective_weights([a, b, Line("c", 40, None, State.EXEMPT)])
    {'a': 6667, 'b': 3333}
    """
    counted = {at: entry.weight for at, entry in enumerate(lines) if entry.measured.counted is not None}
    return {lines[at].code: part for at, part in allocate(FULL, counted).items() if counted}
