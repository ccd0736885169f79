"""Posts and persons after late facts (岗位与个人的更正): only those whose cell, superior, own facts or veto moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sangesan.appraisal.rules.queries import Rules
from sangesan.method.period import Cell

from ..models import Run
from ..queries import reading, results, standing
from ..queries.snapshot import Organisation, Seat
from . import holders
from .holders import PersonResult, PostResult


@dataclass(frozen=True)
class Moved:
    """What late facts moved (变动范围): cells anew, of these units; posts that facts name or were done by."""

    cells: Sequence[Cell]
    units: set[str]
    posts: set[str]
    window: tuple[date, date, int]


def revised(before: Run, rules: Rules, there: Organisation,
            moved: Moved) -> tuple[list[PostResult], list[PersonResult]]:
    """Return the posts that moved and the persons that may have (有变动的岗位与个人); all others stand as they did."""
    if not there.seats:
        return [], []
    since, until, _upto = moved.window
    gone, come = _vetoes(before, rules, moved)
    named = {code for code in gone.keys() | come.keys() if gone.get(code) != come.get(code)} & there.seat.keys()
    first = {s.code: s for unit in sorted(moved.units) for s in there.in_unit.get(unit, ())}
    first |= {code: there.seat[code] for code in sorted(moved.posts & there.seat.keys() | named)}
    empty = {s.code: s for code in first for s in there.under.get(code, ()) if holders.days_in(s, since, until)[1]}
    was = _as_they_were(before, there, [*first.values(), *empty.values()])
    vetoes = {code: said.get("vetoes", []) for code, (_final, said) in was.items()}
    vetoes |= {code: sorted({*vetoes[code]} - {*gone.get(code, ())} | {*come.get(code, ())}) for code in named}
    parts = _parts(before, rules, there, first, moved, was)
    plain = {code: said["result"] for code, (_final, said) in was.items()}
    plain |= {code: holders.plain_of(cell, own[0], rules) for code, (cell, own) in parts.items()}
    posts = []
    for seat in (first | empty).values():
        final, said = was[seat.code]
        cell, own = parts.get(seat.code) or (said["cell"], (said["own"], said["lines"]))
        superior = plain.get(seat.superior, said.get("superior_result"))
        one = holders.post_of(seat, cell, own, plain[seat.code], superior, vetoes[seat.code], since, until)
        if (one.final, one.statement) != (final, said):
            posts.append(one)
    told = [code for code in first if code in named or plain[code] != was[code][1]["result"]]
    people = sorted({one.person for code in told for one in there.seat[code].held})
    return posts, [holders.person_of(who, there.held[who], plain, vetoes, since, until) for who in people]


def _as_they_were(before: Run, there: Organisation, seats: Sequence[Seat]) -> dict[str, tuple[int | None, Any]]:
    """Return result and statement of some posts (原有岗位得分), and of all that their holders hold."""
    asked = {s.code for s in seats} | {s.code for seat in seats for one in seat.held for s, _ in there.held[one.person]}
    rows = standing.posts(before, post__code__in=asked).values_list("post__code", "final", "statement")
    return {code: (final, said) for code, final, said in rows}


def _parts(before: Run, rules: Rules, there: Organisation, first: Mapping[str, Seat], moved: Moved,
           was: Mapping[str, tuple[int | None, Any]]) -> dict[str, tuple[int | None, tuple[int | None, list[Any]]]]:
    """Return the cell's part and the own one of posts (单元部分、本人部分), each anew where it may have moved."""
    finals = {(c.unit, results.line_of(c)): c.final for c in moved.cells}
    did = [seat for code, seat in first.items() if code in moved.posts]
    own = holders.own_parts(rules, before.period, there.units, did, moved.window)
    return {code: (
        holders.cell_of(seat, finals) if seat.unit in moved.units else was[code][1]["cell"],
        own.get(code, holders.NOTHING) if code in moved.posts else (was[code][1]["own"], was[code][1]["lines"]))
        for code, seat in first.items()}


def _vetoes(before: Run, rules: Rules, moved: Moved) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Return the veto facts by the posts they name (指名岗位的否决) in the units computed anew, before and now."""
    now = [results.statement_of(c)["lines"] for c in moved.cells if "veto" in c.flags]
    return reading.vetoes(rules, results.vetoed_lines(before, moved.units)), reading.vetoes(rules, now)
