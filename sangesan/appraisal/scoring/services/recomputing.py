"""Recomputing (复算): the same cut-off, rules and tree give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass

from .. import queries
from ..models import Run
from . import daily, period


class NoRun(Exception):
    """There is no run of that number (没有这次核算)."""


@dataclass(frozen=True)
class Recomputed:
    """What recomputing a run gave (复算): the three hashes must agree."""

    run: Run
    expected: str
    computed: str
    stored: str

    @property
    def agrees(self) -> bool:
        return self.expected == self.computed == self.stored


def recompute(run_id: int) -> Recomputed:
    """Compute a run again from the ledger (复算). Raises NoRun."""
    run = Run.objects.select_related("tree").filter(pk=run_id).first()
    if run is None:
        raise NoRun(run_id)
    if run.period in Run.DAILY:
        return Recomputed(run, run.outputs, daily.recomputed(run), queries.digest(queries.stored(run)))
    return Recomputed(run, run.outputs, period.recomputed(run), queries.stored_period(run))
