"""Numbers (数): what is said of counted facts, and what is not, because it could point at somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..disclosure import LOWEST, THRESHOLD, rate
from .measures import Count, Measure


@dataclass(frozen=True)
class Number:
    """A number and its counts (数与件数); None is not shown. `rate` in tenths of a percent."""

    good: int | None
    of: int | None = None
    rate: int | None = None

    @property
    def hidden(self) -> bool:
        """Return whether there is something it does not say (是否不显示)."""
        return self.good is None


@dataclass(frozen=True)
class Counted:
    """What was counted (件数): the good ones, of how many, and how many distinct matters or heads stand behind."""

    good: int = 0
    of: int = 0
    heard: int = 0


def number(measure: Measure, counted: Counted) -> Number:
    """Return what is said of some facts (数), nothing where it could point at somebody.

    >>> from .measures import BY_SLUG
    >>> number(BY_SLUG["in_time"], Counted(6, 7, 7)), number(BY_SLUG["in_time"], Counted(6, 7, 4)).hidden
    (Number(good=6, of=7, rate=857), True)
    >>> number(BY_SLUG["duties"], Counted(1, 2, 2)).rate
    500
    """
    if 0 < counted.heard < floor(measure):
        return Number(None)
    of = counted.of if measure.of else None
    return Number(counted.good, of, None if of is None else rate(counted.good, of, measure.least))


def floor(measure: Measure, threshold: int = THRESHOLD) -> int:
    """Return of how few nothing is said (最小可显示数): answers of speakers need ten, heads and matters five."""
    return max(threshold, LOWEST, measure.least) if measure.few else 1


def shown(measure: Measure, rows: Mapping[str, Counted]) -> dict[str, Number]:
    """Return the numbers of units (各单位): where one is hidden, others are, so that the total tells none.

    What all the hidden ones come to can be reckoned from the total, so it too must be no fewer than may be said.

    >>> from .measures import BY_SLUG
    >>> found = shown(BY_SLUG["in_time"], {"ZC1": Counted(3, 3, 3), "ZC2": Counted(6, 6, 6), "ZC3": Counted(9, 9, 9)})
    >>> [found[code].hidden for code in ("ZC1", "ZC2", "ZC3")]
    [True, True, False]
    """
    found = {code: number(measure, one) for code, one in rows.items()}
    hidden = [code for code, one in found.items() if one.hidden]
    spare = sorted((one.heard, code) for code, one in rows.items() if code not in hidden and one.heard)
    for _heard, code in spare:
        if not hidden or len(hidden) > 1 and sum(rows[one].heard for one in hidden) >= floor(measure):
            break
        hidden.append(code)
        found[code] = Number(None)
    return found


@dataclass(frozen=True)
class Told:
    """A fact, or many alike added up (台账条目): `n` of them with so many heads.

    `subject` and `month` are '' for those added up.
    """

    kind: str
    content: Mapping[str, Any]
    n: int = 1
    heads: int = 1
    subject: str = ""
    month: str = ""


def measured(measure: Measure, facts: Iterable[Told]) -> Counted:
    """Count facts (计数).

    >>> from .measures import BY_SLUG
    >>> measured(BY_SLUG["in_time"], [Told("matter.answered", {"in_time": n}, subject="matters/A") for n in (1, 0)])
    Counted(good=1, of=2, heard=1)
    """
    good = of = 0
    heard: set[str] = set()
    for one in facts:
        well, whole = _counted(measure.good, one), _counted(measure.of, one)
        good, of = good + well, of + whole
        heard |= {one.subject} if well or whole else set()
    return Counted(good, of, len(heard) if measure.few == "matters" else of if measure.of else good)


def _counted(wanted: Sequence[Count], one: Told) -> int:
    found = next((count for count in wanted if count.kind == one.kind and count.fits(one.content)), None)
    return 0 if found is None else one.heads if found.heads else one.n
