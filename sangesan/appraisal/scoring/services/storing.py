"""Storing a period's run (时段核算入库): in one short transaction, and only what the run it revises does not hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from sangesan.appraisal.rules.queries import Rules
from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.facts import SYSTEM, PeriodAssessed
from sangesan.method.period import Cell

from .. import queries
from ..models import PersonScore, PostScore, Run, Score, Tree
from ..queries import results
from .computed import FORM, Computed


def store(computed: Computed, *, rules: Rules, content: dict[str, Any], tree: str, period: str, since: date,
          until: date, cutoff: int, before: Run | None) -> Run:
    """Store a run (入库) with the reason why it revises another; one that says the same is not stored twice."""
    days = queries.calendar_digest(since, until)
    inputs = queries.digest([rules.digest, tree, days, computed.inputs_digest])
    if before and (before.inputs == inputs or before.outputs == computed.in_form(before.form)):
        return before
    outputs = computed.outputs_digest
    return _store(computed, rules, content, before, tree_id=tree, period=period, since=since, until=until,
                  cutoff=cutoff, calendar=days, inputs=inputs, outputs=outputs)


@transaction.atomic
def _store(computed: Computed, rules: Rules, content: dict[str, Any], before: Run | None, **columns: Any) -> Run:
    if not Tree.objects.filter(pk=columns["tree_id"]).exists():
        Tree.objects.create(digest=columns["tree_id"], nodes=content)
    base = None if before is None or computed.anew is None else before.base_id or before.pk
    run = Run.objects.create(rule_set_id=rules.pk, revises=before, base_id=base, form=FORM, made_at=clock.now(),
                             contacts=computed.contacts, parts=computed.parts, strays=computed.strays,
                             reason=reason(before, rules.pk, columns["tree_id"]), **columns)
    cells = computed.moved()
    Score.objects.bulk_create([
        *(_score(run, computed.units[c.unit], c, computed) for c in cells),
        *(Score(run=run, unit_id=computed.units[unit], line=line, final=0, gone=True, statement={})
          for unit, line in computed.gone()),
    ], batch_size=1000)
    moved = computed.moved_posts()
    PostScore.objects.bulk_create([
        PostScore(run=run, post_id=computed.post_ids[p.post], final=p.final, outputs=computed.post_rows[p.post],
                  statement=p.statement) for p in moved], batch_size=1000)
    PersonScore.objects.bulk_create([
        PersonScore(run=run, person_id=p.person, final=p.final, days=p.days, vetoed=p.vetoed,
                    outputs=computed.person_rows[p.person], statement=p.statement)
        for p in computed.moved_persons()], batch_size=1000)
    record(PeriodAssessed(subject=run.subject, occurred_at=clock.now(), quantity=computed.parts["count"], run=run.pk,
                          of_day=run.until.isoformat(), outputs=run.outputs), actor=SYSTEM)
    return run


def _score(run: Run, unit: int, cell: Cell, computed: Computed) -> Score:
    line = results.line_of(cell)
    rests, said = computed.rows[cell.unit, line]
    return Score(run=run, unit_id=unit, line=line, own=cell.own, linked=cell.linked, final=cell.final, raw=cell.raw,
                 unvetoed=cell.unvetoed, inputs=rests, flags=",".join(cell.flags), outputs=said,
                 facts=sum(len(one.good) + len(one.bad) for one in cell.lines),
                 statement=results.statement_of(cell))


def reason(before: Run | None, rules: int, tree: str) -> str:
    """Return why a run revises another (更正原因)."""
    if before is None:
        return Run.Reason.FIRST
    if before.rule_set_id != rules:
        return Run.Reason.RULES
    return Run.Reason.TREE if before.tree_id != tree else Run.Reason.FACTS
