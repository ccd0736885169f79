"""A later word tells the unit that has a matter in hand of its head: he reads it no more (你们的负责人)."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter
from tests.builders import heard, small_mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def told(mine, words, *, lead: str = "HQ"):
    """A matter lies with a unit and its speaker adds some words (在办时补充)."""
    said = heard("食堂的菜不新鲜", unit="ZC1")
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=1, importance=2, lead=mine.units[lead].pk)
    services.reply(code=said.receipt, text=words)
    return Matter.objects.get()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "你们科长拿了老板的钱", "你们科长在他家有股份", "你们那个科长跟老板是亲戚", "你们领导天天跟老板喝酒",
    "你們科長讓我別再寫了", "谢谢答复。可是你们科长护着他", "你们一把手自己就开着那个店", "你们科里的头儿不好"])
def test_the_head_of_the_unit_in_charge_who_is_told_of_reads_the_matter_no_more(mine, words):
    matter = told(mine, words)
    assert matter.state == "returned"
    assert [queries.visible(mine.scope(code)).exists() for code in ("logistics", "handler", "triage")] == [
        False, False, True]
    assert set(Concern.objects.exclude(person=0).values_list("person", "mentioned")) == {
        (mine.persons["logistics"].pk, True)}


@pytest.mark.chapter("V4")
def test_the_secretary_who_covers_the_unit_in_charge_is_its_as_well(mine):
    assert told(mine, "你们书记跟送菜的是一家人", lead="ZC1").state == "dispatched"
    assert [queries.visible(mine.scope(code)).exists() for code in ("secretary", "chief")] == [False, True]


@pytest.mark.parametrize("words", [
    "谢谢你们科长", "感谢你们科长和大家", "你们科长来看过了，菜还是不新鲜", "你们科长说下周换，没有换",
    "请你们科长来看看", "你们科长，您好", "麻烦跟你们科长说一声", "你们领导辛苦了", "你们科长态度很好",
    "我去找过你们科长，不在", "希望你们科长管一管", "你们科长已经答应了", "你们科长电话是多少", "你们科长还没给答复",
    "你们队长跟老板是亲戚", "我们科长跟老板是亲戚"])
def test_who_is_thanked_asked_or_only_told_of_keeps_it(mine, words):
    assert told(mine, words).state == "dispatched"
    assert queries.visible(mine.scope("logistics")).exists()


def test_a_word_that_comes_while_nobody_has_it_in_hand_means_nobody(mine):
    said = heard("食堂的菜不新鲜", unit="ZC1")
    services.reply(code=said.receipt, text="你们科长跟老板是亲戚")
    assert not Concern.objects.exists()
