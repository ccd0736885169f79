"""Dates of rooms in the calendar (会议、对账、整改的日程): each for whom it concerns, no word too many in the feed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sangesan.desk.queries import calendar
from sangesan.execution.plans import services as plans
from sangesan.foundation import clock
from tests.execution.rectification.inspected import checked_mine, found
from tests.meetings import called, committee
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1b")]
MONDAY = date(2026, 11, 23)


@pytest.fixture
def mine(noon):
    return committee(checked_mine())


def titles(mine, who):
    until = clock.today() + timedelta(days=14)
    return {entry.title: entry for entry in calendar.dates(mine.scope(who), MONDAY, until)}


def test_a_meeting_stands_in_the_calendar_of_who_is_expected_and_of_nobody_else(mine):
    meeting = called(mine)
    there = titles(mine, "secretary")
    assert there[meeting.title].url == f"/w/{meeting.subject}/"
    assert meeting.title not in titles(mine, "handler")
    told = {event.summary for event in calendar.events(mine.scope("secretary"))}
    assert f"开会，{clock.local(meeting.begins):%H:%M} 开始" in told, "a meeting begins then; it is not due by then"


def test_a_confirmed_week_is_checked_on_its_friday(mine):
    plan = plans.draft(scope=mine.scope("secretary"), unit=mine.units["ZB1"].pk, line="party", week=MONDAY)
    plans.add(scope=mine.scope("secretary"), plan=plan.pk, text="看望住院职工")
    assert "周计划对账" not in titles(mine, "secretary")
    plans.confirm(scope=mine.scope("secretary"), plan=plan.pk)
    assert titles(mine, "secretary")["周计划对账"].day == date(2026, 11, 27)
    assert "周计划对账" not in titles(mine, "chief")


def test_the_finder_sees_when_a_problem_is_to_be_put_right_and_the_feed_says_no_more(mine):
    one = found(mine)
    entry = titles(mine, "safety")["验收：风筒漏风三处"]
    assert (entry.url, entry.day) == (f"/w/{one.subject}/", clock.local(one.duty.due).date())
    assert "验收：风筒漏风三处" not in titles(mine, "logistics")
    assert not any("风筒" in event.summary for event in calendar.events(mine.scope("safety")))


@pytest.mark.parametrize("address", [
    "/w/plans/?week=%s", "/w/calendar/?week=%s", "/w/calendar/?month=%s", "/w/contacts/month/?month=%s",
    "/w/analyses/?month=%s", "/w/discussions/?month=%s", "/w/completeness/?month=%s", "/w/duties/?month=%s",
    "/w/publicity/sheet/?unit=ZC1&day=%s", "/w/results/?day=%s",
])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "0001-01", "9999-12", "2026-02-30", "今天"])
def test_an_address_that_names_no_day_that_can_be_meant_breaks_no_page(mine, address, day):
    assert signed_in(mine.persons["leader"]).get(address % day).status_code in (200, 400, 404, 422)
