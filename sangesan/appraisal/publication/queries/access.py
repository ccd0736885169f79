"""Who reads which results (查看权限): published ones all staff, others those they answer for.

Fetching is permission: every page of results asks here.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import latest
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.queries import subtree_during

from ..models import Publication

PUBLIC = Scope(person=0, posts=(), grants=frozenset(), name="public")
"""Whoever stands before the public page (公开页读者): reads what is published, opens no door."""


class ResultNotFound(NotFound):
    """Absent or not visible (没有这份结果): no difference."""

    def __init__(self) -> None:
        super().__init__(_("没有找到这份考核结果"), next=_("请回到考核结果页选择日期"))


def published(run: Run) -> Publication | None:
    """Return when and that a run was published (公布), or None; once it was, it stays so, and is asked once a page."""
    if "_published" not in run.__dict__:
        found = Publication.objects.filter(run=run).first()
        if found is None:
            return None
        found.run = run
        run.__dict__["_published"] = found
    return run.__dict__["_published"]


def corrected(run: Run) -> Run | None:
    """Return the result that a run corrects (被更正的结果): of a published one the last published before it.

    What was assessed anew before anybody read it was corrected for nobody.
    """
    if run.revises_id is None or published(run) is None:
        return run.revises
    rows = Publication.objects.filter(run__scope=run.scope, run__period=run.period, run__until=run.until,
                                      run__lt=run.pk)
    before = rows.select_related("run").order_by("-run").first()
    return before.run if before else None


def newest(scope: Scope, run: Run) -> Run | None:
    """Return the run that stands in the place of this one (更正后的核算) where a scope reads it, else None."""
    found = latest(run.period, run.until)
    return None if found is None or found == run or readable_units(scope, found) == set() else found


def readable_units(scope: Scope, run: Run) -> set[int] | None:
    """Return the units whose results a scope may read in a run (可查看单位); None means all of them."""
    if (scope.posts or scope is PUBLIC) and published(run):
        return None
    return {unit for root in scope.units_for(Action.SEE_RESULT) for unit in subtree_during(root, run.since, run.until)}


def results_of(scope: Scope, period: str, until: date) -> Run | None:
    """Return the newest run of a period that a scope may read anything of (可查看的核算), or None."""
    rows = Run.objects.filter(period=period, until=until).select_related("revises", "rule_set").order_by("-pk")
    return next((run for run in rows if readable_units(scope, run) != set()), None)


def result_for(scope: Scope, run_id: int) -> Run:
    """Return a run of which the scope may read anything, else ResultNotFound (按权限取核算)."""
    run = Run.objects.filter(pk=run_id).select_related("revises", "rule_set").first()
    if run is None or readable_units(scope, run) == set():
        raise ResultNotFound()
    return run


def door_to(scope: Scope, key: str) -> Run | None:
    """Open the door of `results/<run>` (开门), or None."""
    try:
        return result_for(scope, int(key)) if key.isascii() and key.isdigit() and len(key) < 19 else None
    except ResultNotFound:
        return None


def daily(run: Run) -> bool:
    """Return whether a run is about a day (当日、近三十日), and not about a month, quarter or year."""
    return run.period in Run.DAILY
