"""Reception days are planned (排接待日): by rota, in hours that hold a talk, no day twice, announced in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sangesan.feedback.intake.models import Reception
from sangesan.feedback.intake.services import reception as services
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from tests.builders import small_mine
from tests.feedback.intake.visits import DAY, EVENING, announced, planned
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]


@pytest.fixture
def mine(noon):
    return small_mine()


def test_the_rota_skips_days_off_and_plans_no_day_twice(mine):
    assert [r.day for r in planned(mine)] == [DAY, date(2027, 1, 18), date(2027, 2, 16)]
    assert planned(mine) == [] and Reception.objects.count() == 3


def test_hours_are_taken_as_offices_write_them(mine):
    assert {r.spans for r in planned(mine, spans="9：00—11：00、 14:00 至 17:00")} == {"09:00-11:00,14:00-17:00"}


@pytest.mark.parametrize("parts", [
    {"leaders": []}, {"leaders": ["chief"]}, {"months": 0}, {"months": 13}, {"on": 32}, {"place": ""},
    {"spans": "9-11"}, {"spans": "11:00-09:00"}, {"spans": "25:00-26:00"}, {"minutes": 0}, {"place": "\x00"},
    {"first": date(9999, 12, 31)}, {"first": date(1, 1, 1)}, {"spans": "09:00-09:10"},
    {"spans": "09:00-11:00,10:50-12:00"},
])
def test_a_plan_that_cannot_be_is_refused(mine, parts):
    with pytest.raises(UserError):
        planned(mine, **parts)
    assert not Reception.objects.exists()


def test_a_plan_that_adds_no_day_says_so_and_its_buttons_stand_where_they_work(mine):
    planned(mine)
    triage = signed_in(mine.persons["triage"])
    said = {"first": "2026-12-01", "months": "1", "on": "16", "leaders": ["leader"], "place": "办公楼 101",
            "spans": "09:00-11:00", "minutes": "20"}
    answer = triage.post("/w/reception/plan/", said)
    assert answer.status_code == 422 and "已经排过" in answer.content.decode()
    page, places = f"/w/reception/{Reception.objects.get(day=DAY).pk}/", ("announce/", "publish/")
    buttons = [[place in triage.get(page).content.decode() for place in places]]
    services.announce(scope=mine.scope("triage"), reception=Reception.objects.get(day=DAY).pk)
    buttons.append([place in triage.get(page).content.decode() for place in places])
    with clock.at(EVENING):
        triage = signed_in(mine.persons["triage"])
        buttons.append([place in triage.get(page).content.decode() for place in places])
    assert buttons == [[True, False], [False, False], [False, True]]


def test_a_day_that_nobody_announced_in_time_is_not_said_to_wait_for_it(mine):
    planned(mine)
    listed = "/w/reception/"
    assert "待公布" in signed_in(mine.persons["triage"]).get(listed).content.decode()
    with clock.at(date(2027, 3, 1)):
        text = signed_in(mine.persons["triage"]).get(listed).content.decode()
    assert "没有公布，已过期" in text and "待公布" not in text


def test_the_public_page_says_come_until_the_hours_are_over(mine, client):
    announced(mine)
    with clock.at(EVENING - timedelta(minutes=1)):
        assert "可直接来" in client.get("/reception/").content.decode()
    with clock.at(EVENING):
        page = client.get("/reception/").content.decode()
    assert "今天已接待完" in page and "可直接来" not in page
