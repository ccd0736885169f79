"""Post-holders (任职者): a post's result, a vacancy's, a person's over several posts.

A vacant post is answered for by the superior's head; nobody is paid for it. Rule 6 of scoring.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from .rounding import FULL, rounded_mean


@dataclass(frozen=True)
class Held:
    """A stretch in which a person held a post (任职期间), `until` exclusive; `share` in basis points."""

    post: str
    person: int
    share: int
    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days


def post_result(cell: int | None, own: int | None, share: int) -> int | None:
    """Return `q(μ·F_cell + (1−μ)·own)` (岗位得分); without the one the other stands alone.

    >>> post_result(9000, 8000, 7_000), post_result(9000, None, 7_000), post_result(None, None, 7_000)
    (8700, 9000, None)
    """
    return rounded_mean([(share, cell), (FULL - share, own)]) if 0 < share < FULL else (cell if share else own)


def post_period(result: int | None, held_days: int, superior: int | None, vacant_days: int) -> int | None:
    """Return a post's result over a period (岗位时段得分): in a vacancy the superior's head answers.

    >>> post_period(9200, 20, 6000, 10), post_period(9200, 30, None, 0)
    (8133, 9200)
    """
    return rounded_mean([(vacant_days, superior), (held_days, result)])


def person_result(posts: Iterable[tuple[int, int, int | None]]) -> int | None:
    """Return `q(Σ share·days·P / Σ share·days)` over (share, days, result) of the posts held (个人得分).

    >>> person_result([(7_000, 30, 9120), (3_000, 30, 7850)]), person_result([(7_000, 30, 9120), (3_000, 15, 7850)])
    (8739, 8896)
    """
    return rounded_mean([(share * days, result) for share, days, result in posts])


def days_held(stretches: Iterable[Held], since: date, until: date) -> int:
    """Return on how many days of a period (both ends included) somebody held the post (在任天数)."""
    held: set[int] = set()
    for one in stretches:
        held |= set(range(max(one.since, since).toordinal(), min(one.until.toordinal(), until.toordinal() + 1)))
    return len(held)


def fullest(stretches: Iterable[Held]) -> int:
    """Return the largest sum of a person's shares on any day (同日份额合计的最大值)."""
    edges: dict[date, int] = {}
    for one in stretches:
        edges[one.since] = edges.get(one.since, 0) + one.share
        edges[one.until] = edges.get(one.until, 0) - one.share
    now = most = 0
    for day in sorted(edges):
        now += edges[day]
        most = max(most, now)
    return most


def overfull(stretches: Iterable[Held]) -> bool:
    """Return whether a person's shares exceed the whole on some day (任职份额超过百分之百)."""
    return fullest(stretches) > FULL


def spare(stretches: Iterable[Held], since: date, until: date) -> int:
    """Return what of a whole post a person has left on every day of a span (余下的份额), `until` exclusive.

    >>> held = [Held("a", 1, 7_000, date(2026, 1, 1), date.max), Held("b", 1, 3_000, date(2026, 9, 1), date.max)]
    >>> spare(held, date(2026, 3, 1), date(2026, 9, 1)), spare(held, date(2026, 3, 1), date(2026, 9, 2))
    (3000, 0)
    """
    within = [replace(one, since=max(one.since, since), until=min(one.until, until)) for one in stretches]
    return max(0, FULL - fullest(one for one in within if one.since < one.until))
