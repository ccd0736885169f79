"""Indicators as lists name them (指标清单): those that no fact feeds, and those of a version with their place."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ..models import Indicator


def unmeasured(day: date) -> QuerySet[Indicator]:
    """Return the indicators of versions in force or drafted that read no fact (没有量化的指标)."""
    rows = Indicator.objects.filter(tallies=[]).select_related("rule_set")
    return rows.exclude(rule_set__in_force__since__gt=day).order_by("rule_set__code", "-rule_set__version", "position")


def placed(pk: int) -> list[Indicator]:
    """Return the indicators of a version in their order (指标与篇目), each with its standard and place in a book."""
    return list(Indicator.objects.filter(rule_set=pk).order_by("position"))
