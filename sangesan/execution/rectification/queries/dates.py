"""Dates of findings (整改日程): by when what I found is to be put right, so that I look at it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.execution.duties.dates import Date
from sangesan.foundation import clock
from sangesan.method.authority import Scope

from ..models import Finding
from .access import verified

LONGEST = 40


def dates(scope: Scope, since: date, until: date, most: int = 200) -> list[Date]:
    """Return when findings of mine, or given to me by name, are due (整改到期), until somebody verified them."""
    if not scope.person:
        return []
    start = datetime.combine(since, time(0), clock.LOCAL)
    end = datetime.combine(until + timedelta(days=1), time(0), clock.LOCAL)
    mine = Q(inspection__person=scope.person) | Q(named__code__in=scope.post_codes)
    rows = Finding.objects.filter(mine, duty__due__gte=start, duty__due__lt=end).exclude(verified())
    return [Date(clock.local(one.duty.due).date(), clock.local(one.duty.due), _("整改到期，去验收"),
                 _("验收：%s") % one.text[:LONGEST], one.unit.name, f"/w/{one.subject}/")
            for one in rows.select_related("duty", "unit").order_by("duty__due", "pk")[:most]]
