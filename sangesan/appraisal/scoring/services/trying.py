"""Trial calculation (试算): a period that is over, under another version, side by side; no result is stored.

What it came to is kept for a day beside the run, so that nobody waits in a request: where there is
much to count it is done in the background, with progress, and once for all who ask.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from sangesan.appraisal.rules.queries import PERIOD, Rules, by_id, versions
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.foundation.soon import soon
from sangesan.ledger.facts.queries import count
from sangesan.method.authority import Action, Scope
from sangesan.method.rounding import points
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import tree

from ..models import Run, Trial
from ..queries import results, standing
from .period import reckoned, steps_of

AT_ONCE = 5_000
"""Up to so many facts a trial is reckoned while one waits (当场试算)."""
KEPT, STALE, TRIES = timedelta(days=1), timedelta(minutes=10), 3
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Compared:
    """A unit under both versions (两版对照), in hundredths; None where it has no result."""

    unit: Unit
    depth: int
    before: int | None
    after: int | None

    @property
    def moved(self) -> bool:
        """Whether the other version gives it another result (有变动)."""
        return self.before != self.after

    @property
    def difference(self) -> str:
        """What the other version would give more or less (差)."""
        if self.before is None or self.after is None or self.before == self.after:
            return ""
        return ("+" if self.after > self.before else "") + points(self.after - self.before)


def tried(*, scope: Scope, version: int = 0, run: int = 0) -> dict[str, Any]:
    """Compute the last period, or a chosen one, under a version, the newest by default (试算).

    Same facts, same tree: what differs is the rules' doing. While it is being reckoned `going` says how far it is.
    """
    if not scope.can(Action.EDIT_RULES):
        raise Forbidden(_("没有打开"), why=_("试算只给起草考核办法的岗位看"))
    known = [v for v in versions(scope) if v.row.code == PERIOD]
    found = next((v for v in known if version in (0, v.row.version)), None)
    if version and found is None:
        raise NotFound(_("没有找到这一版办法"))
    runs = list(Run.objects.exclude(period__in=Run.DAILY).filter(revision=None).order_by("-until", "-since")[:24])
    one = next((r for r in runs if r.pk == run), runs[0] if runs and not run else None)
    if run and one is None:
        raise NotFound(_("没有找到这次核算"))
    said = {"v": found, "runs": runs, "run": one, "rows": [], "changed": 0, "going": None, "tabs": [
        {"word": str(v.row), "url": f"/w/assessments/trial/{v.row.version}/", "here": v == found} for v in known]}
    if one is None or found is None:
        return said
    trial = _of(one, by_id(found.row.pk))
    if trial.why:
        Trial.objects.filter(pk=trial.pk).delete()
    return said | (_compared(one, trial.finals) if trial.done_at and not trial.why else {"going": trial})


def try_out() -> int:
    """Reckon what waits (试算一轮), the oldest first, and return how many; a claim nobody kept is free again."""
    free = Q(claimed_at=None) | Q(claimed_at__lt=clock.now() - STALE)
    made = 0
    for row in Trial.objects.filter(free, done_at=None).order_by("pk"):
        if Trial.objects.filter(pk=row.pk, done_at=None, claimed_at=row.claimed_at).update(
                claimed_at=clock.now(), tries=F("tries") + 1):
            _reckon(Trial.objects.select_related("run", "run__tree").get(pk=row.pk))
            made += 1
    return made


def _of(run: Run, rules: Rules) -> Trial:
    """Return the trial of a run under a version (试算单), asking for it where there is none or it was lost."""
    Trial.objects.filter(asked_at__lt=clock.now() - KEPT).delete()
    row = Trial.objects.filter(run=run, digest=rules.digest).first()
    if row is None:
        try:
            with transaction.atomic():
                row = Trial.objects.create(run=run, rules=rules.pk, digest=rules.digest, asked_at=clock.now())
        except IntegrityError:
            row = Trial.objects.get(run=run, digest=rules.digest)
        if count(kinds=rules.kinds, days=(run.since, run.until), upto=run.cutoff) <= AT_ONCE:
            try_out()
            row.refresh_from_db()
    if row.done_at is None:
        soon(try_out)
    return row


def _reckon(row: Trial) -> None:
    run = row.run
    try:
        if row.tries > TRIES:
            raise UserError(_("没有试算"), why=_("系统故障，试了 %d 次") % TRIES)
        rules, this = by_id(row.rules), Trial.objects.filter(pk=row.pk)
        this.update(step=0, steps=steps_of(rules, run.period))
        found = reckoned(rules, run.tree.nodes, run.period, (run.since, run.until, run.cutoff),
                         told=lambda: this.update(step=F("step") + 1))
        row.finals = {c.unit: c.final for c in found.cells if results.line_of(c) == ""}
    except UserError as fault:
        row.why = str(fault)[:200]
    except Exception:  # a draft that was written anew meanwhile, or a fault: said on the page, tried again when asked
        log.exception("trial %s", row.pk)
        row.why = _("没有算完，草案可能刚刚改过")
    Trial.objects.filter(pk=row.pk).update(finals=row.finals, why=row.why, done_at=clock.now())


def _compared(run: Run, after: Mapping[str, int]) -> dict[str, Any]:
    before = dict(standing.scores(run, line="").values_list("unit__code", "final"))
    nodes = [n for n in tree(run.until) if n.unit.code in after or n.unit.code in before]
    ended = Unit.objects.filter(code__in={*after, *before} - {n.unit.code for n in nodes}).order_by("closed", "code")
    there = [*((n.unit, n.depth) for n in nodes), *((unit, 0) for unit in ended)]
    rows = [Compared(unit, depth, before.get(unit.code), after.get(unit.code)) for unit, depth in there]
    return {"rows": rows, "changed": (n := sum(row.moved for row in rows)), "same": len(rows) - n}
