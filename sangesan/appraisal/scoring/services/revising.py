"""Late facts (迟到的条目): a revising run computes only the units they touch and those that read them.

What did not move is neither read, nor computed, nor stored again: the run points to the runs it
takes it over from (`queries/standing.py`), and only the hashes are bound anew. How far the ledger
was looked through is kept with the run, so that a quiet night asks only for what is new.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sangesan.appraisal.rules.queries import Rules, once
from sangesan.ledger.facts.queries import Row, cutoff, entries, touched
from sangesan.method.period import Unit

from ..models import Run, Watched
from ..queries import bulk, days, reading, results, snapshot
from . import late_holders, storing
from .computed import FORM, Computed, Kept
from .late_holders import Moved
from .period import again, linked

LOOKS_BACK = timedelta(days=92)
"""So long after its end a period is revised by itself when facts come late (自动更正期限)."""


@dataclass(frozen=True)
class Late:
    """What was recorded or reversed since (新增与冲正), with what else lies in the period under the same subjects."""

    rows: Sequence[Row]
    units: set[str]
    paths: Collection[str]
    unsettled: bool

    def posts(self) -> set[str]:
        """Return the posts these facts name or were done by (涉及的岗位)."""
        return {reading.post_of(row) for row in self.rows}


def revise_periods(day: date) -> list[Run]:
    """Revise the periods that ended lately and about which something was recorded since (更正时段结果)."""
    rows = Run.objects.filter(period__in=set(Run.Period) - set(Run.DAILY), until__lt=day, until__gte=day - LOOKS_BACK,
                              revision=None).order_by("until", "pk")
    return [made for run in rows if (made := revise_period(run)) != run]


@bulk.uncollected()
def revise_period(before: Run) -> Run:
    """Revise one period by the late facts alone (逐项更正): same rules, same tree, only what they touch."""
    upto = cutoff()
    seen = Watched.objects.filter(run=before).first() or Watched(run=before, upto=before.cutoff)
    if upto == seen.upto:
        return before
    rules = reading.for_period(once(before.rule_set_id), before.period)
    late = _late(before, rules, seen, upto)
    made = before
    if late.rows:
        computed = _computed(before, rules, late, upto)
        made = storing.store(computed, rules=rules, content={}, tree=before.tree_id, period=before.period,
                             since=before.since, until=before.until, cutoff=upto, before=before)
    if made == before:
        Watched.objects.update_or_create(run=before, defaults={
            "upto": upto, "unsettled": sorted(late.units), "strays": sorted(late.paths)})
    return made


def _late(before: Run, rules: Rules, seen: Watched, upto: int) -> Late:
    """Return what came late and the units it touches (受影响单位): its own, and that of what its subject owed."""
    became = reading.doubtful(rules.indicators)[1]
    kinds = {*rules.kinds, *became, *([rules.contacts.kind] if rules.contacts else []), reading.CHECKED}
    rows = touched(seen.upto, upto, kinds)
    span = (before.since, before.until)
    inside = [row for row in rows if row.kind != days.ASSESSED and span[0] <= row.day <= span[1] + reading.SETTLING]
    for some in reading.batched(sorted({row.subject for row in rows})):
        inside += entries(subjects=some, kinds=rules.kinds, days=span, upto=upto)
    units = snapshot.organisation(before.tree_id).units if rows else {}
    averaged = days.asked(reading.indicators_of(rules, before.period))
    by_day = days.moved(seen.upto, upto, rows, *span) if averaged else set()
    inside += days.about(rows, *span) if by_day else []
    own = {code for row in inside if (code := reading.last(row.unit)) in units}
    return Late(inside, {*seen.unsettled, *by_day, *own},
                {*before.strays, *seen.strays, *reading.strays(units, (row.unit for row in rows))},
                bool(seen.unsettled))


def _computed(before: Run, rules: Rules, late: Late, upto: int) -> Computed:
    if before.form < FORM:
        as_then = again(before, upto, before.form)
        return as_then if as_then.in_form(before.form) == before.outputs else again(before, upto)
    there = snapshot.organisation(before.tree_id)
    units = there.units
    dirty = late.units & units.keys()
    lines, window = reading.lines_of(rules, units), (before.since, before.until, upto)
    contacts = _contacts(before, rules, late, units, upto)
    tree = there.tree(contacts)
    reread = dirty | {b for b, read in there.sources.items() if b in units and not dirty.isdisjoint(read)}
    anew = tree.above(reread)
    owned, rests = results.known_owned(before, anew - reread,
                                       {i.code for i in rules.indicators if i.method == "veto"})
    reread |= {code for code in anew - reread if code not in rests or any(
        (code, line) not in owned for line in reading.lines_with(rules, before.period, units[code], lines))}
    some = bulk.Some(reread, there.sources, late.paths)
    fresh, rested = bulk.measured_of(some, rules, before.period, window, units, lines)
    owned = {at: one for at, one in owned.items() if at[0] not in reread} | fresh
    known = results.known_cells(before, tree.read_by(anew), "" if lines == [""] else results.WHOLE)
    cells = [c for c in linked(rules, tree, owned, lines, anew, known) if c.unit in anew]
    touched = late.posts() if any(i.target == "post" for i in rules.indicators) else set()
    posts, persons = late_holders.revised(before, rules, there, Moved(cells, anew, touched, window))
    return Computed(cells, rests | rested, posts, persons, contacts, sorted(late.paths),
                    Kept.of(before, anew, posts, persons), anew)


def _contacts(before: Run, rules: Rules, late: Late, units: Mapping[str, Unit],
              upto: int) -> dict[str, list[str]]:
    """Return the contact units (联系点), read anew only for the departments that late facts name."""
    told = rules.contacts
    if told is None or not any(row.kind == told.kind for row in late.rows) and not late.unsettled:
        return before.contacts
    asked = late.units
    paths = [*reading.paths_of(units, asked), *(path for path in late.paths if reading.last(path) in asked)]
    found = reading.contacts(rules, before.since, before.until, upto, units, paths)
    return {code: points for code, points in before.contacts.items() if code not in asked} | found
