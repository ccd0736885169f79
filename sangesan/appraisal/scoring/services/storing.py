"""Storing a period's run (时段核算入库): in one short transaction; what did not change is carried over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from sangesan.appraisal.rules.queries import Rules
from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.facts import SYSTEM, PeriodAssessed
from sangesan.organization.people.models import Post

from .. import queries
from ..models import PersonScore, PostScore, Run, Score, Tree
from ..queries import results
from ..queries.snapshot import ids_of

if TYPE_CHECKING:
    from .period import Computed

CARRIED = ("unit_id", "line", "own", "linked", "final", "raw", "unvetoed", "inputs", "outputs", "flags", "statement")


def store(computed: Computed, *, rules: Rules, content: dict[str, Any], tree: str, period: str, since: date,
          until: date, cutoff: int, before: Run | None) -> Run:
    """Store a run (入库) with the reason why it revises another; one that says the same is not stored twice."""
    days = queries.calendar_digest(since, until)
    inputs = queries.digest([rules.digest, tree, days, computed.inputs_digest])
    outputs = computed.outputs_digest
    if before and (before.inputs == inputs or before.outputs == outputs):
        return before
    return _store(computed, rules, content, before, tree_id=tree, period=period, since=since, until=until,
                  cutoff=cutoff, calendar=days, inputs=inputs, outputs=outputs)


@transaction.atomic
def _store(computed: Computed, rules: Rules, content: dict[str, Any], before: Run | None, **columns: Any) -> Run:
    if not Tree.objects.filter(pk=columns["tree_id"]).exists():
        Tree.objects.create(digest=columns["tree_id"], nodes=content)
    run = Run.objects.create(rule_set_id=rules.pk, revises=before, made_at=clock.now(),
                             reason=reason(before, rules.pk, columns["tree_id"]), **columns)
    ids = ids_of({c.unit for c in computed.cells})
    Score.objects.bulk_create([
        Score(run=run, unit_id=ids[c.unit], line=results.line_of(c), own=c.own, linked=c.linked, final=c.final,
              raw=c.raw, unvetoed=c.unvetoed, inputs=computed.inputs[c.unit], flags=",".join(c.flags),
              outputs=computed.outputs[c.unit, results.line_of(c)], statement=results.statement_of(c))
        for c in computed.cells
    ], batch_size=1000)
    if before and computed.anew is not None:
        _carry_over(before, run, ids_of(computed.anew).values())
    posts = dict(Post.objects.filter(code__in=[p.post for p in computed.posts]).values_list("code", "pk"))
    PostScore.objects.bulk_create([PostScore(run=run, post_id=posts[p.post], final=p.final, statement=p.statement)
                                   for p in computed.posts], batch_size=1000)
    PersonScore.objects.bulk_create([
        PersonScore(run=run, person_id=p.person, final=p.final, days=p.days, vetoed=p.vetoed, statement=p.statement)
        for p in computed.persons], batch_size=1000)
    count = len(computed.cells) + len(computed.kept)
    record(PeriodAssessed(subject=run.subject, occurred_at=clock.now(), quantity=count, run=run.pk,
                          of_day=run.until.isoformat(), outputs=run.outputs), actor=SYSTEM)
    return run


def _carry_over(before: Run, run: Run, but: Iterable[int]) -> None:
    """Copy the results of a run to the next, without those of some units (结转)."""
    columns, left_out = ", ".join(CARRIED), list(but)
    marks = ", ".join(["%s"] * len(left_out))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO scoring_score (run_id, {columns}) SELECT %s, {columns} FROM scoring_score"  # noqa: S608
            f" WHERE run_id = %s" + (f" AND unit_id NOT IN ({marks})" if left_out else ""),
            [run.pk, before.pk, *left_out])


def reason(before: Run | None, rules: int, tree: str) -> str:
    """Return why a run revises another (更正原因)."""
    if before is None:
        return Run.Reason.FIRST
    if before.rule_set_id != rules:
        return Run.Reason.RULES
    return Run.Reason.TREE if before.tree_id != tree else Run.Reason.FACTS
