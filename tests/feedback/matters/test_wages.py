"""Wages of contractors' workers (外委人员工资): straight to the labour office, never only to the contractor."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.units.models import Kind
from sangesan.procedures import rounds
from tests.builders import heard, hire, small_mine, unit
from tests.documents import pdf
from tests.files import jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]


@pytest.fixture
def mine(noon):
    made = small_mine()
    made.units["WW1"] = unit("WW1", "外委项目部", Kind.CONTRACTOR, made.units["CM"])
    hire(made, "foreman", "外委项目经理", "WW1", Role.CHIEF, "1101", head=True)
    hire(made, "labour", "劳资科承办人", "LZ", Role.HANDLER, "1102")
    return made


def now(number: str) -> Matter:
    return Matter.objects.get(number=number)


@pytest.mark.parametrize("parts", [
    {"unit": "WW1", "category": "pay"}, {"unit": "WW1"},
    {"unit": "ZC1", "category": "pay", "extra": {"group": "contractor"}}, {"extra": {"group": "contractor"}}])
def test_unpaid_wages_go_to_the_labour_office_by_themselves(mine, parts):
    said = heard("三个月没发工资", **parts)
    assert rounds.run()["外委欠薪直送劳资科"] == 1
    matter = now(said.number)
    assert (matter.state, matter.lead_id, matter.grade, matter.category) == (
        "dispatched", mine.units["LZ"].pk, "B", "pay")
    assert matter.due_at is not None, "its clocks run from now"
    assert [fact.kind for fact in history(matter.subject)] == ["matter.graded", "matter.dispatched"]
    assert Notice.objects.filter(subject=matter.subject, kind="matter.dispatched",
                                 person=mine.persons["labour"]).exists()
    assert "直接交劳资科" in queries.heard(said.receipt).messages[-1].text
    assert rounds.run()["外委欠薪直送劳资科"] == 0, "once"
    services.sign_in(scope=mine.scope("labour"), number=said.number)


def test_the_wages_of_a_whole_crew_are_graver(mine):
    number = heard("外包队三个月没发工资", unit="WW1", affected=12).number
    services.route_wages()
    assert now(number).grade == "A"


@pytest.mark.parametrize("said", [
    {"text": "食堂不收外包队的饭卡", "unit": "WW1"}, {"text": "三个月没发工资", "unit": "ZC1", "category": "pay"},
    {"text": "三个月没发工资", "unit": "WW1", "category": "pay", "danger": True}])
def test_what_is_something_else_waits_for_triage(mine, said):
    number = heard(**said).number
    assert services.route_wages() == 0
    assert now(number).lead_id is None


def test_the_anonymous_batch_is_kept(mine, noon):
    number = heard("两个月没发工资", unit="WW1", mode="anonymous").number
    assert services.route_wages() == 0, "an hour would tell who had just been at the kiosk"
    with clock.at(noon + timedelta(hours=7)):
        rounds.run()
    assert now(number).lead_id == mine.units["LZ"].pk


def test_the_union_reads_its_own_letters_first(mine, noon):
    hire(mine, "union", "工会干事", "QSL", Role.UNION, "1103")
    number = heard("两个月没发工资", unit="WW1", channel="union").number
    assert services.route_wages() == 0
    with clock.at(datetime(2026, 11, 28, 2, tzinfo=noon.tzinfo)):
        rounds.run()
    assert now(number).lead_id == mine.units["LZ"].pk, "left lying it goes the same way"


def test_a_labour_office_it_is_about_gets_nothing_by_itself(mine):
    number = heard("劳资科压着外包队工资不发", unit="WW1", category="pay").number
    services.concern(scope=mine.scope("triage"), number=number, units=[mine.units["LZ"].pk])
    assert services.route_wages() == 0
    assert now(number).state == "received"


def test_the_contractor_never_gets_it_alone(mine):
    triage = mine.scope("triage")
    number = heard("工资条看不懂", unit="WW1", category="pay", danger=True).number
    services.lower(scope=mine.scope("duty"), number=number, urgency=2, importance=2, reason="没有险情")
    with pytest.raises(UserError, match="劳动工资主管科室"):
        services.dispatch(scope=triage, number=number, lead=mine.units["WW1"].pk)
    services.dispatch(scope=triage, number=number, lead=mine.units["LZ"].pk, supporting=[mine.units["WW1"].pk])


@pytest.mark.parametrize("text", [
    "外包队三个月没发工资，12人想一块去问。家里等钱交学费。",
    "您好，我们是外委队的，三个月没领到工资了，请帮忙解决，谢谢。",
    "农民工工资被拖欠四个月，希望尽快解决", "工资没到账，家里老人看病等钱", "外委隊三個月沒發工資，老板一直拖着"])
def test_who_only_writes_that_wages_are_owed_waits_for_nobody(mine, text):
    said = heard(text, unit="WW1")
    services.route_wages()
    assert now(said.number).lead_id == mine.units["LZ"].pk


@pytest.mark.parametrize("text", [
    "不给钱就不给结账，工资压了三个月", "矿上一个人要一万块钱才给结算，工资没发", "老板要求我们给钱，工资没发",
    "要请吃饭才给发工资，我们三个月没发", "我们没付一千块钱，工资压着", "每人两千块，没给，工资压着"])
def test_who_tells_in_the_same_words_that_being_paid_has_its_price_is_read_by_triage_first(mine, text):
    said = heard(text, unit="WW1")
    assert services.route_wages() == 0
    assert not queries.visible(mine.scope("labour")).filter(number=said.number).exists()


def test_the_name_of_the_contractor_may_stand_in_it_and_that_of_an_office_may_not(mine):
    plain = heard("外委项目部五月份工资至今没发", unit="WW1").number
    office = heard("劳资科三个月没发工资", unit="LZ", extra={"group": "contractor"}).number
    assert services.route_wages() == 1
    assert (now(plain).lead_id, now(office).state) == (mine.units["LZ"].pk, "received")


@pytest.mark.parametrize("enclosed", [{"photos": [jpeg()]}, {"documents": [pdf()]}])
def test_what_has_to_be_opened_is_opened_by_triage_first(mine, enclosed):
    number = heard("三个月没发工资，老板拖着", unit="WW1", **enclosed).number
    assert services.route_wages() == 0 and now(number).state == "received"
    assert not queries.visible(mine.scope("labour")).exists()


def test_a_heading_that_somebody_wrote_and_a_later_word_are_read_with_it(mine):
    headed = heard("三个月没发工资", unit="WW1", title="劳资的小王通风报信").number
    later = heard("两个月没发工资", unit="WW1")
    services.reply(code=later.receipt, text="上次办这事的把我名字说出去了")
    assert services.route_wages() == 0
    assert {now(headed).state, now(later.number).state} == {"received"}
