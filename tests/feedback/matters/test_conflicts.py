"""Whom a matter is about never sees, answers or hears of it (回避)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Assignment, Concern, Matter
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Person, Post
from tests.builders import heard, hire, small_mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def kinds(number):
    return [fact.kind for fact in history(f"matters/{number}")]


@pytest.mark.chapter("V4")
def test_a_matter_is_never_routed_to_those_it_is_about(mine):
    said = heard(unit="ZC1")
    triage = mine.scope("triage")
    services.concern(scope=triage, number=said.number, units=[mine.units["ZC1"].pk])
    services.grade(scope=triage, number=said.number, urgency=1, importance=2)
    with pytest.raises(UserError, match="没有派单"):
        services.dispatch(scope=triage, number=said.number, lead=mine.units["ZC1J"].pk)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["CM"].pk)
    with pytest.raises(NotFound):
        queries.matter_for(mine.scope("chief"), said.number)
    with pytest.raises(NotFound):
        queries.matter_for(mine.scope("correspondent"), said.number)


@pytest.mark.chapter("V4")
def test_an_accusation_leaves_every_list_but_the_inspectors(mine):
    said = heard(unit="ZC1")
    services.accuse(scope=mine.scope("triage"), number=said.number)
    for post in ("triage", "leader", "chief", "secretary", "duty"):
        assert not queries.visible(mine.scope(post)).exists()


def test_a_matter_about_somebody_is_not_joined_to_one_that_person_may_answer(mine):
    about, other = heard(unit="ZC1"), heard(unit="ZC1", text="另一件")
    triage = mine.scope("triage")
    services.concern(scope=triage, number=about.number, units=[mine.units["ZC1"].pk])
    with pytest.raises(Conflict, match="没有并案"):
        services.merge(scope=triage, number=about.number, into=other.number)


def test_whoever_may_not_see_the_joined_one_does_not_read_it_in_the_other(mine):
    first, second = heard(unit="ZC1"), heard(unit="ZC1", text="只有分办员能看的话")
    triage, chief = mine.scope("triage"), mine.scope("chief")
    services.merge(scope=triage, number=second.number, into=first.number)
    services.grade(scope=triage, number=first.number, urgency=1, importance=1)
    services.dispatch(scope=triage, number=first.number, lead=mine.units["HQ"].pk)
    matter = queries.matter_for(chief, first.number)
    assert len(queries.submissions(chief, matter)) == 2
    Concern.objects.create(matter=Matter.objects.get(number=second.number), post="chief")
    assert [s.text for s in queries.submissions(chief, matter)] == ["夜班食堂只有凉馒头"]


@pytest.mark.chapter("V4")
def test_nobody_below_the_mine_reads_a_matter_before_it_is_dispatched(mine):
    """Nobody has judged yet whom it is about, and it may be the head of the very unit."""
    said = heard("队长把奖金扣下不发", unit="ZC1J")
    below, office = ("chief", "secretary"), ("triage", "leader", "duty")
    assert [post for post in (*office, *below) if queries.visible(mine.scope(post)).exists()] == ["triage"]
    services.describe(scope=mine.scope("triage"), number=said.number, unit=mine.units["ZC1"].pk)
    assert not any(queries.page(mine.scope(post)).total for post in below)
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    assert [post for post in (*office, *below) if queries.visible(mine.scope(post)).exists()] == list(office)
    services.concern(scope=mine.scope("triage"), number=said.number, posts=["chief"])
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    assert queries.visible(mine.scope("secretary")).exists() and not queries.visible(mine.scope("chief")).exists()


def handed(mine, text, lead="ZC1", **more):
    said = heard(text, unit="ZC1")
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=1, importance=2,
                   lead=mine.units[lead].pk, **more)
    return {post for post in ("chief", "secretary", "logistics")
            if queries.visible(mine.scope(post)).filter(number=said.number).exists()}


@pytest.mark.chapter("V4")
def test_whom_the_words_name_does_not_get_them_to_read_though_nobody_said_whom_they_are_about(mine):
    chief, secretary = (mine.persons[code].name for code in ("chief", "secretary"))
    assert handed(mine, "夜班没有热水") == {"chief", "secretary"}
    assert handed(mine, f"{secretary}克扣奖金") == {"chief"}
    assert handed(mine, "综采一队的书记吃拿卡要") == {"chief"}
    assert handed(mine, "队里书记人好") == {"chief", "secretary"}, "a title alone names nobody"
    with pytest.raises(UserError, match="没有派单"):
        handed(mine, f"{chief}打骂工人")
    assert "chief" not in handed(mine, f"{chief}打骂工人", lead="HQ")
    assert "chief" not in handed(mine, "张 大力 打骂工人", lead="HQ"), "a name may be written with a gap"
    assert "chief" not in handed(mine, "综采一队长打骂工人", lead="HQ")
    Post.objects.filter(code="logistics").update(title="负责人")
    assert handed(mine, "找后勤科说了没用", lead="HQ") == {"chief", "secretary", "logistics"}
    for words in ("后勤科长不给修", "后勤科的科长不给修", "周科长不给修"):
        with pytest.raises(UserError, match="没有派单"):
            handed(mine, words, lead="HQ")


@pytest.mark.chapter("V4")
def test_surname_and_post_name_whoever_is_near_and_nobody_else_of_that_name(mine):
    far = hire(mine, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "1097", head=True)
    Person.objects.filter(pk=far.person).update(name="张春生")
    assert handed(mine, "刘书记克扣奖金") == {"chief"}
    assert handed(mine, "老周来得晚，关于队长也说过") == {"chief", "secretary"}, "nobody near is called so"
    assert handed(mine, "老刘克扣奖金") == {"chief"}
    assert "chief" not in handed(mine, "张队长打骂工人", lead="HQ")
    about = set(Concern.objects.values_list("person", flat=True))
    assert far.person not in about and mine.persons["chief"].pk in about


@pytest.mark.chapter("V4")
def test_triage_may_say_that_somebody_is_only_mentioned(mine):
    chief = mine.persons["chief"].name
    assert handed(mine, f"跟{chief}说了三次没人修", only_mentioned=True) == {"chief", "secretary"}
    assert not Concern.objects.exists()


def given(mine, text="夜班没有热水", lead="ZC1", mode="anonymous"):
    """Hand a word to a unit and let it sign in; number and receipt."""
    said = heard(text, unit="ZC1", mode=mode)
    services.release_due(now=clock.now() + timedelta(days=1))
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2, lead=mine.units[lead].pk)
    services.sign_in(scope=mine.scope("chief" if lead == "ZC1" else "handler"), number=said.number)
    return said


def state(said):
    return Matter.objects.get(number=said.number).state


@pytest.mark.chapter("V4")
def test_a_later_word_that_names_whoever_handles_it_takes_the_matter_from_them_at_once(mine):
    """What was not known at the dispatch is looked for in each word that is added."""
    said = given(mine)
    services.reply(code=said.receipt, text="就是张大力队长不让修")
    assert state(said) == "returned"
    assert not queries.visible(mine.scope("chief")).exists() and queries.visible(mine.scope("secretary")).exists()
    assert not Notice.objects.filter(person=mine.persons["chief"].pk).exists()
    assert Notice.objects.filter(person=mine.persons["triage"].pk, kind="matter.returned").exists()
    told = [n.created_at for n in Notice.objects.filter(kind="matter.returned")]
    assert told == [clock.midnight()] and "matter.returned" not in kinds(said.number), "nothing tells the hour"
    assert "已经收回" in queries.heard(said.receipt).messages[-1].text
    with pytest.raises(UserError, match="没有派单"):
        services.rule(scope=mine.scope("triage"), number=said.number, reason="仍由原单位办理")
    services.rule(scope=mine.scope("triage"), number=said.number, reason="改由后勤科", lead=mine.units["HQ"].pk)
    assert not queries.visible(mine.scope("chief")).exists() and queries.visible(mine.scope("handler")).exists()


def test_only_whoever_named_them_is_told_why_a_joined_matter_was_taken_back(mine):
    said, other = given(mine), heard("夜班还是没有热水", unit="ZC1")
    services.merge(scope=mine.scope("triage"), number=other.number, into=said.number)
    services.reply(code=other.receipt, text="就是张大力队长不让修")
    assert state(said) == "returned"
    assert "已经收回" in queries.heard(other.receipt).messages[-1].text
    assert not any("已经收回" in m.text for m in queries.heard(said.receipt).messages)


@pytest.mark.chapter("V4")
def test_triage_may_give_back_what_a_later_word_only_mentioned(mine):
    said = given(mine)
    services.reply(code=said.receipt, text="张大力队长今天来过了，谢谢")
    services.rule(scope=mine.scope("triage"), number=said.number, reason="只是提到，仍由原单位办理",
                  only_mentioned=True)
    assert state(said) == "dispatched" and queries.visible(mine.scope("chief")).exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("where", ["review", "suspended"])
def test_what_a_unit_had_asked_for_lapses_when_the_matter_is_taken_from_it(mine, where):
    said, chief, judge = given(mine), mine.scope("chief"), mine.scope("secretary")
    if where == "review":
        services.draft(scope=chief, number=said.number, text="已经修好")
    else:
        services.ask_pause(scope=chief, number=said.number, reason="等厂家")
        services.pause(scope=judge, number=said.number)
    assert state(said) == where
    services.reply(code=said.receipt, text="是综采一队队长不让修")
    matter = Matter.objects.get(number=said.number)
    assert matter.state == "returned" and matter.due_at is not None
    assert not matter.answers.filter(outcome="waiting").exists()
    assert not matter.pauses.filter(resumed_at=None).exists()
    services.rule(scope=mine.scope("triage"), number=said.number, reason="改由后勤科", lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.draft(scope=mine.scope("handler"), number=said.number, text="核实后已修好")


@pytest.mark.chapter("V4")
def test_a_unit_that_only_helps_is_no_reason_to_leave_a_matter_with_whom_it_is_about(mine):
    said = heard("夜班没有热水", unit="ZC1")
    triage = mine.scope("triage")
    services.judge(scope=triage, number=said.number, urgency=2, importance=2, lead=mine.units["ZC1"].pk,
                   supporting=[mine.units["HQ"].pk])
    services.reply(code=said.receipt, text="是综采一队队长不让修")
    assert state(said) == "returned"
    services.rule(scope=triage, number=said.number, reason="改由后勤科", lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=said.number)


@pytest.mark.chapter("V4")
def test_a_named_clerk_loses_the_matter_and_the_unit_keeps_it(mine):
    said = given(mine, lead="HQ")
    services.reply(code=said.receipt, text="陈小河当面骂人")
    assert state(said) == "handling" and not queries.visible(mine.scope("handler")).exists()
    assert not Assignment.objects.filter(until=None, handler=mine.persons["handler"].pk).exists()
    services.draft(scope=mine.scope("logistics"), number=said.number, text="已经核实")


@pytest.mark.chapter("V4")
def test_a_matter_opened_again_does_not_go_back_to_whom_a_word_after_the_answer_named(mine):
    said = given(mine, lead="HQ")
    services.draft(scope=mine.scope("handler"), number=said.number, text="已经修好")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    services.reply(code=said.receipt, text="周有田科长自己不让修的")
    assert state(said) == "answered" and not queries.visible(mine.scope("logistics")).exists()
    services.rate(code=said.receipt, rating="dissatisfied")
    assert state(said) == "returned"


@pytest.mark.chapter("V4")
def test_words_that_name_somebody_are_not_joined_to_what_that_person_reads(mine):
    triage, secretary = mine.scope("triage"), mine.persons["secretary"].name
    other = heard("没有热水", unit="ZC1")
    services.judge(scope=triage, number=other.number, urgency=1, importance=2, lead=mine.units["ZC1"].pk)
    named = heard(f"没有热水，{secretary}不让说", unit="ZC1")
    with pytest.raises(Conflict, match="没有并案"):
        services.merge(scope=triage, number=named.number, into=other.number)
    assert Matter.objects.get(number=named.number).state == "received"


@pytest.mark.chapter("V4")
def test_a_case_is_taken_from_the_leader_whom_the_matter_is_about_and_another_takes_it_on(mine):
    said, triage = heard(unit="ZC1"), mine.scope("triage")
    hire(mine, "party", "党委书记", "QSL", Role.LEADER, "1071")
    services.grade(scope=triage, number=said.number, urgency=1, importance=1)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["HQ"].pk)
    five = {"unit": mine.units["HQ"].pk, "hands": "周有田", "until": clock.today() + timedelta(days=60), "task": "见面",
            "duty": "化解"}
    services.take_on(scope=triage, number=said.number, leader=mine.posts["party"].pk, **five)
    services.concern(scope=triage, number=said.number, posts=["party"])
    services.take_on(scope=triage, number=said.number, leader=mine.posts["leader"].pk, **five)
    assert [case.leader for case in Matter.objects.get().cases.filter(signed_at=None)] == ["leader"]


def test_what_a_leader_took_on_ends_though_the_speaker_took_it_back(mine):
    said, triage = heard(unit="ZC1"), mine.scope("triage")
    services.grade(scope=triage, number=said.number, urgency=1, importance=1)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["HQ"].pk)
    services.take_on(scope=triage, number=said.number, leader=mine.posts["leader"].pk, unit=mine.units["HQ"].pk,
                     hands="周有田", until=clock.today() + timedelta(days=60), task="见面", duty="化解")
    services.supervise(scope=mine.scope("leader"), number=said.number, text="三日内报结果")
    services.withdraw(code=said.receipt)
    services.conclude(scope=mine.scope("leader"), number=said.number, text="反映人已撤回")
    services.write_back(scope=mine.scope("handler"), number=said.number, text="反映人已撤回")
    services.end_supervision(scope=triage, number=said.number)
    assert not queries.todo(mine.scope("leader")) and Matter.objects.get().supervisions.get().state == "ended"
