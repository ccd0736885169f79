"""The result page (考核结果): units in organisation order, never ranked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import standing as rows_of
from sangesan.appraisal.scoring.queries import units_with_losses
from sangesan.ledger.facts.queries import roots
from sangesan.ledger.facts.queries.proving import Root
from sangesan.method.authority import Scope
from sangesan.method.rounding import FULL
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import tree

from ..models import Publication
from .access import corrected, daily, newest, readable_units, result_for, results_of
from .appeals import Ruled, ruled
from .basis import Flaws, doubts
from .objecting import Unscored, unscored
from .stages import Standing as Stage
from .stages import standing

RECENT = 12
"""So many periods are offered (列出的时段)."""
RESULT = ("unit", "own", "linked", "final")


@dataclass(frozen=True)
class Cell:
    """A unit's result in one run (一格): how many facts of its own stand behind it, what it was, whether it moved.

    Where a correction left a unit without any result there is no `final`, and `run` is the one it corrects.
    """

    run: int
    own: int | None
    linked: int | None
    final: int | None
    facts: int
    before: int | None
    moved: bool = False


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
    corrected: Run | None
    newest: Run | None = None
    thirty: Run | None = None
    unscored: list[Unscored] = field(default_factory=list)

    @property
    def period(self) -> bool:
        """Whether it is that of a month, quarter or year (时段)."""
        return self.run is not None and not daily(self.run)

    @property
    def longer(self) -> bool:
        """Whether it is that of a quarter or year (季度、年度), which is no mean of its months."""
        return self.run is not None and self.run.period in (Run.Period.QUARTER, Run.Period.YEAR)

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
    stage = standing(run) if run else None
    return Board(
        unscored=unscored(scope, run, stage),
        appeals=[one for of in (run, rolling) if of for one in ruled(of)],
        flaws=doubts(run, day) | doubts(rolling, day),
        corrected=_corrected(run, days), thirty=_corrected(rolling, thirty),
        day=day, before=day - timedelta(days=1), after=day + timedelta(days=1), run=run, rolling=rolling,
        stage=stage, roots=roots(day), without=len(nodes) - len(rows),
        rows=[Standing(r.unit, min(5, r.depth - first), r.day, r.rolling) for r in rows],
    )


def period_board(scope: Scope, run_id: int) -> Board:
    """Return the results of a month, quarter or year (时段考核结果), in organisation order.

    Units that closed within it stand last: what they did until then counts above them, and can be looked at.
    """
    run = result_for(scope, run_id)
    found, day, stage = cells(scope, run), run.until, standing(run)
    nodes = [node for node in tree(day) if node.unit.pk in found]
    first = min((node.depth for node in nodes), default=0)
    ended = Unit.objects.filter(pk__in=found.keys() - {node.unit.pk for node in nodes}).order_by("closed", "code")
    return Board(
        day=day, before=day, after=day, run=run, rolling=None, stage=stage, without=0, roots=roots(day),
        unscored=unscored(scope, run, stage),
        appeals=ruled(run), flaws=doubts(run, day), corrected=_corrected(run, found), newest=newest(scope, run),
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
    before = corrected(run)
    earlier = {unit: rest for unit, *rest in rows_of.scores(before, line="").values_list(*RESULT)} if before else {}
    rows = rows_of.scores(run, line="")
    counted = {unit: sum(len(x[4]) + len(x[5]) for x in said["lines"])
               for unit, said in rows.filter(facts=None).values_list("unit", "statement")}
    found = {
        unit: Cell(run.pk, own, linked, final, counted.get(unit, facts or 0),
                   was[-1] if (was := earlier.get(unit)) and was[-1] != final else None,
                   before is not None and was != [own, linked, final])
        for unit, own, linked, final, facts in rows.values_list(*RESULT, "facts")
    }
    gone = {} if before is None else {
        unit: Cell(before.pk, None, None, None, 0, was[-1], True)
        for unit, was in earlier.items() if unit not in found}
    return {unit: cell for unit, cell in (found | gone).items() if allowed(scope, run, unit)}


def _corrected(run: Run | None, found: dict[int, Cell]) -> Run | None:
    """Return the result that a run corrects (被更正的结果), if anything that is shown of it moved."""
    return corrected(run) if run and any(cell.moved for cell in found.values()) else None


def concerned(run_id: int) -> list[int]:
    """Return the units whom a published day concerns (应告知的单位): those that lost points of their own.

    A correction concerns those alone whose own result it moved, and those that have none any more.
    """
    run = Run.objects.get(pk=run_id)
    before = corrected(run) if run.period == Run.Period.DAY else None
    if before is None:
        return units_with_losses(run_id)
    was, now = (dict(rows_of.scores(one, line="").values_list("unit", "own")) for one in (before, run))
    return [unit for unit in sorted({*was, *now}) if was.get(unit) != now.get(unit)
            and (now.get(unit) is None or any(own is not None and own < FULL for own in (was.get(unit), now[unit])))]
