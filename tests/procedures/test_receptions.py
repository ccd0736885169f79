"""A reception day that was held settles the routine's duty (接待日办结应办): nobody says it twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.duties import kinds
from sangesan.execution.duties.models import Happening
from sangesan.feedback.intake.services import reception
from sangesan.foundation import clock
from sangesan.procedures import reactions
from tests.builders import small_mine
from tests.duties import owed
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]


@pytest.fixture
def mine(noon):
    return small_mine()


def planned(mine, day):
    """Plan and announce a day by rota (排、公布一天)."""
    reception.plan(scope=mine.scope("triage"), first=day, months=1, on=day.day, leaders=["leader"], place="一楼接待室")
    found = reception.Reception.objects.get()
    return reception.announce(scope=mine.scope("triage"), reception=found.pk)


def test_publishing_the_results_of_the_day_settles_the_month_s_duty_by_the_day_itself(mine):
    day = clock.today() + timedelta(days=1)
    duty = owed(mine, "QSL", kind="reception", subject="routines/JFR", title="信访接待日", lapses=True,
                opens=clock.now() - timedelta(days=1), hours=36, grace=timedelta(days=2))
    later = owed(mine, "QSL", kind="reception", subject="routines/JFR", code="2", title="信访接待日", lapses=True,
                 hours=24 * 31)
    held = planned(mine, day)
    with clock.at(clock.now() + timedelta(days=2)):
        reception.publish(scope=mine.scope("triage"), reception=held.pk)
        reactions.run()
        done = Happening.objects.get()
    assert (done.duty, clock.local(done.at).date(), done.post) == (duty, day, "triage") and done.at <= duty.due
    assert not later.happenings.exists()


def test_its_duty_is_done_on_the_page_of_reception_days_alone(mine):
    duty = owed(mine, "QSL", kind="reception", subject="routines/JFR", title="信访接待日", lapses=True, post="leader")
    assert kinds.of("reception").where(duty) == "/w/reception/"
    web = signed_in(mine.persons["leader"])
    assert web.get("/w/reception/").status_code == 200
    assert web.post(f"/w/duties/{duty.pk}/done/", {"words": ""}).status_code == 409
    assert not duty.happenings.exists()
