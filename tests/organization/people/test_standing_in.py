"""Standing in (请假代办): a dated acting appointment, that goes and returns by itself, and nothing more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.duties import queries as duties
from sangesan.feedback.matters import queries as matters
from sangesan.feedback.matters import services as matter_services
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.facts.queries import entries
from sangesan.method.authority import Action, Role
from sangesan.organization.people import services, standing_in
from sangesan.organization.people.models import Appointment
from tests.builders import heard, hire, small_mine
from tests.duties import owed
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S1")]


@pytest.fixture
def mine(noon):
    made = small_mine()
    hire(made, "deputy", "综采一队副队长", "ZC1", Role.HANDLER, "3001")
    return made


def away(mine, *, by="chief", to="deputy", start=1, days=3, post=""):
    since = clock.today() + timedelta(days=start)
    return services.go_away(scope=mine.scope(by), post=post or by, to=mine.persons[to].work_number, since=since,
                            until=since + timedelta(days=days - 1))


def test_rights_and_duties_go_over_for_those_days_and_return_by_themselves(mine):
    duty = owed(mine, hours=24 * 10)
    away(mine)
    for day, stands_in in ((0, False), (1, True), (3, True), (4, False)):
        with clock.at(clock.now() + timedelta(days=day)):
            deputy, chief = mine.scope("deputy"), mine.scope("chief")
            assert deputy.can(Action.APPROVE) is stands_in, day
            assert any(t.title == "核对考勤" for t in duties.todo(deputy)) is stands_in, day
            assert any(t.title == "核对考勤" for t in duties.todo(chief)) is not stands_in, day
    fact, = [row for row in entries(kinds=["post.appointed"]) if row.content["held"] == "acting"]
    assert fact.actor == "post:chief" and duty.pk


def test_whoever_comes_back_early_takes_it_back_at_once(mine):
    row = away(mine, start=0, days=5)
    assert mine.scope("deputy").can(Action.APPROVE)
    services.come_back(scope=mine.scope("chief"), appointment=row.pk)
    assert not mine.scope("deputy").can(Action.APPROVE) and not standing_in.given(mine.scope("chief"))


@pytest.mark.parametrize(("parts", "why"), [
    ({"start": -1}, "已经过去"), ({"days": 0}, "不在开始日期"), ({"days": 93}, "92 天"),
    ({"to": "chief"}, "不在可选"), ({"to": "logistics"}, "不在可选"), ({"to": "admin"}, "不在可选"),
])
def test_what_cannot_be_is_refused_in_words_and_leaves_nothing(mine, parts, why):
    before = Appointment.objects.count()
    with pytest.raises(UserError) as fault:
        away(mine, **parts)
    assert why in str(fault.value) and Appointment.objects.count() == before


def test_one_post_has_one_stand_in_at_a_time_and_nobody_stands_in_while_away(mine):
    hire(mine, "second", "综采一队技术员", "ZC1", Role.HANDLER, "3002")
    away(mine, days=5)
    with pytest.raises(UserError, match="已经有人代理"):
        away(mine, to="second", start=3)
    away(mine, to="second", start=6)
    with pytest.raises(UserError, match="由别人代理"):
        away(mine, by="deputy", to="chief", start=2)


def test_separated_and_sealed_posts_are_not_handed_over_by_their_holders(mine):
    hire(mine, "inspector", "纪检监察员", "QSL", Role.INSPECTOR, "3003")
    for who in ("admin", "inspector"):
        assert not standing_in.own(mine.scope(who))
        with pytest.raises(NotFound):
            away(mine, by=who, to="leader")


def test_a_stand_in_still_sees_nothing_that_is_about_the_stand_in(mine):
    said = heard("副队长派活看关系", unit="ZC1")
    matter_services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=1)
    matter_services.concern(scope=mine.scope("triage"), number=said.number, posts=["deputy"])
    matter_services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    away(mine, start=0)
    with pytest.raises(NotFound):
        matters.matter_for(mine.scope("deputy"), said.number)


def test_another_s_stand_in_is_not_taken_back_and_another_s_post_not_handed_over(mine):
    row = away(mine)
    other = signed_in(mine.persons["logistics"])
    assert other.post(f"/w/organization/absence/{row.pk}/back/").status_code == 404
    day = f"{clock.today() + timedelta(days=9):%F}"
    answer = other.post("/w/organization/absence/", {"post": "chief", "to": "3001", "since": day, "until": day})
    assert answer.status_code == 422 and Appointment.objects.filter(kind="acting").count() == 1


def test_the_page_takes_a_choice_from_its_list_and_shows_both_sides(mine):
    client, day = signed_in(mine.persons["chief"]), f"{clock.today() + timedelta(days=2):%F}"
    page = client.get("/w/organization/absence/").content.decode()
    assert "3001 综采一队副队长" in page
    said = {"post": "chief", "to": "3001 综采一队副队长（综采一队）", "since": day, "until": day}
    assert client.post("/w/organization/absence/", said).status_code == 302
    assert f"{day} 至 {day}" in " ".join(client.get("/w/organization/absence/").content.decode().split())
    assert "综采一队队长" in signed_in(mine.persons["deputy"]).get("/w/organization/absence/").content.decode()
