"""The roll-up (汇总): what was to be done is counted by month; what nobody misses is not."""

from __future__ import annotations

import pytest

from sangesan.execution.routines.models import Completeness
from sangesan.execution.routines.services.counting import count
from sangesan.foundation import clock
from tests.builders import small_mine
from tests.duties import later, owed

pytestmark = pytest.mark.django_db


@pytest.mark.chapter("V5")
def test_reports_nobody_gave_stand_in_no_table(noon):
    mine = small_mine()
    month = clock.local(later(hours=24)).date().replace(day=1)
    owed(mine, title="核对考勤"), owed(mine, kind="daily_report", title="每日述职")
    with clock.at(later(hours=30)):
        count(month)
    assert [(row.missing, row.unit.code) for row in Completeness.objects.all()] == [(1, "ZC1")]
