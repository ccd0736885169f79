"""Results of posts and persons (岗位与个人): the cell's part, the post's own, vacancies and several posts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sangesan.appraisal.rules.queries import Rules
from sangesan.ledger.facts.queries import Row
from sangesan.method.holders import Held, days_held, overfull, person_result, post_period, post_result
from sangesan.method.indicators import own_score
from sangesan.method.measures import measure
from sangesan.method.period import Cell

from ..queries import reading, results
from ..queries.snapshot import Seat

NOTHING: tuple[int | None, list[Any]] = (None, [])


@dataclass(frozen=True)
class PostResult:
    """A post over a period (岗位得分)."""

    post: str
    final: int | None
    statement: dict[str, Any]

    @property
    def plain(self) -> list[Any]:
        return [self.post, self.final, self.statement]


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


def assess_holders(rules: Rules, period: str, seats: Sequence[Seat], cells: Iterable[Cell],
                   window: tuple[date, date, int], vetoed: set[str]) -> tuple[list[PostResult], list[PersonResult]]:
    """Return the results of all posts and persons (岗位与个人得分); `vetoed` are the posts a veto names."""
    since, until, _upto = window
    finals = {(c.unit, results.line_of(c)): c.final for c in cells}
    own = _own(rules, period, seats, window)
    plain = {seat.code: post_result(_cell(seat, finals), own.get(seat.code, NOTHING)[0], rules.person_share)
             for seat in seats}
    posts: list[PostResult] = []
    held: dict[int, list[tuple[Seat, Held]]] = {}
    for seat in seats:
        full, days = max(0, (seat.until - seat.since).days), days_held(seat.held, since, until)
        superior, (score, lines) = plain.get(seat.superior), own.get(seat.code, NOTHING)
        final = post_period(plain[seat.code], days, superior, full - days)
        posts.append(PostResult(seat.code, final, {
            "cell": _cell(seat, finals), "own": score, "result": plain[seat.code], "lines": lines,
            "held_days": days, "vacant_days": full - days, "superior": seat.superior, "superior_result": superior}))
        for one in seat.held:
            held.setdefault(one.person, []).append((seat, one))
    return posts, [_person(who, held[who], plain, vetoed, since, until) for who in sorted(held)]


def _cell(seat: Seat, finals: Mapping[tuple[str, str], int]) -> int | None:
    """Return the result of a post's cell (所在单元得分), else that of its unit."""
    return finals.get((seat.unit, seat.line), finals.get((seat.unit, "")))


def _own(rules: Rules, period: str, seats: Sequence[Seat],
         window: tuple[date, date, int]) -> dict[str, tuple[int | None, list[Any]]]:
    """Return each post's own result (岗位本人部分) over the facts it did or that name it."""
    indicators = [i for i in reading.indicators_of(rules, period) if i.target == "post"]
    if not indicators:
        return {}
    rows: dict[str, list[Row]] = {}
    for row in reading.of_posts(indicators, window):
        post = str(row.content.get("post") or row.actor.removeprefix("post:"))
        rows.setdefault(post, []).append(row)
    own, became = {}, reading.histories(indicators, rows, window[2])
    for seat in seats:
        mine = [i for i in indicators if not i.line or i.line == seat.line]
        lines = [measure(i, rows.get(seat.code, ()), became) for i in mine]
        score = own_score((line.measured for line in lines), rules.own_cap).score
        own[seat.code] = (score, [[x.code, x.weight, x.score, x.state.value, list(x.good), list(x.bad)] for x in lines])
    return own


def _person(person: int, stretches: list[tuple[Seat, Held]], plain: Mapping[str, int | None], vetoed: set[str],
            since: date, until: date) -> PersonResult:
    parts = [(one.share, one.days, plain[seat.code]) for seat, one in stretches]
    return PersonResult(
        person, person_result(parts), days_held([one for _, one in stretches], since, until),
        any(seat.code in vetoed for seat, _ in stretches),
        {"posts": [[seat.code, one.share, one.days, plain[seat.code]] for seat, one in stretches],
         "over": overfull(one for _, one in stretches)})
