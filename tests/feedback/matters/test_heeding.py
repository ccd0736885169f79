"""Whom words name is looked for before anybody is appointed anew, and wherever they are handed (提到即回避)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter, Submission
from sangesan.feedback.matters.services import recusing
from sangesan.feedback.matters.services.caring import give_back
from sangesan.feedback.matters.words import CARE
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.models import Kind, Line
from sangesan.procedures import rounds
from tests import documents
from tests.builders import heard, hire, person, post, small_mine, unit
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_at_once")]


@pytest.fixture
def mine(noon):
    return small_mine()


def reads(mine, code, said) -> bool:
    return queries.visible(mine.scope(code)).filter(number=said.number).exists()


def stands_in(mine, code, to):
    day = clock.today()
    Appointment.objects.create(person=mine.persons[code], post=mine.posts[to], kind="acting", since=day,
                               until=day + timedelta(days=9))


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", ["综采一队队长克扣奖金", "张大力克扣奖金", "张队克扣奖金"])
@pytest.mark.parametrize("to", ["triage", "leader", "duty", "cadre"])
def test_who_is_named_in_what_waits_does_not_read_it_when_he_stands_in_for_a_first_reader(mine, words, to):
    said, other = heard(words, unit="ZC1"), heard("夜班没有热水", unit="ZC1")
    rounds.run()
    stands_in(mine, "chief", to)
    assert not reads(mine, "chief", said) and reads(mine, "chief", other)


@pytest.mark.chapter("V4")
def test_who_is_named_in_what_was_declined_does_not_read_it_as_a_leader(mine):
    said = heard("综采一队队长克扣奖金", unit="ZC1")
    services.heed_due()
    services.decline(scope=mine.scope("triage"), number=said.number, reason="elsewhere", told="请找劳动仲裁")
    stands_in(mine, "chief", "leader")
    assert not reads(mine, "chief", said)


@pytest.mark.chapter("V4")
def test_what_waits_for_its_batch_is_looked_through_before_it_is_released(mine):
    said = heard("综采一队队长克扣奖金", unit="ZC1", mode="anonymous")
    services.heed_due()
    stands_in(mine, "chief", "triage")
    services.release_due(now=clock.now().replace(year=2027))
    assert not reads(mine, "chief", said) and reads(mine, "triage", said)


def test_each_word_is_looked_through_once_so_that_the_tick_of_triage_holds(mine):
    said, triage = heard("综采一队队长来看过，食堂还是凉", unit="ZC1"), mine.scope("triage")
    services.judge(scope=triage, number=said.number, urgency=1, importance=2, lead=mine.units["ZC1"].pk,
                   only_mentioned=True)
    assert services.heed_due() == 1 and reads(mine, "chief", said)
    assert services.heed_due() == 0 and not Submission.objects.filter(heeded=False).exists()


def test_the_newest_are_looked_through_first_so_that_an_imported_registry_keeps_nobody_waiting(mine):
    heard("综采一队队长克扣奖金", unit="ZC1", day=clock.today() - timedelta(days=400))
    new = heard("综采一队队长扣奖金", unit="ZC1")
    assert services.heed_due(most=1) == 1
    assert Submission.objects.get(heeded=True).matter.number == new.number


def test_what_the_carers_have_is_looked_through_when_it_comes_back(mine):
    said = heard("综采一队队长克扣奖金", unit="ZC1")
    Matter.objects.update(kind="care")
    assert services.heed_due() == 0
    Matter.objects.update(kind="request")
    assert services.heed_due() == 1
    stands_in(mine, "chief", "triage")
    assert not reads(mine, "chief", said)


@pytest.mark.chapter("V4")
def test_where_looking_through_leaves_nobody_to_triage_the_leaders_are_told(mine):
    mine.posts["chief"].role = Role.TRIAGE.value
    mine.posts["triage"].until = clock.today()
    mine.posts["chief"].save()
    Appointment.objects.filter(post=mine.posts["triage"]).update(until=clock.today())
    said = heard("张队压着我的信", unit="ZC1")
    assert reads(mine, "chief", said)
    services.heed_due()
    assert not reads(mine, "chief", said)
    assert Notice.objects.filter(kind="matter.nobody", subject=f"matters/{said.number}").exists()


@pytest.mark.chapter("V4")
def test_where_the_leaders_keep_off_as_well_the_inspectors_are_told_and_without_them_whoever_appoints(mine):
    """A letter that nobody might triage was told to nobody."""
    both = f"{mine.persons['triage'].name}和{mine.persons['leader'].name}串通压信"
    said = heard(both, unit="ZC1")
    told = Notice.objects.filter(kind="matter.nobody").values_list("person", flat=True)
    assert not reads(mine, "triage", said) and set(told) == {mine.persons["admin"].pk}
    mine.posts["assessor"].role = Role.INSPECTOR.value
    mine.posts["assessor"].save()
    heard(f"食堂的事，{both}", unit="ZC1")
    assert set(told.all()) == {mine.persons["admin"].pk, mine.persons["assessor"].pk}


@pytest.mark.chapter("V4")
def test_a_word_that_is_called_a_danger_is_not_handed_to_whom_it_accuses(mine):
    """Whoever declares a danger is not always in one: the captain whom it accused by his title read it."""
    said = heard("我们队长克扣奖金，强令我们下井", unit="ZC1", danger=True)
    assert not reads(mine, "chief", said)
    with pytest.raises(UserError):
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)


@pytest.mark.chapter("V4")
def test_leaders_are_those_of_the_mine_where_a_letter_arose_in_no_unit_of_it(mine):
    said, other = heard("领导个个贪污"), heard("领导个个贪污", unit="ZC1")
    assert not reads(mine, "leader", said) and reads(mine, "leader", other)


@pytest.mark.chapter("V4")
def test_a_leader_named_by_surname_and_post_and_only_told_of_lifts_no_suspicion_either(mine):
    said = heard(f"{mine.persons['leader'].name[0]}矿长说不管，我们队那个管材料的把锚杆卖了", unit="ZC1")
    services.heed_due()
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2)
    with pytest.raises(UserError):
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)


@pytest.mark.chapter("V4")
def test_whoever_is_only_told_of_does_not_lift_the_suspicion_from_who_leads_where_it_arose(mine):
    """With one name that accuses nobody in it, the letter went to the captain it was about."""
    name = mine.persons["handler"].name
    said = heard(f"跟{name}说了没用，我们队那个管材料的把锚杆卖了", unit="ZC1")
    services.heed_due()
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2)
    page = signed_in(mine.persons["triage"]).get(f"/w/triage/?pick={said.number}").content.decode()
    assert name in page and "本单位负责人先回避" in page, "triage learns who keeps off, and not by a refusal"
    with pytest.raises(UserError):
        services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    other = heard(f"{name}克扣我们的补助", unit="ZC1")
    services.heed_due()
    told = Matter.objects.get(number=other.number)
    assert not queries.suspected(told, queries.mentioned(told))


@pytest.mark.chapter("V4")
def test_triage_is_told_of_a_suspicion_only_where_it_keeps_somebody_off(mine):
    """What a document said is not kept: with the accused in it, the page said that the heads keep off, who did not."""
    said = heard("那个管材料的把锚杆卖了", unit="ZC1", documents=[documents.word(words="陈小河把锚杆卖了")])
    services.heed_due()
    matter = Matter.objects.get(number=said.number)
    found = queries.mentioned(matter)
    assert [row.post.code for row in found] == ["handler"] and not queries.suspected(matter, found)
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    assert reads(mine, "chief", said) and not reads(mine, "handler", said)


def test_however_many_are_only_told_of_they_are_looked_for_once(mine):
    asked = []
    for told in ("王矿长", "王矿长、周科长、张队长"):
        said = heard(f"跟{told}说了没用，那个管材料的把锚杆卖了", unit="ZC1")
        services.heed_due()
        matter = Matter.objects.get(number=said.number)
        found = queries.mentioned(matter)
        with CaptureQueriesContext(connection) as queried:
            assert {row.post.code for row in queries.suspected(matter, found)} == {"chief", "secretary"}
        asked.append(len(queried))
    assert asked[0] == asked[1]


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("lowered", [False, True])
def test_a_danger_that_was_none_and_tells_of_a_wrong_is_not_handed_to_who_leads_there(mine, lowered):
    said, triage = heard("我们队那个管材料的把锚杆卖了", unit="ZC1", danger=True), mine.scope("triage")
    ask = {"scope": mine.scope("duty"), "number": said.number}
    if lowered:
        services.lower(**ask, urgency=1, importance=1, reason="不是险情")
        with pytest.raises(UserError, match="没有派单"):
            services.dispatch(scope=triage, number=said.number, lead=mine.units["ZC1"].pk)
    else:
        services.confirm(**ask)
        services.dispatch(scope=triage, number=said.number, lead=mine.units["ZC1"].pk)
    assert reads(mine, "chief", said) is not lowered


@pytest.mark.chapter("V4")
def test_who_has_a_danger_in_hand_and_is_accused_together_in_a_later_word_loses_it(mine):
    said = heard("瓦斯超限", unit="ZC2", danger=True)
    services.confirm(scope=mine.scope("duty"), number=said.number)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    assert reads(mine, "chief", said)
    services.reply(code=said.receipt, text="综采一队领导打骂工人，拿了回扣")
    assert not reads(mine, "chief", said)


@pytest.mark.chapter("N5", "V4")
def test_a_danger_that_comes_back_from_the_carers_is_read_by_whom_it_accuses_together_as_one_that_came_in(mine):
    said = heard("瓦斯超限，矿领导强令不准撤人", unit="ZC1", danger=True)
    Concern.objects.all().delete()
    Matter.objects.update(kind=CARE, state="care", grade="", provisional=False)
    give_back(Matter.objects.get(), scope=mine.scope("triage"), kind="request")
    assert reads(mine, "leader", said)


@pytest.mark.chapter("N5", "V4")
@pytest.mark.parametrize("words", ["瓦斯超限，调度室强令生产不准撤人", "瓦斯超限，矿领导强令不准撤人"])
def test_in_a_danger_nobody_is_kept_from_it_who_is_accused_together_with_others(mine, words):
    """The duty post itself was off the call list: nobody who might confirm the danger saw the sheet."""
    said = heard(words, unit="ZC1", danger=True)
    services.heed_due()
    assert all(reads(mine, code, said) for code in ("duty", "leader", "triage"))
    services.confirm(scope=mine.scope("duty"), number=said.number)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    assert all(reads(mine, code, said) for code in ("duty", "leader")), "nor once it is confirmed and handed over"
    named = heard(f"瓦斯超限，{mine.persons['leader'].name}强令不准撤人", unit="ZC1", danger=True)
    assert not reads(mine, "leader", named) and reads(mine, "duty", named)


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", ["张队不发雨靴", "老张克扣奖金", "一队的队长打人"])
@pytest.mark.parametrize("helps", [False, True])
def test_who_is_called_for_short_does_not_read_a_letter_without_a_unit_that_is_handed_to_his(mine, words, helps):
    said, own = heard(words), mine.units["ZC1"].pk
    ask = {"lead": mine.units["HQ"].pk, "supporting": [own]} if helps else {"lead": own}
    triage = mine.scope("triage")
    if helps:
        services.judge(scope=triage, number=said.number, urgency=1, importance=2, **ask)
    else:
        with pytest.raises(UserError, match="没有派单"):
            services.judge(scope=triage, number=said.number, urgency=1, importance=2, **ask)
    assert not reads(mine, "chief", said)


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", ["综采一队分会主席贪了会费", "任桂静贪了会费"])
def test_who_leads_a_workshop_union_does_not_read_what_its_mailbox_says_of_him(mine, words):
    mine.units["GH1"] = unit("GH1", "综采一队分会", Kind.BRANCH, mine.units["ZC1"], Line.UNION)
    mine.persons["union"] = person("3009", "任桂静", mine.units["GH1"])
    mine.posts["union"] = post("union", "分会主席", mine.units["GH1"], Role.UNION, mine.persons["union"], head=True,
                               line=Line.UNION)
    said, other = (heard(text, unit="GH1", channel="union") for text in (words, "食堂的饭凉"))
    assert reads(mine, "union", other) and not reads(mine, "union", said)


@pytest.mark.chapter("V4")
def test_a_first_reader_is_known_by_the_number_of_work(mine):
    hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    said = heard("工号1002的人压着我的信", unit="ZC1")
    assert mine.persons["triage"].work_number == "1002"
    assert not reads(mine, "triage", said) and reads(mine, "partner", said)


def test_a_letter_that_can_t_be_looked_through_keeps_no_other_waiting(mine, monkeypatch):
    broken, said = (heard(text, unit="ZC1") for text in ("食堂凉了", "综采一队队长克扣奖金"))
    read = recusing.heed

    def heed(matter, **more):
        if matter.number == broken.number:
            raise ValueError("broken")
        read(matter, **more)

    monkeypatch.setattr(recusing, "heed", heed)
    with pytest.raises(ExceptionGroup):
        services.heed_due()
    assert list(Submission.objects.filter(heeded=False).values_list("matter__number", flat=True)) == [broken.number]
    assert Matter.objects.get(number=said.number).concerns.exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("words", "of"), [("矿长王安民收红包", "leader"), ("后勤科陈小河收红包", "handler")])
def test_who_stands_in_for_whoever_is_named_does_not_read_it_and_may_once_that_is_over(mine, words, of):
    said, other = heard(words, unit="ZC1"), heard("食堂凉了", unit="ZC1")
    services.heed_due()
    for one in (said, other):
        services.judge(scope=mine.scope("triage"), number=one.number, urgency=1, importance=2, lead=mine.units["HQ"].pk)
    stands_in(mine, "cadre", of)
    assert not reads(mine, "cadre", said) and reads(mine, "cadre", other)
    assert f"matters/{said.number}" in queries.hidden(mine.scope("cadre"), [])
    Appointment.objects.filter(kind="acting").delete()
    assert reads(mine, "cadre", said)
