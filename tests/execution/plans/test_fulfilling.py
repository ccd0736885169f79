"""Which duty a confirmed week answers (周计划待办): its own week's, also when it came before it was asked for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from sangesan.execution.duties.models import Happening
from sangesan.execution.plans import services
from sangesan.execution.plans.models import Plan
from sangesan.foundation import clock
from tests.builders import small_mine
from tests.duties import owed
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
WEEK = date(2026, 11, 23)
NEXT = WEEK + timedelta(weeks=1)


@pytest.fixture
def mine(noon):
    return small_mine()


def asked(mine, week, **parts):
    """Ask for the plan of a week (周计划待办): from the Friday before, until Monday noon."""
    monday = datetime(week.year, week.month, week.day, 12, tzinfo=clock.LOCAL)
    opens = monday.replace(hour=0) - timedelta(days=3)
    return owed(mine, "ZB1", "party", kind="weekly_plan", subject="routines/ZJH", code=f"{week}", title="周作业计划",
                due=monday, opens=opens, grace=timedelta(days=1), lapses=True, **parts)


def confirmed(mine, week):
    scope = mine.scope("secretary")
    plan = services.draft(scope=scope, unit=mine.units["ZB1"].pk, line="party", week=week)
    return services.confirm(scope=scope, plan=plan.pk)


def test_a_week_confirmed_before_it_was_asked_for_answers_when_it_is(mine):
    duty = asked(mine, NEXT)
    confirmed(mine, NEXT)
    assert services.settle_opened(clock.today()) == 0 and not duty.happenings.exists()
    with clock.at(duty.opens + timedelta(minutes=10)):
        assert services.settle_opened(clock.today()) == 1 and services.settle_opened(clock.today()) == 0
        done = Happening.objects.get()
        assert (done.duty, done.what) == (duty, "done") and done.at <= duty.due


def test_this_week_s_plan_does_not_answer_for_the_next(mine):
    duty = asked(mine, NEXT)
    with clock.at(duty.opens + timedelta(hours=10)):
        confirmed(mine, WEEK)
        assert not duty.happenings.exists(), "Friday's late plan of this week is none of the next"
        web = signed_in(mine.persons["secretary"])
        assert web.post(f"/w/plans/of/{duty.pk}/", {"do": "confirm"}).status_code == 302
        assert Plan.objects.get(week=NEXT).confirmed_at and duty.happenings.get().what == "done"
