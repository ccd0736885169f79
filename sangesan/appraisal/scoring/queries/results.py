"""Results of a period as plain content (时段结果原文): what is stored, and the bytes that are hashed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sangesan.method.indicators import Own, State
from sangesan.method.period import Cell, Owned
from sangesan.method.statement import Line
from sangesan.method.weights import read, written

from ..models import Run
from . import standing
from .daily import digest
from .standing import PARTS

Rows = Iterable[tuple[int, Sequence[Any]]]
Parts = dict[str, Any]
WHOLE = "*"
"""How the method calls the line of a unit's result over all lines; in the table it is ''."""


def line_of(cell: Cell) -> str:
    """Return the line as it is stored (条线)."""
    return "" if cell.line == WHOLE else cell.line


def statement_of(cell: Cell) -> dict[str, Any]:
    """Return a result's frozen statement (考核清单).

    `lines`: code, weight, score, state, ids for and against, value, and what single facts gave or
    took; `children`: code, what was read of it, weight, vetoed; `parts`: line, weight, result, of whom.
    """
    return {
        "lines": [[x.code, written(x.weight), x.score, x.state.value, list(x.good), list(x.bad), x.value,
                   [list(part) for part in x.parts]] for x in cell.lines],
        "children": [list(child) for child in cell.children],
        "parts": [[line, written(weight), *more] for line, weight, *more in cell.parts],
    }


def row_of(cell: Cell) -> list[Any]:
    """Return a result as plain content (结果原文)."""
    return [cell.unit, line_of(cell), cell.own, cell.linked, cell.final, cell.raw, cell.unvetoed,
            ",".join(cell.flags), statement_of(cell)]


def parts_of(cells: Rows, posts: Rows, persons: Rows) -> Parts:
    """Return the hashes of rows in parts (分部摘要); each comes with the number that says which part it is in.

    A cell's row is unit, line and its two digests; what it rests on and what it is are hashed apart.
    """
    there = list(cells)
    return {"inputs": part_of((pk, [row[0], row[2]]) for pk, row in there),
            "cells": part_of((pk, [row[0], row[1], row[3]]) for pk, row in there),
            "posts": part_of(posts), "persons": part_of(persons)}


def part_of(rows: Rows) -> dict[str, str]:
    """Return the hash of each part of some rows (各部摘要)."""
    found: dict[int, set[tuple[Any, ...]]] = defaultdict(set)
    for pk, row in rows:
        found[pk % PARTS].add(tuple(row))
    return {str(part): digest(sorted(there)) for part, there in found.items()}


def bound(parts: Parts) -> str:
    """Return the hash of all results (结果摘要) from those of their parts."""
    return digest([parts["cells"], parts["posts"], parts["persons"]])


def bound_first(rows: Iterable[Sequence[str]], posts: Iterable[Sequence[Any]],
                persons: Iterable[Sequence[Any]]) -> str:
    """Return the hash of all results as it was first made (原式结果摘要, `Run.form` 1), all in one."""
    return digest([sorted(map(list, rows)), sorted(map(list, posts)), sorted(map(list, persons))])


def stored_period(run: Run) -> str:
    """Return the hash of what is stored of a period's run (存储的结果), each row hashed anew."""
    rows = []
    for s in standing.scores(run).select_related("unit").iterator():
        content = [s.unit.code, s.line, s.own, s.linked, s.final, s.raw, s.unvetoed, s.flags, s.statement]
        rows.append((s.unit_id, [s.unit.code, s.line, s.inputs, digest(content)]))
    posts, persons = _posts(run), _persons(run)
    if run.form > 1:
        return bound(parts_of(rows, posts_of(posts), persons_of(persons)))
    return bound_first([(row[0], row[1], row[3]) for _pk, row in rows], [said for _pk, *said in posts], persons)


def stored_part(run: Run, name: str, part: int) -> str | None:
    """Return the hash of what is stored of one part of the posts or persons of a run (存储的一部), None of nothing."""
    rows = posts_of(_posts(run, part__in=[part])) if name == "posts" else persons_of(_persons(run, part__in=[part]))
    return part_of(rows).get(str(part))


def posts_of(rows: Iterable[Sequence[Any]]) -> Rows:
    """Return stored results of posts as they are hashed (岗位各行)."""
    return ((pk, [said[0], digest(said)]) for pk, *said in rows)


def persons_of(rows: Iterable[Sequence[Any]]) -> Rows:
    """Return stored results of persons as they are hashed (个人各行)."""
    return ((said[0], [said[0], digest(list(said))]) for said in rows)


def _posts(run: Run, **of: Any) -> Iterable[Sequence[Any]]:
    return standing.posts(run, **of).values_list("post_id", "post__code", "final", "statement")


def _persons(run: Run, **of: Any) -> Iterable[Sequence[Any]]:
    return standing.persons(run, **of).values_list("person_id", "final", "days", "vetoed", "statement")


def known_cells(run: Run, of: set[str], whole: str) -> dict[tuple[str, str], Cell]:
    """Return the results of some units as far as others read them (已有结果).

    `whole` is the line of a unit's own result: WHOLE where lines are assessed, else ''.
    """
    rows = standing.scores(run, unit__code__in=of).values_list("unit__code", "line", "final", "unvetoed", "flags")
    return {(code, line or whole): Cell(code, line or whole, None, None, final, None, unvetoed,
                                        tuple(flags.split(",")) if flags else ())
            for code, line, final, unvetoed, flags in rows}


def known_owned(run: Run, of: set[str], vetoing: set[str]) -> tuple[dict[tuple[str, str], Owned], dict[str, str]]:
    """Return the own parts of some units as a run keeps them (已有的本级部分), and the hash of what each rests on.

    Which of the indicators `vetoing` fell on a unit is told by the facts that stand under it.
    """
    owned, rests = {}, {}
    for s in standing.scores(run, unit__code__in=of).select_related("unit"):
        rests[s.unit.code] = s.inputs
        lines = tuple(Line(c, read(w), n, State(state), tuple(good), tuple(bad), value, tuple(map(tuple, parts)),
                           c in vetoing and bool(bad))
                      for c, w, n, state, good, bad, value, parts in s.statement["lines"])
        flags = tuple(f for f in s.flags.split(",") if f not in ("", "veto"))
        if lines:
            owned[s.unit.code, s.line] = Owned(lines, Own(s.own, s.raw, flags))
    return owned, rests


def vetoed_lines(run: Run, of: set[str]) -> list[list[Any]]:
    """Return the lines of the statements of those among some units that are vetoed (被否决单位的清单)."""
    rows = standing.scores(run, unit__code__in=of).filter(flags__contains="veto")
    return [said["lines"] for said in rows.values_list("statement", flat=True)]


def start_of(period: str, until: date) -> date:
    """Return the first day of the month, quarter or year that ends on a day (期初)."""
    months = {Run.Period.MONTH: 1, Run.Period.QUARTER: 3, Run.Period.YEAR: 12}[Run.Period(period)]
    return until.replace(day=1, month=(until.month - 1) // months * months + 1)
