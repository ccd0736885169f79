"""The result page (考核结果): units in organisation order, never ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import standing as rows_of
from sangesan.ledger.facts.queries import flaws, roots, torn
from sangesan.ledger.facts.queries.proving import Root
from sangesan.method.authority import Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import tree

from ..models import Publication
from .access import daily, readable_units, result_for, results_of
from .appeals import Ruled, ruled, standing
from .appeals import Standing as Stage

RECENT = 12
"""So many periods are offered (列出的时段)."""


@dataclass(frozen=True)
class Cell:
    """A unit's result in one run (一格): how many facts of its own stand behind it, and what it was before."""

    run: int
    own: int | None
    linked: int | None
    final: int
    facts: int
    before: int | None


@dataclass(frozen=True)
class Flaws:
    """What no longer agrees with the ledger (存疑): facts, and seals of the day."""

    facts: list[int]
    seals: list[int]

    def __bool__(self) -> bool:
        return bool(self.facts or self.seals)


@dataclass(frozen=True)
class Standing:
    """A unit's row (一行): its depth below the first shown, the day and the last thirty days; whether it ended."""

    unit: Unit
    depth: int
    day: Cell | None
    rolling: Cell | None
    ended: bool = False


@dataclass(frozen=True)
class Board:
    """The result page of a day (当日考核结果)."""

    day: date
    before: date
    after: date
    run: Run | None
    rolling: Run | None
    stage: Stage | None
    rows: list[Standing]
    without: int
    roots: list[Root]
    appeals: list[Ruled]
    flaws: Flaws

    @property
    def period(self) -> bool:
        """Whether it is that of a month, quarter or year (时段)."""
        return self.run is not None and not daily(self.run)

    @property
    def publication(self) -> Publication | None:
        return self.stage.publication if self.stage else None


def last_day(scope: Scope) -> date | None:
    """Return the last day with results for this scope (最近结果日), or None."""
    days = Run.objects.filter(period=Run.Period.DAY).order_by("-until").values_list("until", flat=True)
    return next((day for day in days[:60] if results_of(scope, Run.Period.DAY, day)), None)


def board(scope: Scope, day: date, *, everyone: bool = False) -> Board:
    """Return the result page of a day (考核结果); units without any result only when asked for."""
    run, rolling = (results_of(scope, period, day) for period in (Run.Period.DAY, Run.Period.ROLLING))
    days, thirty = cells(scope, run), cells(scope, rolling)
    nodes = [node for node in tree(day) if allowed(scope, run or rolling, node.unit.pk)] if run or rolling else []
    rows = [
        Standing(node.unit, node.depth, days.get(node.unit.pk), thirty.get(node.unit.pk))
        for node in nodes if everyone or node.unit.pk in days or node.unit.pk in thirty
    ]
    first = min((row.depth for row in rows), default=0)
    return Board(
        appeals=ruled(run) if run else [], flaws=doubts(run, day),
        day=day, before=day - timedelta(days=1), after=day + timedelta(days=1), run=run, rolling=rolling,
        stage=standing(run) if run else None, roots=roots(day), without=len(nodes) - len(rows),
        rows=[Standing(r.unit, min(5, r.depth - first), r.day, r.rolling) for r in rows],
    )


def period_board(scope: Scope, run_id: int) -> Board:
    """Return the results of a month, quarter or year (时段考核结果), in organisation order.

    Units that closed within it stand last: what they did until then counts above them, and can be looked at.
    """
    run = result_for(scope, run_id)
    found, day = cells(scope, run), run.until
    nodes = [node for node in tree(day) if node.unit.pk in found]
    first = min((node.depth for node in nodes), default=0)
    ended = Unit.objects.filter(pk__in=found.keys() - {node.unit.pk for node in nodes}).order_by("closed", "code")
    return Board(
        day=day, before=day, after=day, run=run, rolling=None, stage=standing(run), without=0, roots=roots(day),
        appeals=ruled(run), flaws=doubts(run, day),
        rows=[*(Standing(n.unit, min(5, n.depth - first), found[n.unit.pk], None) for n in nodes),
              *(Standing(unit, 0, found[unit.pk], None, True) for unit in ended)],
    )


def periods(scope: Scope) -> list[Run]:
    """Return the last months, quarters and years a scope may read anything of (时段结果), newest first."""
    rows = Run.objects.exclude(period__in=Run.DAILY).filter(revision=None).order_by("-until", "period")
    return [run for run in rows[:RECENT] if readable_units(scope, run) != set()]


def posted_runs(year: int) -> list[Run]:
    """Return the published results of months, quarters and a year that end in it (已公布的时段结果), oldest first."""
    rows = Run.objects.exclude(period__in=Run.DAILY).filter(until__year=year, revision=None,
                                                            pk__in=Publication.objects.values("run"))
    return list(rows.order_by("until", "-since"))


def allowed(scope: Scope, run: Run | None, unit: int) -> bool:
    """Return whether this unit's row may be shown (可显示)."""
    return run is not None and ((units := readable_units_once(scope, run)) is None or unit in units)


def readable_units_once(scope: Scope, run: Run) -> set[int] | None:
    """Ask the permission once per run and page (只问一次)."""
    kept = run.__dict__.setdefault("_readable", {})
    if scope not in kept:
        kept[scope] = readable_units(scope, run)
    return kept[scope]


def cells(scope: Scope, run: Run | None) -> dict[int, Cell]:
    """Return the readable results of a run by unit (各单位结果)."""
    if run is None:
        return {}
    earlier = dict(rows_of.scores(run.revises, line="").values_list("unit", "final")) if run.revises else {}
    return {
        s.unit_id: Cell(run.pk, s.own, s.linked, s.final, sum(len(x[4]) + len(x[5]) for x in s.statement["lines"]),
                        was if (was := earlier.get(s.unit_id)) != s.final else None)
        for s in rows_of.scores(run, line="") if allowed(scope, run, s.unit_id)
    }


def doubts(run: Run | None, day: date, unit: str = "") -> Flaws:
    """Return what behind a run's results, or all that a unit's rests on, is not as the ledger has it (不符之处)."""
    if run is None:
        return Flaws([], [])
    said: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for code, statement in rows_of.scores(run).values_list("unit__code", "statement"):
        said[code].append(statement)
    ids = {fact for code in (_rests_on(said, unit) if unit else said) for statement in said.get(code, ())
           for line in statement["lines"] for fact in (*line[4], *line[5])}
    return Flaws(list(flaws(ids)), torn(day))


def _rests_on(said: Mapping[str, Sequence[Mapping[str, Any]]], unit: str) -> set[str]:
    """Return the units whose results a unit's rests on (所据单位): below it, in contact, or of its lines."""
    found, ahead = {unit}, [unit]
    while ahead:
        for statement in said.get(ahead.pop(), ()):
            read = {child[0] for child in statement["children"]} | {part[3] for part in statement.get("parts", ())}
            ahead += read - found
            found |= read
    return found
