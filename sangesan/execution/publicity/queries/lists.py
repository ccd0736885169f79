"""The list of plans (宣传计划列表): each with how far it went within one's reach, a page by keyset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from sangesan.foundation import clock
from sangesan.method.authority import Scope

from ..models import Campaign
from .access import LARGEST, campaigns, handings, own_units

PAGE = 30


@dataclass(frozen=True)
class Row:
    """A plan in the list (一行)."""

    campaign: Campaign
    units: int
    passed: int
    waits: bool

    @property
    def running(self) -> bool:
        return self.campaign.ended_at is None and self.campaign.ends >= clock.today()


def listed(scope: Scope, *, state: str = "", after: str = "") -> tuple[list[Row], str]:
    """Return a page of the plans a scope sees (宣传计划) and where the next begins, in a fixed number of queries."""
    today, rows = clock.today(), campaigns(scope)
    over = Q(ends__lt=today) | Q(ended_at__isnull=False)
    rows = rows.filter(over) if state == "over" else rows.exclude(over)
    day, key = _cursor(after)
    if key:
        rows = rows.filter(Q(ends__lt=day) | Q(ends=day, pk__lt=key))
    found = list(rows.order_by("-ends", "-pk")[:PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return _rows(scope, found[:PAGE]), f"{last.ends:%F}.{last.pk}" if last else ""


def _rows(scope: Scope, found: list[Campaign]) -> list[Row]:
    own = own_units(scope)
    told = handings(scope).filter(campaign__in=found).order_by().values("campaign").annotate(
        n=Count("pk"), done=Count("pk", filter=Q(passed_at__isnull=False)),
        waits=Count("pk", filter=Q(passed_at=None, unit__in=own)))
    counts = {one["campaign"]: (one["n"], one["done"], one["waits"] > 0) for one in told}
    return [Row(one, *counts.get(one.pk, (0, 0, False))) for one in found]


def _cursor(after: str) -> tuple[date, int]:
    day, _dot, key = after.partition(".")
    try:
        return date.fromisoformat(day), min(int(key), LARGEST)
    except ValueError:
        return date.min, 0
