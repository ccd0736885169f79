"""The assessment of a month, quarter or year (时段考核), from the facts of the period itself.

A late fact makes a revising run in which only its unit and those that read it are computed anew;
all other results are carried over as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from sangesan.appraisal.rules.queries import PERIOD, Rules, by_id, in_force, link_for
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.queries import cutoff, entries, touched
from sangesan.method import period as method
from sangesan.method.linkage import Rule
from sangesan.organization.units.queries import paths_of

from .. import queries
from ..models import Run
from ..queries import bulk, reading, results, snapshot
from . import holders, storing
from .heads import count_heads

LOOKS_BACK = timedelta(days=92)
"""So long after its end a period is revised by itself when facts come late (自动更正期限)."""


@dataclass
class Computed:
    """A period as computed (时段核算结果): the cells anew, what was carried over, posts and persons, contact units."""

    cells: list[method.Cell]
    inputs: dict[str, str]
    kept: list[tuple[str, str, str, str]]
    posts: list[holders.PostResult]
    persons: list[holders.PersonResult]
    contacts: dict[str, list[str]]
    anew: set[str] | None = None
    outputs: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.outputs = {(c.unit, results.line_of(c)): queries.digest(results.row_of(c)) for c in self.cells}

    @property
    def inputs_digest(self) -> str:
        rested = {*self.inputs.items(), *((code, said) for code, _line, said, _out in self.kept)}
        return queries.digest([sorted(rested), sorted(self.contacts.items())])

    @property
    def outputs_digest(self) -> str:
        rows = [(*at, said) for at, said in self.outputs.items()] + [(u, n, out) for u, n, _in, out in self.kept]
        return results.bound(rows, [p.plain for p in self.posts], [p.plain for p in self.persons])


def assess_due(day: date) -> list[Run]:
    """Assess the month, quarter and year that end on a day (到期的时段考核); on other days nothing."""
    if (day + timedelta(days=1)).day != 1:
        return []
    ends = [Run.Period.MONTH, *([Run.Period.QUARTER] if day.month % 3 == 0 else []),
            *([Run.Period.YEAR] if day.month == 12 else [])]
    return [run for period in ends if (run := assess_period(period, day))]


def assess_period(period: str, until: date) -> Run | None:
    """Assess a whole period anew (时段核算) by the rules in force on its first day; None without any."""
    since = queries.start_of(period, until)
    rules = in_force(PERIOD, since)
    if rules is None:
        return None
    count_heads(until)
    upto, content, before = cutoff(), snapshot.taken(since, until), queries.latest(period, until)
    tree = queries.digest(content)
    computed = compute(rules, content, period, since, until, upto)
    return storing.store(computed, rules=rules, content=content, tree=tree, period=period, since=since, until=until,
                         cutoff=upto, before=before)


def revise_periods(day: date) -> list[Run]:
    """Revise the periods that ended lately and about which something was recorded since (更正时段结果)."""
    rows = Run.objects.filter(period__in=set(Run.Period) - set(Run.DAILY), until__lt=day, until__gte=day - LOOKS_BACK,
                              revision=None).select_related("tree").order_by("until", "pk")
    return [made for run in rows if (made := revise_period(run)) and made != run]


def revise_period(before: Run) -> Run:
    """Revise one period by the late facts alone (逐项更正): same rules, same tree, only what they touch."""
    rules, upto = by_id(before.rule_set_id), cutoff()
    if upto == before.cutoff:
        return before
    dirty = _dirty(before, rules, upto)
    if not dirty:
        return before
    computed = compute(rules, before.tree.nodes, before.period, before.since, before.until, upto, dirty, before)
    return storing.store(computed, rules=rules, content=before.tree.nodes, tree=before.tree_id, period=before.period,
                         since=before.since, until=before.until, cutoff=upto, before=before)


def recomputed(run: Run) -> str:
    """Return the digest that a period's run gives when it is computed again (复算结果), from nothing but the ledger."""
    rules = by_id(run.rule_set_id)
    return compute(rules, run.tree.nodes, run.period, run.since, run.until, run.cutoff).outputs_digest


def compute(rules: Rules, content: dict[str, Any], period: str, since: date, until: date, upto: int,
            dirty: set[str] | None = None, before: Run | None = None) -> Computed:
    """Compute a period (核算) from a snapshot, its rules and the facts up to a cutoff."""
    units = snapshot.units_of(content)
    lines = reading.lines_of(rules, units)
    contacts = reading.contacts(rules, since, until, upto)
    tree = method.Tree(units, contacts)
    anew = wanted = None
    if dirty is not None:
        sources = reading.sources(units)
        anew = tree.above({*dirty & units.keys(), *(b for b, read in sources.items() if dirty & set(read))})
        wanted = _paths({*anew, *(code for b in anew for code in sources.get(b, ()))}, since, until)
    if anew is None:
        owned, rests = bulk.measured(rules, period, (since, until, upto), units, lines)
    else:
        found = reading.read(rules, period, since, until, upto, units, wanted)
        owned = reading.owned(rules, period, units, found, lines, anew)
        rests = {code: found.digest_of(units[code]) for code in anew & units.keys()}
    known = results.known_cells(before, anew, "" if lines == [""] else results.WHOLE) if before and anew else None

    def linking(line: str, kind: str) -> tuple[Rule, str]:
        link = link_for(rules, line, kind)
        return link.rule, link.members

    try:
        cells = method.assess(tree, owned, lines, linking, rules.line_weights, anew, known)
    except method.Circle as fault:
        raise Conflict(_("没有核算"), why=_("%s 既读取下级结果，又被下级读取，绕成了圈") % fault,
                       next=_("请核对隶属关系和联系点")) from fault
    statements = [results.statement_of(c)["lines"] for c in cells if "veto" in c.flags and (not anew or c.unit in anew)]
    if before and anew is not None:
        statements += results.vetoed_lines(before, anew)
    posts, persons = holders.assess_holders(rules, period, snapshot.seats_of(content), cells,
                                            (since, until, upto), reading.vetoed_posts(rules, statements))
    fresh = [c for c in cells if anew is None or c.unit in anew]
    return Computed(fresh, {c.unit: rests[c.unit] for c in fresh},
                    results.digests(before, anew) if before and anew is not None else [], posts, persons,
                    contacts, anew)


def _dirty(before: Run, rules: Rules, upto: int) -> set[str]:
    """Return the units a late fact touches (受影响单位): its own, and that of what its subject owed in the period."""
    kinds = {*rules.kinds, *([rules.contacts.kind] if rules.contacts else []), reading.CHECKED}
    late = touched(before.cutoff, upto, kinds)
    span = (before.since, before.until)
    found = {reading.last(unit) for unit, _subject, day in late
             if span[0] <= day <= span[1] + reading.SETTLING}
    subjects = {subject for _unit, subject, _day in late}
    for row in entries(subjects=sorted(subjects), kinds=rules.kinds, days=span, upto=upto) if subjects else ():
        found.add(reading.last(row.unit))
    return found & {row[0] for row in before.tree.nodes["units"]}


def _paths(codes: Iterable[str], since: date, until: date) -> dict[str, list[str]]:
    """Return the paths under which units stood in a period (期间路径)."""
    ids = snapshot.ids_of(codes)
    found: dict[str, list[str]] = {code: [] for code in ids}
    for day in snapshot.turns(since, until):
        for path in paths_of(ids.values(), day).values():
            found[reading.last(path)].append(path)
    return {code: sorted(set(paths)) for code, paths in found.items()}
