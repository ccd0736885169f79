"""Dates of plans (周计划日程): the Friday on which a confirmed week is checked."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from sangesan.execution.duties.dates import Date
from sangesan.foundation import clock
from sangesan.method.authority import Scope

from ..models import Plan
from .access import own

EVENING = time(18)


def dates(scope: Scope, since: date, until: date) -> list[Date]:
    """Return the Fridays on which own plans are checked (周五对账), both days included."""
    if not scope.posts:
        return []
    rows = Plan.objects.filter(own(scope), confirmed_at__isnull=False, week__gte=since - timedelta(days=6),
                               week__lte=until).select_related("unit").order_by("week", "pk")
    found = [Date(one.friday, datetime.combine(one.friday, EVENING, clock.LOCAL), _("周计划对账"), _("周计划对账"),
                  one.unit.name, f"/w/{one.subject}/", one.checked_at is not None) for one in rows]
    return [one for one in found if since <= one.day <= until]
