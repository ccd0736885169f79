"""Results of posts and persons (岗位与个人): the cell's part, the post's own, vacancies and several posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sangesan.appraisal.rules.queries import Rules
from sangesan.method.holders import Held, days_held, overfull, person_result, post_period, post_result
from sangesan.method.indicators import own_score
from sangesan.method.period import Cell, Unit
from sangesan.method.weights import written

from ..queries import posts, reading, results
from ..queries.bulk import Read
from ..queries.snapshot import Seat

NOTHING: tuple[int | None, list[Any]] = (None, [])


@dataclass(frozen=True)
class PostResult:
    """A post over a period (岗位得分)."""

    post: str
    final: int | None
    statement: dict[str, Any]
    superior_result: int | None = None

    @property
    def plain(self) -> list[Any]:
        return [self.post, self.final, self.statement]

    @property
    def plain_before(self) -> list[Any]:
        """As it was said until the third form (第三式以前): with the superior's result in each, without vetoes."""
        said = {key: value for key, value in self.statement.items() if key != "vetoes"}
        return [self.post, self.final, said | {"superior_result": self.superior_result}]


@dataclass(frozen=True)
class PersonResult:
    """A person over a period (个人得分)."""

    person: int
    final: int | None
    days: int
    vetoed: bool
    statement: dict[str, Any]

    @property
    def plain(self) -> list[Any]:
        return [self.person, self.final, self.days, self.vetoed, self.statement]


def assess_holders(rules: Rules, period: str, units: Mapping[str, Unit], seats: Sequence[Seat], cells: Iterable[Cell],
                   window: tuple[date, date, int], vetoes: Mapping[str, list[int]],
                   read: Read) -> tuple[list[PostResult], list[PersonResult]]:
    """Return the results of all posts and persons (岗位与个人得分); `vetoes` are the facts that veto a post.

    `read` is what was read of the period for its units.
    """
    since, until, _upto = window
    finals = {(c.unit, results.line_of(c)): c.final for c in cells}
    own = own_parts(rules, period, units, seats, window, read)
    plain = {s.code: plain_of(cell_of(s, finals), own.get(s.code, NOTHING)[0], rules) for s in seats}
    held: dict[int, list[tuple[Seat, Held]]] = {}
    for seat in seats:
        for one in seat.held:
            held.setdefault(one.person, []).append((seat, one))
    return ([post_of(s, cell_of(s, finals), own.get(s.code, NOTHING), plain[s.code], plain.get(s.superior),
                     vetoes.get(s.code, ()), since, until) for s in seats],
            [person_of(who, held[who], plain, vetoes, since, until) for who in sorted(held)])


def cell_of(seat: Seat, finals: Mapping[tuple[str, str], int]) -> int | None:
    """Return the result of a post's cell (所在单元得分), else that of its unit."""
    return finals.get((seat.unit, seat.line), finals.get((seat.unit, "")))


def plain_of(cell: int | None, own: int | None, rules: Rules) -> int | None:
    """Return what whoever holds a post has (在任得分)."""
    return post_result(cell, own, rules.person_share)


def post_of(seat: Seat, cell: int | None, own: tuple[int | None, list[Any]], result: int | None,
            superior: int | None, vetoes: Sequence[int], since: date, until: date) -> PostResult:
    """Return a post over a period (岗位时段得分), its vacancies with it; only there the superior's result is read."""
    days, vacant = days_in(seat, since, until)
    score, lines = own
    said = {"cell": cell, "own": score, "result": result, "lines": lines, "held_days": days, "vacant_days": vacant,
            "superior": seat.superior}
    if vacant:
        said["superior_result"] = superior
    if vetoes:
        said["vetoes"] = list(vetoes)
    return PostResult(seat.code, post_period(result, days, superior, vacant), said, superior)


def days_in(seat: Seat, since: date, until: date) -> tuple[int, int]:
    """Return on how many days of a period a post was held, and on how many it stood empty (在任、空缺天数)."""
    days = days_held(seat.held, since, until)
    return days, max(0, (seat.until - seat.since).days) - days


def own_parts(rules: Rules, period: str, units: Mapping[str, Unit], seats: Sequence[Seat],
              window: tuple[date, date, int], read: Read | None = None) -> dict[str, tuple[int | None, list[Any]]]:
    """Return each post's own result (岗位本人部分) over the facts it did or that name it.

    Those of all posts stand in what was read of the whole period; without it those of a few are looked for.
    """
    indicators = [i for i in reading.indicators_of(rules, period) if i.target == "post"]
    if not indicators or not seats:
        return {}
    own = {}
    for code, lines in posts.Work(indicators, units, window, [s.code for s in seats], read).lines(seats).items():
        score = own_score((line.measured for line in lines), rules.own_cap).score
        own[code] = (score, [[x.code, written(x.weight), x.score, x.state.value, list(x.good), list(x.bad)]
                             for x in lines])
    return own


def person_of(person: int, stretches: list[tuple[Seat, Held]], plain: Mapping[str, int | None],
              vetoes: Mapping[str, Sequence[int]], since: date, until: date) -> PersonResult:
    """Return a person over a period (个人时段得分), over all posts held."""
    parts = [(one.share, one.days, plain[seat.code]) for seat, one in stretches]
    return PersonResult(
        person, person_result(parts), days_held([one for _, one in stretches], since, until),
        any(vetoes.get(seat.code) for seat, _ in stretches),
        {"posts": [[seat.code, one.share, one.days, plain[seat.code]] for seat, one in stretches],
         "over": overfull(one for _, one in stretches)})
