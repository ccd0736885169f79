"""Posts and persons after late facts (岗位与个人的更正): only those whose cell, superior, own facts or veto moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sangesan.appraisal.rules.queries import Rules
from sangesan.method.holders import Held
from sangesan.method.period import Cell, Unit

from ..models import Run
from ..queries import reading, results, standing
from ..queries.snapshot import Seat
from . import holders
from .holders import PersonResult, PostResult


def revised(before: Run, rules: Rules, units: Mapping[str, Unit], seats: Sequence[Seat], cells: Sequence[Cell],
            anew: set[str], window: tuple[date, date, int],
            touched: set[str]) -> tuple[list[PostResult], list[PersonResult]]:
    """Return the posts and persons that may have moved (可能有变动的岗位与个人); all others stand as they did."""
    if not seats:
        return [], []
    first = [s for s in seats if s.unit in anew or s.code in touched]
    moved = {s.code for s in first}
    posts = [s for s in seats if s.code in moved or s.superior in moved]
    vetoed = _vetoed(before, rules, cells, anew)
    people = {h.person for s in seats if s.code in moved | vetoed for h in s.held}
    people |= set(standing.persons(before).filter(vetoed=True).values_list("person", flat=True))
    held: dict[int, list[tuple[Seat, Held]]] = {who: [] for who in sorted(people)}
    for seat in seats:
        for one in seat.held:
            if one.person in people:
                held[one.person].append((seat, one))
    asked = {s.code for s in posts} | {s.superior for s in posts} | {s.code for part in held.values() for s, _ in part}
    said = dict(standing.posts(before, post__code__in=asked).values_list("post__code", "statement"))
    finals = {(c.unit, results.line_of(c)): c.final for c in cells}
    own = holders.own_parts(rules, before.period, units, [s for s in first if s.code in touched], window, True)
    plain = {code: one["result"] for code, one in said.items()}
    for seat in first:
        was = said[seat.code]
        score, lines = own.get(seat.code, holders.NOTHING) if seat.code in touched else (was["own"], was["lines"])
        cell = holders.cell_of(seat, finals) if seat.unit in anew else was["cell"]
        said[seat.code] = {"cell": cell, "own": score, "lines": lines}
        plain[seat.code] = holders.plain_of(cell, score, rules)
    since, until, _upto = window
    return ([holders.post_of(s, (one := said[s.code])["cell"], (one["own"], one["lines"]), plain, since, until)
             for s in posts],
            [holders.person_of(who, held[who], plain, vetoed, since, until) for who in held])


def _vetoed(before: Run, rules: Rules, cells: Iterable[Cell], anew: set[str]) -> set[str]:
    lines = [results.statement_of(c)["lines"] for c in cells if "veto" in c.flags]
    return reading.vetoed_posts(rules, [*lines, *results.vetoed_lines(before, anew)])
