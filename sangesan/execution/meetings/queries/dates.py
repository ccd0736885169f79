"""Dates of meetings (会议日程): those I am expected at, and those of my unit that no duty shows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.execution.duties.dates import Date
from sangesan.foundation import clock
from sangesan.method.authority import Scope

from ..models import Attendee, Meeting
from .access import own_units


def dates(scope: Scope, since: date, until: date, most: int = 200) -> list[Date]:
    """Return the meetings of some days (会议日程), both included: where I am on the roster, or that my unit holds."""
    if not scope.person:
        return []
    start = datetime.combine(since, time(0), clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time(0), clock.LOCAL)
    there = Attendee.objects.filter(person=scope.person).exclude(standing="excused").values("meeting")
    own = Q(unit__in=own_units(scope), duty=None)
    rows = Meeting.objects.filter(own | Q(pk__in=there), begins__gte=start, begins__lt=end, annulled_at=None)
    return [Date(clock.local(one.begins).date(), clock.local(one.begins), _("开会"), one.title, one.unit.name,
                 f"/w/{one.subject}/", one.closed_at is not None)
            for one in rows.select_related("unit").order_by("begins", "pk")[:most]]
