"""Of a danger declared without a name the call list forgets the minute (电话单只留日期) once the alert is over."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.warning.models import CallSheet
from sangesan.feedback.warning.services import calling as duty
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.procedures import nightly
from tests.builders import heard, hire, small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    made = small_mine()
    hire(made, "dispatcher", "调度员", "QSL", Role.DISPATCHER, "1093")
    return made


@pytest.mark.chapter("V3")
@pytest.mark.parametrize("answer", ["confirm", "lower"])
def test_when_a_danger_declared_without_a_name_is_answered_and_its_day_over_its_list_keeps_the_day_alone(mine, answer):
    number, spoke = heard("3208面顶板掉渣", unit="ZC1", danger=True, mode="anonymous").number, clock.now()
    sheet, came = CallSheet.objects.get(), clock.today()
    minute, office = f"{clock.local(spoke):%H:%M}", signed_in(mine.persons["dispatcher"])
    pages = ("/w/calls/", f"/w/calls/{sheet.pk}/", f"/w/calls/{sheet.pk}/paper/")

    def shown():
        return [f"{came:%F} {minute}" in office.get(page).content.decode() for page in pages]

    with clock.at(spoke + timedelta(minutes=5)):
        assert all(shown()), "the alert needs it"
    with clock.at(clock.midnight() + timedelta(days=1, minutes=10)):
        assert duty.forget_minutes(came) == 0, "nobody has answered it, so its clock runs"
        if answer == "confirm":
            services.confirm(scope=mine.scope("duty"), number=number)
        else:
            services.lower(scope=mine.scope("duty"), number=number, urgency=2, importance=1, reason="探头误报")
        assert duty.forget_minutes(came - timedelta(days=1)) == 0, "the day is not over for a closing before it"
        assert (duty.forget_minutes(came), duty.forget_minutes(came)) == (1, 0)
        next_day = signed_in(mine.persons["dispatcher"])
        told = [next_day.get(page).content.decode() for page in pages]
    sheet.refresh_from_db()
    assert (clock.local(sheet.at).date(), clock.local(sheet.at).time()) == (came, time(0)) and sheet.opened == came
    assert all(f"{came:%F}" in page for page in told)
    assert not any(f"{came:%F} {minute}" in page or f"{came:%F} 00:00" in page for page in told)


@pytest.mark.chapter("V3")
def test_the_list_of_a_danger_whose_time_to_be_taken_up_runs_past_midnight_keeps_its_minute_until_it_has_run_out(mine):
    with clock.at(clock.midnight() + timedelta(hours=23, minutes=50)):
        number, came = heard("3208面顶板掉渣", unit="ZC1", danger=True, mode="anonymous").number, clock.today()
        services.confirm(scope=mine.scope("duty"), number=number)
    with clock.at(clock.midnight() + timedelta(days=1, minutes=10)):
        assert (duty.forget_minutes(came), duty.wake()) == (0, 0), "nobody is woken before the time"
    with clock.at(clock.midnight() + timedelta(days=1, minutes=21)):
        assert duty.wake() > 0
    with clock.at(clock.midnight() + timedelta(days=2, minutes=10)):
        assert duty.forget_minutes(came + timedelta(days=1)) == 1, "lists of earlier days as well"


def test_the_list_of_a_danger_that_somebody_declared_under_their_name_keeps_its_minute(mine):
    services.confirm(scope=mine.scope("duty"), number=heard("3208面顶板掉渣", unit="ZC1", danger=True).number)
    before = CallSheet.objects.get().at
    with clock.at(clock.now() + timedelta(days=2)):
        assert duty.forget_minutes(clock.today() - timedelta(days=1)) == 0
    assert CallSheet.objects.get().at == before


def test_a_closing_makes_the_list_forget_only_once_the_day_is_over(mine):
    number = heard("3208面顶板掉渣", unit="ZC1", danger=True, mode="anonymous").number
    with clock.at(clock.now() + timedelta(minutes=5)):
        services.confirm(scope=mine.scope("duty"), number=number)
    step = next(step for step in nightly.STEPS if step.word == "匿名险情电话单只留日期")
    assert step.ended
    with clock.at(clock.now() + timedelta(days=1)):
        assert step.do(clock.today() - timedelta(days=1)) == 1
