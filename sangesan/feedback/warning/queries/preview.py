"""Preview (试算): how the matters of the last quarter would have been graded under another table."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries import visible
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.grading import NAMES, Table, grade
from sangesan.organization.people.models import ROLE_NAMES

__all__ = ["ROLE_NAMES", "preview"]
QUARTER = timedelta(days=91)


def preview(scope: Scope, now: Table, then: Table) -> list[tuple[str, str, int, int]]:
    """Return for each grade its name and how many there were by one table and by the other (试算)."""
    rows = visible(scope) if scope.person else Matter.objects.none()
    rows = rows.filter(received_day__gte=clock.today() - QUARTER, urgency__gte=1, importance__gte=1, danger=False)
    counts = rows.values_list("urgency", "importance").order_by().annotate(n=Count("pk"))
    before, after = dict.fromkeys(NAMES, 0), dict.fromkeys(NAMES, 0)
    for urgency, importance, n in counts:
        before[grade(urgency, importance, table=now)] += n
        after[grade(urgency, importance, table=then)] += n
    return [(g, name, before[g], after[g]) for g, name in NAMES.items()]
