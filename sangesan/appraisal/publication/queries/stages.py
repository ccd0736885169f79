"""How far a result is (公布状态): provisional while it stands open to objections, then final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.method.appeals import closes
from sangesan.organization.calendar.queries import calendar

from ..models import Appeal, Publication
from .access import published

AHEAD = timedelta(days=30)


@dataclass(frozen=True)
class Standing:
    """How far a published result is (公布状态): provisional while open or while an objection waits, then final.

    `replaced` is the newest published run that corrects it; what was corrected is final no more. An objection to
    what a run revised waits for the revision too: upheld, it moves that one.
    """

    publication: Publication
    until: date | None
    open: bool
    waiting: int
    replaced: Run | None = None

    @property
    def final(self) -> bool:
        return not self.open and not self.waiting and self.replaced is None


def standing(run: Run, publication: Publication | None = None) -> Standing | None:
    """Return how far a published run is (公布状态), or None while it is not published."""
    found = publication or published(run)
    if found is None:
        return None
    day = clock.local(found.published_at).date()
    last = closes(day, calendar(day, day + AHEAD))
    same = {"run__scope": run.scope, "run__period": run.period, "run__until": run.until}
    waiting = Appeal.objects.filter(**same, run__lte=run.pk, ruling=None).count()
    newer = Publication.objects.filter(**same, run__gt=run.pk).select_related("run").order_by("-run").first()
    return Standing(found, last, last is None or clock.today() <= last, waiting, newer.run if newer else None)


def final(run: Run) -> bool:
    """Return whether a run's results are final (是否最终): nothing revises it, nothing is open."""
    if Run.objects.filter(revises=run).exists():
        return False
    found = standing(run)
    return found is not None and found.final
