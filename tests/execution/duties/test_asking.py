"""Another date (改期): asked with a reason, agreed to by a second person who stands over it, and never by oneself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.execution.duties import queries, services
from sangesan.execution.duties.models import Asking, Duty, Happening
from sangesan.execution.duties.services import complete
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.models import Body
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.services import go_away
from tests.builders import hire, small_mine
from tests.duties import owed
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1b")]


@pytest.fixture
def mine(noon):
    made = small_mine()
    hire(made, "deputy", "综采一队副队长", "ZC1", Role.HANDLER, "3001")
    return made


@pytest.fixture
def duty(mine):
    return owed(mine, hours=48)


def asked(mine, duty, who="chief", days=5, **parts):
    said = {"due": clock.today() + timedelta(days=days), "why": "material", "words": "配件没到"} | parts
    scope = mine.scope(who)
    return services.ask(duty=duty, actor=scope.actor, person=scope.person, **said)


def answered(mine, duty, who, agreed=True):
    scope = mine.scope(who)
    return services.decide(duty=duty, actor=scope.actor, person=scope.person, agreed=agreed)


def test_the_one_above_is_told_and_by_his_word_the_date_moves(mine, duty):
    before = duty.due
    asked(mine, duty)
    assert Duty.objects.get().due == before
    assert Notice.objects.get(kind="duty.move_asked").person_id == mine.persons["leader"].pk
    assert [one.duty_id for one in queries.to_answer(mine.scope("leader"))] == [duty.pk]
    answered(mine, duty, "leader")
    moved = Duty.objects.get()
    assert moved.due == before + timedelta(days=3) and moved.nominal == clock.local(before).date()
    fact = Body.objects.get(kind="duty.moved")
    assert fact.actor == "post:leader" and Happening.objects.get().what == "moved"
    assert not queries.to_answer(mine.scope("leader"))
    assert Notice.objects.get(kind="duty.move_decided").person_id == mine.persons["chief"].pk


def test_a_no_leaves_the_date_and_another_may_be_asked_for(mine, duty):
    asked(mine, duty)
    with pytest.raises(Conflict):
        asked(mine, duty)
    answered(mine, duty, "leader", agreed=False)
    assert Duty.objects.get().due == duty.due and not Body.objects.filter(kind="duty.moved").exists()
    assert asked(mine, duty).pk and Asking.objects.count() == 2


@pytest.mark.parametrize("asker, answerer", [("chief", "chief"), ("deputy", "chief"), ("leader", "leader")])
def test_neither_who_asks_nor_who_answers_for_it_agrees(mine, duty, asker, answerer):
    asked(mine, duty, asker)
    with pytest.raises(UserError) as refused:
        answered(mine, duty, answerer)
    assert "另一个人" in refused.value.why and Duty.objects.get().due == duty.due
    assert duty.pk not in [one.duty_id for one in queries.to_answer(mine.scope(answerer))]


@pytest.mark.parametrize("parts", [
    {"days": 1}, {"days": -3}, {"days": 400}, {"why": "mood"}, {"words": " "}, {"words": "长" * 301},
])
def test_a_date_before_or_too_far_or_without_a_reason_is_refused(mine, duty, parts):
    with pytest.raises(UserError):
        asked(mine, duty, **parts)
    assert not Asking.objects.exists()


def test_what_is_already_late_or_done_is_not_moved(mine, duty):
    with clock.at(duty.due + timedelta(minutes=1)), pytest.raises(UserError):
        asked(mine, duty, days=10)
    asked(mine, duty)
    complete(duty=duty, actor=mine.scope("chief").actor)
    assert not queries.to_answer(mine.scope("leader"))
    with pytest.raises(Conflict):
        answered(mine, duty, "leader")
    assert Asking.objects.get().decided_at is None


def test_the_page_asks_shows_and_answers(mine, duty):
    chief, leader = signed_in(mine.persons["chief"]), signed_in(mine.persons["leader"])
    at, form = f"/w/duties/{duty.pk}/", {"due": clock.today() + timedelta(days=5), "why": "material", "words": "等配件"}
    assert "申请改期" in chief.get(at).content.decode()
    assert chief.post(f"{at}ask/", form | {"words": ""}).status_code == 422
    assert chief.post(f"{at}ask/", form | {"due": "9999-12-31"}).status_code == 422
    assert chief.post(f"{at}ask/", form).status_code == 302
    assert "等另一个人同意" in chief.get(at).content.decode()
    assert chief.post(f"{at}decide/", {"agreed": "yes"}).status_code == 422
    assert "等配件" in leader.get("/w/duties/moves/").content.decode()
    assert "不同意" in leader.get(at).content.decode()
    assert leader.post(f"{at}decide/", {"agreed": "perhaps"}).status_code == 422
    assert leader.post(f"{at}decide/", {"agreed": "yes"}).status_code == 302
    assert Duty.objects.get().due > duty.due


def test_strangers_neither_ask_nor_answer_nor_see(mine, duty):
    asked(mine, duty)
    for who in ("logistics", "handler", "admin"):
        other = signed_in(mine.persons[who])
        for step in ("ask", "decide"):
            assert other.post(f"/w/duties/{duty.pk}/{step}/", {"agreed": "yes"}).status_code == 404
        shown = other.get("/w/duties/moves/")
        assert shown.status_code == 404 or "配件没到" not in shown.content.decode()


@pytest.mark.chapter("S1")
def test_who_is_away_is_no_second_person_for_what_a_stand_in_does_for_him(mine, duty):
    away = {"scope": mine.scope("chief"), "post": "chief", "to": mine.persons["deputy"].work_number,
            "since": clock.today(), "until": clock.today() + timedelta(days=9)}
    go_away(**away)
    asked(mine, duty, "deputy")
    with pytest.raises(UserError) as refused:
        answered(mine, duty, "chief")
    assert "另一个人" in refused.value.why
    with pytest.raises(UserError):
        services.exempt(duty=duty, actor=mine.scope("chief").actor, person=mine.persons["chief"].pk, why="leave",
                        words="出差")
    answered(mine, duty, "leader")
    assert Body.objects.filter(kind="duty.moved").count() == 1
