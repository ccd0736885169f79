"""Annulling and discarding (作废、不开了): what was finished is reversed and never deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.meetings import services
from sangesan.execution.meetings.models import Meeting
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.queries import entries, history
from tests.builders import small_mine
from tests.duties import owed
from tests.meetings import called, committee, held, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return committee(small_mine())


def test_an_annulled_meeting_reverses_its_facts_and_its_duty_waits_again(mine):
    duty = owed(mine, "ZB1", "party", kind="branch", subject="routines/DY-ZW", code="DY-ZW-1", hours=2)
    meeting = services.open_for(scope=mine.scope("secretary"), duty=duty.pk)
    written(mine, meeting, by="secretary", begins=clock.now() - timedelta(minutes=50),
            decisions=(("办一件", "secretary", 3),))
    services.close(scope=mine.scope("secretary"), meeting=meeting.pk)
    services.annul(scope=mine.scope("secretary"), meeting=meeting.pk, reason="会没有开")
    assert not list(entries(kinds=["meeting.held", "decision.taken", "duty.done"]))
    decided = Duty.objects.get(origin__kind="decision")
    assert Happening.objects.get(duty=decided, withdrawn_at=None).what == "cancelled"
    assert not Happening.objects.filter(duty=duty, withdrawn_at=None).exists()
    again = services.open_for(scope=mine.scope("secretary"), duty=duty.pk)
    assert again.pk != meeting.pk
    with pytest.raises(Conflict):
        services.annul(scope=mine.scope("secretary"), meeting=meeting.pk, reason="再来一次")


def test_what_was_waived_while_the_meeting_was_held_stays_waived_when_it_is_annulled(mine):
    duty = owed(mine, "ZB1", "party", kind="branch", subject="routines/DY-ZW", code="DY-ZW-1", hours=2)
    meeting = services.open_for(scope=mine.scope("secretary"), duty=duty.pk)
    written(mine, meeting, by="secretary", begins=clock.now() - timedelta(minutes=50))
    duties.exempt(duty=duty, actor=mine.scope("party").actor, why="shutdown", words="停产检修")
    services.close(scope=mine.scope("secretary"), meeting=meeting.pk)
    services.annul(scope=mine.scope("secretary"), meeting=meeting.pk, reason="会没有开")
    assert Happening.objects.get(duty=duty, withdrawn_at=None).what == "exempted"
    assert [row.kind for row in history(duty.subject)] == ["duty.exempted"]


def test_an_open_record_may_be_thrown_away_and_a_finished_one_not(mine):
    meeting = called(mine)
    services.discard(scope=mine.scope("cadre"), meeting=meeting.pk)
    assert not Meeting.objects.exists()
    finished = held(mine)
    with pytest.raises(Conflict):
        services.discard(scope=mine.scope("cadre"), meeting=finished.pk)
