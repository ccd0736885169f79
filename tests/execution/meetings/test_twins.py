"""Two dates of a series that holidays put on one day (同日两次): one meeting answers both."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.duties.queries import todo, waiting
from sangesan.execution.meetings import services
from sangesan.execution.meetings.models import Meeting
from sangesan.foundation import clock
from tests.builders import small_mine
from tests.duties import owed
from tests.meetings import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def test_two_dates_of_a_series_on_one_day_are_one_meeting(mine):
    first = owed(mine, "ZB1", "party", kind="meeting", subject="routines/DY-ZW", code="DY-ZW-1", title="支委会",
                 lapses=True)
    second = Duty.objects.create(
        origin=first.origin, unit=first.unit, line=first.line, nominal=first.nominal + timedelta(days=7),
        path=first.path, opens=first.opens, due=first.due, closes=first.closes)
    scope = mine.scope("secretary")
    assert len(todo(scope)) == waiting(scope) == 1, "what the menu counts is what the list shows"
    meeting = services.open_for(scope=scope, duty=first.pk)
    assert services.open_for(scope=scope, duty=second.pk).pk == meeting.pk and Meeting.objects.count() == 1
    written(mine, meeting, by="secretary", begins=clock.now() - timedelta(minutes=50))
    services.close(scope=scope, meeting=meeting.pk)
    assert set(Happening.objects.filter(what="done").values_list("duty", flat=True)) == {first.pk, second.pk}
    services.annul(scope=scope, meeting=meeting.pk, reason="没有开")
    assert not Happening.objects.filter(withdrawn_at=None).exists(), "both wait again"
