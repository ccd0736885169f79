"""What is past due without a result (到期没有结果), within reach."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.method.duty_status import NEVER_MISSED

from ..models import Duty
from .access import under
from .standing import settled


def missing(scope: Scope, since: datetime) -> QuerySet[Duty]:
    """Return the duties whose grace ended since a moment and that nobody did (到期没有结果), in organisation order."""
    rows = Duty.objects.filter(under(scope, Action.SEE_WORK), closes__lt=clock.now(), due__gte=since)
    rows = rows.exclude(settled()).exclude(origin__kind__in=NEVER_MISSED)
    return rows.select_related("origin", "unit").order_by("path", "due", "pk")
