"""What a daily assessment is made from, and what came of it (日核算查询)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sangesan.appraisal.rules.queries import Rules
from sangesan.ledger.facts.queries import Row, entries
from sangesan.method.assessment import Node, Result
from sangesan.method.rounding import FULL
from sangesan.method.weights import written
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.units import queries as units

from ..models import Run, Score
from .standing import scores


def digest(content: Any) -> str:
    """Return the hash of plain content (摘要): canonical JSON, SHA-256."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


@dataclass(frozen=True)
class Inputs:
    """What an assessment reads (核算依据): facts by unit code, histories of some subjects, and hashes."""

    facts: dict[str, list[Row]]
    histories: dict[str, list[Row]]
    digest: str


def tree_of(day: date) -> list[Node]:
    """Return the unit tree of a day (当日组织), by code."""
    nodes = units.tree(day)
    codes = {node.unit.pk: node.unit.code for node in nodes}
    found = [Node(n.unit.code, codes.get(n.parent, ""), n.unit.kind) for n in nodes]
    return sorted(found, key=lambda node: node.code)


def calendar_digest(since: date, until: date) -> str:
    """Return the hash of the working calendar over a period (日历摘要)."""
    days = calendar(since, until)
    span = [date.fromordinal(n) for n in range(since.toordinal(), until.toordinal() + 1)]
    return digest([[day.isoformat(), days.is_work(day), days.confirmed(day.year)] for day in span])


def gather(rules: Rules, since: date, until: date, upto: int, codes: Iterable[str],
           paths: Collection[str] | None = None) -> Inputs:
    """Read the facts of a period up to a cutoff (取数), of some paths or all.

    A unit's own are those it answered itself. The ids stand for the facts in the hash: the ledger binds what
    each id says.
    """
    known = set(codes)
    facts: dict[str, list[Row]] = {}
    for row in entries(kinds=rules.kinds, days=(since, until), upto=upto, units=paths):
        code = row.unit.rstrip("/").rpartition("/")[2]
        if code in known:
            facts.setdefault(code, []).append(row)
    doubtful = [t for i in rules.indicators for t in i.tallies if t.unless]
    subjects = {row.subject for rows in facts.values() for row in rows for t in doubtful if t.matches(row)}
    kinds = {kind for t in doubtful if t.unless for kind in (t.kind, t.unless.kind, t.round)}
    histories: dict[str, list[Row]] = {}
    for row in entries(subjects=sorted(subjects), kinds=kinds, upto=upto) if subjects else ():
        histories.setdefault(row.subject, []).append(row)
    read = sorted({row.id for rows in [*facts.values(), *histories.values()] for row in rows})
    return Inputs(facts, histories, digest(read))


def plain(results: Sequence[Result]) -> list[list[Any]]:
    """Return results as plain content (结果原文), the bytes that `outputs` binds."""
    return [[r.unit, "", r.own, r.linked, r.final, r.raw, ",".join(r.flags), statement(r)] for r in results]


def statement(result: Result) -> dict[str, Any]:
    """Return a result's frozen statement (考核清单)."""
    return {
        "lines": [[x.code, written(x.weight), x.score, x.state.value, list(x.good), list(x.bad)] for x in result.lines],
        "children": [list(child) for child in result.children],
    }


def stored(run: Run) -> list[list[Any]]:
    """Return the scores that stand in a run in the same shape (存储的结果)."""
    rows = scores(run).order_by("unit__code", "line").select_related("unit")
    return [[s.unit.code, s.line, s.own, s.linked, s.final, s.raw, s.flags, s.statement] for s in rows]


def finals_of(runs: Sequence[int], units: Collection[str] | None = None) -> dict[int, list[tuple[str, int]]]:
    """Return the results of units in the runs of days (各日得分), of all or of some; such a run keeps all its rows."""
    rows = Score.objects.filter(run__in=runs, line="")
    rows = rows if units is None else rows.filter(unit__code__in=units)
    found: dict[int, list[tuple[str, int]]] = {run: [] for run in runs}
    for run, code, final in rows.values_list("run", "unit__code", "final").iterator():
        found[run].append((code, final))
    return found


def unconfirmed_years(run: Run) -> list[int]:
    """Return the years of a run whose calendar nobody confirmed (未核定日历的年份); it is not published before."""
    days = calendar(run.since, run.until)
    return [year for year in range(run.since.year, run.until.year + 1) if not days.confirmed(year)]


def latest(period: str, until: date) -> Run | None:
    """Return the last run of a day or period (最近一次核算), the one nothing revises."""
    return Run.objects.filter(period=period, until=until, revision=None).select_related("rule_set").first()


def holding(period: str, days: Collection[date], long: timedelta, before: date) -> list[Run]:
    """Return the last runs that ended before a day and hold any of some days (涉及这些日子的核算), oldest first."""
    ends = {day + timedelta(days=n) for day in days for n in range(long.days)}
    rows = Run.objects.filter(period=period, until__lt=before, revision=None, until__gte=min(ends, default=before))
    return [run for run in rows.order_by("until") if run.until in ends]


def first_before(period: str, day: date) -> Run | None:
    """Return the first run about the last day before a day (此前最近一日的首次核算): what the night saw."""
    return Run.objects.filter(period=period, until__lt=day, revises=None).order_by("-until").first()


def units_with_losses(run: int) -> list[int]:
    """Return the units that lost points of their own in a run about a day (当日有失分的单位)."""
    lost = Score.objects.filter(run=run, run__period=Run.Period.DAY, own__lt=FULL)
    return list(lost.order_by("unit__code").values_list("unit", flat=True))
