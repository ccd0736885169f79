"""What was recorded since a run and would count in a line of it (截止后补记): what its revision would find."""

from __future__ import annotations

from collections.abc import Iterable

from sangesan.appraisal.rules.queries import Rules, by_id, once
from sangesan.ledger.facts.queries import Row, entries, paths_after, several
from sangesan.method import omissions
from sangesan.method.measures import statement

from ..models import Run
from . import bulk, reading, snapshot, standing
from .daily import gather

EVER = 2**63 - 1
"""Up to whatever is committed: whoever shows or decides waits for no writer, as a run does (不设截止)."""


def counted_late(run: Run, unit: str, indicator: str) -> list[Row]:
    """Return the facts after a run's cutoff that a line of a unit would hold now (截止后会计入的条目), oldest first.

    The line is measured anew as a revision measures it: what a unit covers, what became of a duty that fell due
    within the period and what was entered by hand for it count as they do there, and nothing else is offered.
    """
    rules = by_id(run.rule_set_id)
    paths = paths_after(run.cutoff, {*rules.kinds, reading.CHECKED})
    if not paths:
        return []
    measured = _of_day if run.period in Run.DAILY else _of_period
    there = {one for one in measured(run, rules, unit, indicator, paths) if one > run.cutoff}
    return [row for _id, row in sorted(several(there).items())]


def righting(run: Run, unit: str, indicator: str, late: Iterable[Row]) -> list[Row]:
    """Return which of the facts that a line would hold now put it right for the unit (据以更正的补记), oldest first."""
    late = list(late)
    of = next((one for one in by_id(run.rule_set_id).indicators if one.code == indicator), None)
    if of is None or not late:
        return []
    told = standing.scores(run, unit__code=unit).values_list("statement", flat=True)
    against = several(fact for said in told for line in said["lines"] if line[0] == indicator for fact in line[5])
    subjects = {row.subject for row in late} & {row.subject for row in against.values()}
    stand = {row.id for row in entries(subjects=subjects)} if subjects else set()
    gone = [row for row in against.values() if row.subject in subjects and row.id not in stand]
    found = omissions.righting(of, late, gone)
    return [row for row in late if row.id in found]


def assessed(run: Run, codes: Iterable[str]) -> dict[str, set[str]]:
    """Return the indicators by which some units were assessed in a run (所考各项), also where nothing was counted."""
    rules = once(run.rule_set_id)
    if run.period in Run.DAILY:
        there = {code for code, *_more in run.tree.nodes}
        return {code: {one.code for one in rules.indicators} if code in there else set() for code in codes}
    units = snapshot.organisation(run.tree_id).units
    lines, asked = reading.lines_of(rules, units), reading.indicators_of(rules, run.period)
    return {code: {one.code for one in asked if one.target == "unit" and code in units
                   and reading.line_in(one, units[code], lines) is not None} for code in codes}


def _of_day(run: Run, rules: Rules, unit: str, indicator: str, paths: set[str]) -> set[int]:
    inputs = gather(rules, run.since, run.until, EVER, [unit], [one for one in paths if reading.last(one) == unit])
    lines, _own = statement([i for i in rules.indicators if i.code == indicator], inputs.facts.get(unit, ()),
                            inputs.histories)
    return {fact for line in lines for fact in (*line.good, *line.bad)}


def _of_period(run: Run, rules: Rules, unit: str, indicator: str, paths: set[str]) -> set[int]:
    there = snapshot.organisation(run.tree_id)
    rules = reading.in_form(reading.for_period(rules, run.period), run.form)
    strays = {*run.strays, *reading.strays(there.units, paths)}
    owned, _rests = bulk.measured_of(
        bulk.Some({unit} & there.units.keys(), there.sources, strays), rules, run.period, (run.since, run.until, EVER),
        there.units, reading.lines_of(rules, there.units))
    return {fact for one in owned.values() for line in one.lines if line.code == indicator
            for fact in (*line.good, *line.bad)}
