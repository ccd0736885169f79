"""The daily assessment (日核算): facts of a day, and of thirty, become results; twice makes nothing twice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from sangesan.appraisal.rules.queries import DAILY, Rules, by_id, in_force
from sangesan.foundation import clock
from sangesan.ledger.facts import services as ledger
from sangesan.ledger.facts.queries import cutoff, days_touched
from sangesan.method.assessment import Node, Result, assess
from sangesan.method.facts import SYSTEM, DayAssessed, PeriodAssessed
from sangesan.organization.units.models import Unit

from .. import queries
from ..models import Run, Score, Tree
from .storing import reason

ROLLING = timedelta(days=30)
"""How much a rolling result looks back on (近三十日)."""


def assess_day(day: date) -> Run | None:
    """Assess a day (当日核算) and link it upward; None while no rules are in force."""
    return _assess(Run.Period.DAY, day, day)


def assess_rolling(day: date) -> Run | None:
    """Assess the thirty days that end on a day (近三十日核算), from their own facts."""
    return _assess(Run.Period.ROLLING, day - ROLLING + timedelta(days=1), day)


def revise(day: date) -> list[Run]:
    """Assess again what ended earlier and about which something was recorded or reversed since (更正前日结果).

    That are the days themselves and the thirty days that hold them. A day that was corrected by day (an objection
    upheld) saw more than the last night did, of itself alone.
    """
    rules, last = in_force(DAILY, day), queries.first_before(Run.Period.DAY, day)
    if rules is None or last is None:
        return []
    days = days_touched(last.cutoff, cutoff(), rules.kinds)
    again = ((Run.Period.DAY, timedelta(days=1), assess_day), (Run.Period.ROLLING, ROLLING, assess_rolling))
    known = [(before, assess) for period, long, assess in again for before in queries.holding(period, days, long, day)]
    return [made for before, assess in known if (made := assess(before.until)) and made != before]


def recomputed(run: Run) -> str:
    """Return the digest that a run gives when it is computed again (复算结果)."""
    nodes = [Node(*node) for node in run.tree.nodes]
    _, results = _compute(by_id(run.rule_set_id), nodes, run.since, run.until, run.cutoff)
    return queries.digest(queries.plain(results))


def _compute(rules: Rules, nodes: list[Node], since: date, until: date, upto: int) -> tuple[str, list[Result]]:
    inputs = queries.gather(rules, since, until, upto, (node.code for node in nodes))
    return inputs.digest, assess(nodes, inputs.facts, rules.indicators, rules.links, inputs.histories)


def _assess(period: Run.Period, since: date, until: date) -> Run | None:
    """Read and compute without a transaction, then store in one short one."""
    rules = in_force(DAILY, until)
    if rules is None:
        return None
    upto, nodes, before = cutoff(), queries.tree_of(until), queries.latest(period, until)
    tree = queries.digest([[n.code, n.parent, n.kind] for n in nodes])
    days = queries.calendar_digest(since, until)
    facts, results = _compute(rules, nodes, since, until, upto)
    inputs = queries.digest([rules.digest, tree, days, facts])
    outputs = queries.digest(queries.plain(results))
    if before and (before.inputs == inputs or before.outputs == outputs):
        return before
    # One late fact makes up to thirty thirty-days anew: each keeps only what it moved (`queries/standing.py`).
    base = (before.base or before) if before and period == Run.Period.ROLLING else None
    known = {row[0]: row for row in queries.stored(before)} if before and base else {}
    moved = [r for r, row in zip(results, queries.plain(results), strict=True) if known.pop(r.unit, None) != row]
    return _store(moved, known, len(results), period=period, since=since, until=until, rules=rules, nodes=nodes,
                  before=before, base=base, cutoff=upto, calendar=days, tree=tree, inputs=inputs, outputs=outputs)


@transaction.atomic
def _store(moved: Iterable[Result], gone: Iterable[str], count: int, *, rules: Rules, nodes: list[Node],
           before: Run | None, tree: str, **columns) -> Run:
    if not Tree.objects.filter(pk=tree).exists():
        Tree.objects.create(digest=tree, nodes=[[n.code, n.parent, n.kind] for n in nodes])
    run = Run.objects.create(rule_set_id=rules.pk, tree_id=tree, revises=before, made_at=clock.now(),
                             reason=reason(before, rules.pk, tree), **columns)
    ids = dict(Unit.objects.values_list("code", "pk"))
    Score.objects.bulk_create([
        *(Score(run=run, unit_id=ids[r.unit], own=r.own, linked=r.linked, final=r.final, raw=r.raw,
                flags=",".join(r.flags), facts=sum(len(one.good) + len(one.bad) for one in r.lines),
                statement=queries.statement(r)) for r in moved),
        *(Score(run=run, unit_id=ids[code], final=0, gone=True, statement={}) for code in gone),
    ], batch_size=1000)
    fact = DayAssessed if run.period == Run.Period.DAY else PeriodAssessed
    ledger.record(fact(subject=run.subject, occurred_at=clock.now(), quantity=count, run=run.pk,
                       of_day=run.until.isoformat(), outputs=run.outputs), actor=SYSTEM)
    return run
