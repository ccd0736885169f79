"""Machines that send the same thing twice at once (同时送达): one finding, one count, and the same answer."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.execution.rectification import services
from sangesan.execution.rectification.models import Delivery, External, Figure
from sangesan.execution.rectification.services.taking import Problem
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.models import Body
from tests.execution.rectification.inspected import checked_mine
from tests.feedback.matters.test_merging import together

pytestmark = [pytest.mark.engine("postgresql"), pytest.mark.django_db(transaction=True)]  # SQLite has one writer


def problem(number, unit="ZC1"):
    return Problem(number=number, kind="hazard", unit=unit, day=date(2026, 11, 23), text="3208 面风筒漏风")


def deliver(mine, key, *problems):
    return lambda: services.deliver(scope=mine.scope("safety"), source="safety", key=key * 24, problems=problems)


def test_the_same_delivery_twice_at_once_is_taken_once_and_told_the_same(noon):
    mine = checked_mine()
    for turn in range(6):
        items = [problem(f"AJ-{turn}-{n}") for n in range(3)]
        found = together(*[deliver(mine, "abcdef"[turn], *items)] * 3)
        assert sorted(found, key=lambda one: one[1]) == [({"new": 3, "changed": 0, "same": 0, "past": 0}, new)
                                          for new in (False, False, True)]
    assert External.objects.count() == 18 == Body.objects.filter(kind="finding.made").count()
    assert Delivery.objects.count() == 6


def test_crossed_deliveries_of_the_same_problems_leave_each_once(noon):
    mine = checked_mine()
    for turn in range(6):
        items = [problem(f"AJ-{turn}-{n}", ("ZC1", "ZC2")[n % 2]) for n in range(4)]
        found = together(deliver(mine, "a" + str(turn), *items), deliver(mine, "b" + str(turn), *items[::-1]))
        assert all(isinstance(one, tuple | Conflict) for one in found) and any(isinstance(one, tuple) for one in found)
    assert External.objects.count() == 24 == Body.objects.filter(kind="finding.made").count()


def test_the_same_counts_twice_at_once_count_once(noon):
    mine = checked_mine()
    for turn in range(6):
        rows = [{"unit": code, "day": date(2026, 11, 1 + turn), "violations": 3} for code in ("ZC1", "ZC2")]
        found = together(*[lambda rows=part: services.keep_figures(scope=mine.scope("safety"), source="safety",
                                                                   rows=rows) for part in (rows, rows[::-1])])
        assert sorted(one["new"] for one in found) == [0, 2], found
    assert Figure.objects.count() == 12 == Body.objects.filter(kind="figure.recorded").count()
