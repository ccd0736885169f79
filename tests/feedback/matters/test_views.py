"""Pages of matters (事项页面): who may open them, and what they keep when a step fails."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.organization.accounts.models import Account
from sangesan.organization.units.models import Unit
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import handled
from tests.signing import signed_in as proved

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def signed_in(mine, post):
    account, _new = Account.objects.get_or_create(person=mine.persons[post])
    client = Client()
    client.force_login(account)
    return client


def test_triage_grades_and_dispatches_in_one_go(mine):
    said = heard(unit="ZC1")
    page = signed_in(mine, "triage")
    assert said.number in page.get("/w/triage/").content.decode()
    answer = page.post(f"/w/matters/{said.number}/judge/", {
        "urgency": "2", "importance": "2", "category": "logistics", "lead": "后勤科 HQ", "back": "triage"})
    assert answer.status_code == 302, answer.content.decode()
    matter = Matter.objects.get()
    assert (matter.state, matter.grade, matter.lead.code) == ("dispatched", "B", "HQ")


def test_an_unknown_unit_keeps_what_was_typed(mine):
    said = heard(unit="ZC1")
    answer = signed_in(mine, "triage").post(f"/w/matters/{said.number}/judge/", {
        "urgency": "2", "importance": "2", "lead": "没有的队", "remark": "请今天去看", "back": "triage"})
    assert answer.status_code == 422
    assert "请今天去看" in answer.content.decode()


def test_the_page_offers_only_the_steps_that_are_mine(mine):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    assert "/sign_in/" in signed_in(mine, "handler").get(f"/w/matters/{said.number}/").content.decode()
    assert "/sign_in/" not in signed_in(mine, "leader").get(f"/w/matters/{said.number}/").content.decode()


def test_a_foreign_number_is_not_found_in_any_address(mine):
    said = heard(unit="ZC1")
    page = signed_in(mine, "handler")
    urls = [f"/w/matters/{said.number}/"]
    assert [page.get(url).status_code for url in urls] == [404]
    for action in ("sign_in", "close", "grade", "draft", "identity", "merge"):
        answer = page.post(f"/w/matters/{said.number}/{action}/", {
            "text": "x", "urgency": 1, "importance": 1, "into": said.number, "submission": 1, "reason": "x"})
        assert answer.status_code == 404, action


def test_nobody_approves_an_answer_they_have_not_read(mine):
    said = handled(mine)
    services.draft(scope=mine.scope("handler"), number=said.number, text="今天起有热饭")
    page = signed_in(mine, "logistics")
    read = hidden(page.get(f"/w/matters/{said.number}/").content.decode(), "answer")
    services.take_back(scope=mine.scope("handler"), number=said.number)
    services.draft(scope=mine.scope("handler"), number=said.number, text="没有热饭")
    answer = page.post(f"/w/matters/{said.number}/approve/", {"answer": read})
    shown = answer.content.decode()
    assert answer.status_code == 409 and "已经换了一稿" in shown and "没有热饭" in shown
    assert Matter.objects.get().state == "review"
    assert page.post(f"/w/matters/{said.number}/approve/", {"answer": hidden(shown, "answer")}).status_code == 302
    assert Matter.objects.get().state == "answered"


@pytest.mark.parametrize(("month", "status"), [("9999-12", 200), ("0001-01", 200), ("2026-13", 422), ("20261", 422)])
def test_no_month_breaks_the_list(mine, month, status):
    heard(unit="ZC1")
    page = signed_in(mine, "triage")
    for place in ("", "export.xlsx"):
        assert page.get(f"/w/matters/{place}", {"month": month}).status_code == status


def test_the_list_narrows_by_its_address(mine):
    said = heard(unit="ZC1")
    page = signed_in(mine, "triage")
    assert said.number in page.get("/w/matters/?state=received&channel=leaders").content.decode()
    assert said.number not in page.get("/w/matters/?state=closed").content.decode()
    for query in ("state=nonsense", "unit=无此单位", "number=%00", "after=x.y", "after=2026-01-01.9", "grade=Z'"):
        assert page.get(f"/w/matters/?{query}").status_code in (200, 400, 422), query


def test_the_suggestion_follows_the_table(mine):
    page = signed_in(mine, "triage")
    assert "A 级" in page.get("/w/triage/grade/?urgency=3&importance=2").content.decode()
    assert page.get("/w/triage/grade/?urgency=9").status_code == 200


@pytest.mark.parametrize("slip", ["unit=没有的队", "month=2026-13", "grade=Z", "state=nothing", "mark=x"])
def test_a_slip_in_a_filter_lists_and_exports_nothing_and_is_named(mine, slip):
    said = heard(unit="ZC1")
    page = signed_in(mine, "triage")
    assert said.number in page.get("/w/matters/?state=open").content.decode()
    for answer in (page.get(f"/w/matters/?{slip}"), page.get(f"/w/matters/export.xlsx?{slip}")):
        assert answer.status_code == 422 and said.number not in answer.content.decode()


def test_the_matters_of_a_unit_that_is_no_more_are_still_found_by_it(mine):
    said = heard(unit="ZC2")
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1,
                   lead=mine.units["ZC2"].pk)
    Unit.objects.filter(code="ZC2").update(closed=clock.today())
    assert said.number in signed_in(mine, "triage").get("/w/matters/?unit=ZC2").content.decode()


def test_no_other_letter_stands_where_the_picked_one_was_judged_by_somebody_else(mine):
    first, other = heard("浴室水凉", unit="ZC1").number, heard("浴室漏电", unit="ZC1").number
    page = signed_in(mine, "triage")
    services.judge(scope=mine.scope("triage"), number=first, urgency=1, importance=1, lead=mine.units["HQ"].pk)
    said = page.get(f"/w/triage/?pick={first}&as=a").content.decode()
    assert "已经有人分办" in said and f"/w/matters/{other}/judge/" not in said
    assert f"/w/matters/{other}/judge/" in page.get("/w/triage/").content.decode()


def test_triage_says_how_many_wait_and_not_how_many_are_listed(mine):
    for n in range(101):
        heard(f"第 {n} 件", unit="ZC1")
    said = signed_in(mine, "triage").get("/w/triage/").content.decode()
    assert "101 件等待分办，先列 100 件" in said and said.count("data-row") == 100


def test_whoever_answers_a_group_matter_reads_the_open_names_of_all_who_spoke(mine):
    goes_on, other = heard("班车点改了", unit="ZC1", mode="confidential"), heard("等车一小时", contact="13800000022")
    services.grade(scope=mine.scope("triage"), number=goes_on.number, urgency=1, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=goes_on.number, lead=mine.units["HQ"].pk)
    services.merge(scope=mine.scope("triage"), number=other.number, into=goes_on.number)
    page = signed_in(mine, "handler").get(f"/w/matters/{goes_on.number}/").content.decode()
    assert "马六 · 13800000022，另有 1 位没有公开姓名" in page
    assert f'href="/w/matters/{other.number}/"' in page
    read = proved(mine.persons["leader"]).get(f"/w/matters/{goes_on.number}/").content.decode()
    assert "马六" in read and "13800000022" not in read, "how to reach them is for those in charge"
