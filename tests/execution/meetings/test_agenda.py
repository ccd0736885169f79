"""The agenda of a meeting (议程): what is late and what is due below it, filled in by itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sangesan.execution.meetings import queries
from sangesan.foundation import clock
from tests.builders import small_mine
from tests.duties import owed
from tests.meetings import called, committee, held
from tests.routines import made, ruled

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2c")]


@pytest.fixture
def mine(noon):
    return committee(small_mine())


def test_late_and_coming_duties_of_the_units_below_fill_the_agenda(mine):
    owed(mine, "ZB1", "party", hours=1, title="上报联系点记录")
    owed(mine, "ZB2", "party", hours=30, title="写周计划")
    owed(mine, "ZC1", hours=30, title="不是这条线的事")
    with clock.at(clock.now() + timedelta(hours=2)):
        agenda = queries.agenda_of(called(mine))
    assert [line.duty.origin.title for line in agenda.late] == ["上报联系点记录"] and agenda.late_count == 1
    assert [line.duty.origin.title for line in agenda.due] == ["写周计划"]


def test_what_lapsed_is_told_once_and_what_can_still_be_done_until_it_is(mine):
    ruled(code="ZTR", kind="branch", title="主题党日", line="party", unit_kinds=["branch"], rule="FREQ=WEEKLY;BYDAY=TU",
          grace=0, lead=0)
    made()
    order = owed(mine, "ZB1", "party", title="补齐队务公开")
    with clock.at(clock.now() + timedelta(days=7)):
        first = [line.duty.origin.title for line in queries.agenda_of(called(mine)).late]
        assert "主题党日" in first and "补齐队务公开" in first
        held(mine, begins=clock.now() - timedelta(hours=2))
    with clock.at(clock.now() + timedelta(days=13)):
        late = queries.agenda_of(called(mine)).late
        assert {line.duty.nominal for line in late if line.duty.origin.title == "主题党日"} == {date(2026, 12, 1)}
        assert order in [line.duty for line in late]
