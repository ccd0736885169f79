"""The assessment of a month, quarter or year (时段考核), from the facts of the period itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from sangesan.appraisal.rules.queries import PERIOD, Rules, by_id, in_force, link_for
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.queries import cutoff
from sangesan.method import period as method
from sangesan.method.bulk import assess_all
from sangesan.method.linkage import Rule

from .. import queries
from ..models import Run
from ..queries import bulk, reading, results, snapshot
from . import holders, storing
from .computed import CROSSING, FORM, WITHIN, Computed
from .heads import count_heads


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


def recomputed(run: Run) -> str:
    """Return the digest that a period's run gives when it is computed again (复算结果), from nothing but the ledger."""
    return again(run, run.cutoff, run.form).in_form(run.form)


def again(run: Run, upto: int, form: int = FORM) -> Computed:
    """Compute the period of a run as a whole (整期复算): its rules and its tree, the facts up to a cutoff."""
    return compute(by_id(run.rule_set_id), run.tree.nodes, run.period, run.since, run.until, upto, form)


def compute(rules: Rules, content: dict[str, Any], period: str, since: date, until: date, upto: int,
            form: int = FORM) -> Computed:
    """Compute a period (核算) from a snapshot, its rules and the facts up to a cutoff."""
    found = reckoned(rules, content, period, (since, until, upto), form)
    vetoes = reading.vetoes(rules, [results.statement_of(c)["lines"] for c in found.cells if "veto" in c.flags])
    posts, persons = holders.assess_holders(found.rules, period, found.units, snapshot.seats_of(content), found.cells,
                                            (since, until, upto), vetoes, found.read)
    return Computed(found.cells, {c.unit: found.rests[c.unit] for c in found.cells}, posts, persons, found.contacts,
                    found.strays)


@dataclass(frozen=True)
class Reckoned:
    """The units of a period (单位核算): their cells, and what those rest on."""

    rules: Rules
    units: Mapping[str, method.Unit]
    contacts: Mapping[str, Sequence[str]]
    cells: Sequence[method.Cell]
    rests: Mapping[str, str]
    strays: Sequence[str]
    read: bulk.Read


def reckoned(rules: Rules, content: dict[str, Any], period: str, window: tuple[date, date, int], form: int = FORM,
             told: Callable[[], object] = bool) -> Reckoned:
    """Reckon the units of a period (单位核算); `told` is called as often as something is done (`steps_of`)."""
    rules = reading.in_form(reading.for_period(rules, period) if form >= WITHIN else rules, form)
    units = snapshot.units_of(content)
    lines = reading.lines_of(rules, units)
    contacts = reading.contacts(rules, *window, units)
    owned, rests, strays, read = bulk.measured(rules, period, window, units, lines, form >= WITHIN,
                                                form >= CROSSING, told)
    return Reckoned(rules, units, contacts, linked(rules, method.Tree(units, contacts), owned, lines), rests, strays,
                    read)


def steps_of(rules: Rules, period: str) -> int:
    """Return how often `reckoned` tells of something done (步数): the facts read, then each indicator."""
    return 1 + sum(i.target == "unit" for i in reading.indicators_of(rules, period))


def linked(rules: Rules, tree: method.Tree, owned: Mapping[tuple[str, str], method.Owned], lines: Sequence[str],
           only: set[str] | None = None, known: Mapping[tuple[str, str], method.Cell] | None = None,
           ) -> list[method.Cell]:
    """Link the cells of a period (逐级挂钩). Raises Conflict where units would read each other."""
    try:
        if only is None:
            return assess_all(tree, owned, lines, _linking(rules), rules.line_weights)
        return method.assess(tree, owned, lines, _linking(rules), rules.line_weights, only, known)
    except method.Circle as fault:
        raise Conflict(_("没有核算"), why=_("%s 既读取下级结果，又被下级读取，绕成了圈") % fault,
                       next=_("请核对隶属关系和联系点")) from fault


def _linking(rules: Rules) -> Callable[[str, str], tuple[Rule, str]]:
    known: dict[tuple[str, str], tuple[Rule, str]] = {}

    def linking(line: str, kind: str) -> tuple[Rule, str]:
        if (line, kind) not in known:
            link = link_for(rules, line, kind)
            known[line, kind] = (link.rule, link.members)
        return known[line, kind]
    return linking
