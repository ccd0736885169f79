"""The same thing sent twice at the same moment (重复提交): it is there once, and the second is told, never failed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.plans import services as plans
from sangesan.execution.plans.models import Plan
from sangesan.execution.rectification.models import Finding, Inspection
from sangesan.execution.routines import services as routines
from sangesan.execution.routines.models import End, Force, Version
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.method.plans import week_of
from tests.at_once import together
from tests.duties import owed
from tests.execution.rectification.inspected import checked_mine, found, inspected
from tests.routines import CADRE, WEEKLY

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mine(noon):
    return checked_mine()


def test_an_inspection_and_a_finding_are_one(mine):
    first, second = together(lambda: inspected(mine), lambda: inspected(mine))
    assert first == second == Inspection.objects.get()
    first, second = together(lambda: found(mine), lambda: found(mine))
    assert first == second == Finding.objects.get() and first.duty.happenings.count() == 0


def test_a_week_is_drafted_once(mine):
    for n in range(3):
        owed(mine, "ZB1", "party", title=f"第 {n} 件", subject=f"meetings/{n}")
    asked = {"scope": mine.scope("secretary"), "unit": mine.units["ZB1"].pk, "line": "party",
             "week": week_of(clock.today())}
    first, second = together(lambda: plans.draft(**asked), lambda: plans.draft(**asked))
    assert first == second == Plan.objects.get() and first.lines.count() == 3


def test_a_routine_is_put_in_force_and_ended_once(mine):
    version, day = routines.begin(code="AQR", kind="study", actor=CADRE, **WEEKLY), clock.today() + timedelta(days=1)
    said = together(*[lambda: routines.put_in_force(version=version, since=day, decided_by="党委会", actor=CADRE)] * 2)
    assert sorted(type(one) for one in said if isinstance(one, Exception)) == [Conflict] and Force.objects.count() == 1
    held = Version.objects.get(pk=version.pk)
    said = together(*[lambda: routines.end(version=held, until=day + timedelta(days=7), actor=CADRE)] * 2)
    assert sorted(type(one) for one in said if isinstance(one, Exception)) == [Conflict] and End.objects.count() == 1
