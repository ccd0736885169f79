"""From a reception day into work (接待日办结应办): whoever kept its record need not say again that it was held."""

from __future__ import annotations

from datetime import datetime, time

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.feedback.intake.models import Reception
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import Row
from sangesan.method.contacts import next_month
from sangesan.method.facts import Actor
from sangesan.organization.units.queries import lineage

KIND, EVENING = "reception", time(18)


def published(row: Row) -> bool:
    """Settle the month's reception day (办结信访接待日) once its results are public; returns whether one waited.

    It counts from the day on which people were heard.
    """
    found = Reception.objects.select_related("post").get(pk=int(row.subject.rpartition("/")[2]))
    held = min(datetime.combine(found.day, EVENING, clock.LOCAL), row.occurred_at)
    month = found.day.replace(day=1)
    rows = Duty.objects.filter(
        origin__kind=KIND, unit__in={found.unit_id, *lineage(found.post.unit_id, found.day)}, opens__lte=held,
        nominal__gte=month, nominal__lt=next_month(month)).exclude(settled())
    duty = rows.select_related("origin").order_by("due", "pk").first()
    if duty is not None:
        duties.complete(duty=duty, actor=Actor.post(row.actor.removeprefix("post:")), at=held)
    return duty is not None
