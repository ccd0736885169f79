"""Results of a period as plain content (时段结果原文): what is stored, and the bytes that are hashed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sangesan.method.period import Cell

from ..models import PersonScore, PostScore, Run, Score
from .daily import digest

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
        "lines": [[x.code, x.weight, x.score, x.state.value, list(x.good), list(x.bad), x.value,
                   [list(part) for part in x.parts]] for x in cell.lines],
        "children": [list(child) for child in cell.children],
        "parts": [list(part) for part in cell.parts],
    }


def row_of(cell: Cell) -> list[Any]:
    """Return a result as plain content (结果原文)."""
    return [cell.unit, line_of(cell), cell.own, cell.linked, cell.final, cell.raw, cell.unvetoed,
            ",".join(cell.flags), statement_of(cell)]


def bound(rows: Iterable[Sequence[str]], posts: Iterable[Sequence[Any]], persons: Iterable[Sequence[Any]]) -> str:
    """Return the hash of all results (结果摘要) from unit, line and digest of each, posts and persons."""
    return digest([sorted(map(list, rows)), sorted(map(list, posts)), sorted(map(list, persons))])


def stored_period(run: Run) -> str:
    """Return the hash of what is stored of a period's run (存储的结果), each row hashed anew."""
    rows = []
    for s in Score.objects.filter(run=run).select_related("unit").iterator():
        content = [s.unit.code, s.line, s.own, s.linked, s.final, s.raw, s.unvetoed, s.flags, s.statement]
        rows.append([s.unit.code, s.line, digest(content)])
    posts = PostScore.objects.filter(run=run).values_list("post__code", "final", "statement")
    persons = PersonScore.objects.filter(run=run).values_list("person_id", "final", "days", "vetoed", "statement")
    return bound(rows, posts, persons)


def known_cells(run: Run, but: set[str], whole: str) -> dict[tuple[str, str], Cell]:
    """Return the results of a run as far as others read them (已有结果), without those of some units.

    `whole` is the line of a unit's own result: WHOLE where lines are assessed, else ''.
    """
    rows = Score.objects.filter(run=run).values_list("unit__code", "line", "final", "unvetoed", "flags")
    return {(code, line or whole): Cell(code, line or whole, None, None, final, None, unvetoed,
                                        tuple(flags.split(",")) if flags else ())
            for code, line, final, unvetoed, flags in rows if code not in but}


def digests(run: Run, but: set[str]) -> list[tuple[str, str, str, str]]:
    """Return unit, line and the two digests of a run's results (各项摘要), without those of some units."""
    rows = Score.objects.filter(run=run).values_list("unit__code", "line", "inputs", "outputs")
    return [row for row in rows if row[0] not in but]


def vetoed_lines(run: Run, but: set[str]) -> list[list[Any]]:
    """Return the lines of the statements of vetoed units (被否决单位的清单), without those of some units."""
    rows = Score.objects.filter(run=run, flags__contains="veto").exclude(unit__code__in=but)
    return [said["lines"] for said in rows.values_list("statement", flat=True)]


def start_of(period: str, until: date) -> date:
    """Return the first day of the month, quarter or year that ends on a day (期初)."""
    months = {Run.Period.MONTH: 1, Run.Period.QUARTER: 3, Run.Period.YEAR: 12}[Run.Period(period)]
    return until.replace(day=1, month=(until.month - 1) // months * months + 1)
