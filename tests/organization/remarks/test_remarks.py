"""Remarks (批示与回复): on any subject whose door opens, to a post that may see it, a task, and back with an answer."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import resolve

from sangesan.execution.contacts import services as contacts
from sangesan.execution.duties import queries as work
from sangesan.execution.duties.models import Duty, Happening
from sangesan.feedback.matters import services as matters
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import entries
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.remarks import pages, queries, services
from sangesan.organization.remarks.models import Remark
from tests.builders import heard, hire, small_mine
from tests.duties import owed
from tests.meetings import committee, held
from tests.publicities import planned
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1b")]


@pytest.fixture
def mine(noon):

    return committee(small_mine())


def given(mine, subject: str, *, who: str = "leader", to: str = "chief", text: str = "三天内到现场看一次，把结果告诉我",
          days: int = 3) -> Remark:
    return services.give(scope=mine.scope(who), subject=subject, to=to, text=text,
                         due=clock.today() + timedelta(days=days))


def test_an_instruction_becomes_a_task_and_comes_back_answered(mine):
    duty = owed(mine, "ZC1", title="核对考勤")
    remark = given(mine, duty.subject)
    task = next(t for t in work.todo(mine.scope("chief")) if t.name == "回复批示")
    assert (task.title, task.url) == (remark.text, f"/w/{remark.subject}/")
    services.answer(scope=mine.scope("chief"), remark=remark.pk, text="已到现场，考勤当天补公布")
    assert not any(t.name == "回复批示" for t in work.todo(mine.scope("chief")))
    assert Happening.objects.get(duty__origin__kind="instruction").what == "done"
    assert [one.answer for one in queries.lists(mine.scope("leader"))[1]] == ["已到现场，考勤当天补公布"]
    said, back = entries(kinds=["instruction.given", "instruction.answered"])
    assert (said.content["about"], said.content["owner"], back.content["in_time"]) == (duty.subject, "chief", 1)
    assert text_of(said.content["words"]) == remark.text
    with pytest.raises(Conflict):
        services.answer(scope=mine.scope("chief"), remark=remark.pk, text="再答")


def test_it_is_given_on_a_matter_and_shown_on_its_page(mine):
    number = heard("浴室水凉").number
    scope = mine.scope("triage")
    matters.grade(scope=scope, number=number, urgency=1, importance=1)
    matters.dispatch(scope=scope, number=number, lead=mine.units["HQ"].pk)
    given(mine, f"matters/{number}", to="logistics", text="月底前把锅炉供汽改为全天")
    for who in ("leader", "logistics"):
        assert "月底前把锅炉供汽改为全天" in signed_in(mine.persons[who]).get(f"/w/matters/{number}/").content.decode()


def test_a_matter_is_never_instructed_to_a_post_that_may_not_see_it(mine):
    number = heard("队长派活看关系").number
    scope = mine.scope("triage")
    matters.grade(scope=scope, number=number, urgency=1, importance=2)
    matters.dispatch(scope=scope, number=number, lead=mine.units["LZ"].pk)
    with pytest.raises(UserError, match="看不到这一项"):
        given(mine, f"matters/{number}", to="chief")
    assert not Remark.objects.exists() and not Duty.objects.exists() and not list(entries(kinds=["instruction.given"]))


def test_only_what_one_may_see_and_what_may_be_instructed_on(mine):
    meeting = held(mine, by="secretary", unit="ZB1", series="committee")
    for who in ("secretary2", "logistics"):
        with pytest.raises(NotFound):
            given(mine, meeting.subject, who=who)
    for subject in ("discipline/x", "care/1", "calls/1", "meetings/1", "matters/2026-AAAAAA", "nothing", ""):
        with pytest.raises(NotFound):
            given(mine, subject)
    with pytest.raises(NotFound):
        given(mine, meeting.subject, who="handler")


@pytest.mark.parametrize("parts", [
    {"text": ""}, {"text": "长" * 201}, {"text": "坏\x00字"}, {"days": -1}, {"days": 400}, {"to": "nobody"},
    {"to": "leader"}, {"who": "chief", "to": "secretary"},
])
def test_what_cannot_be_is_refused_and_nothing_is_half_stored(mine, parts):
    duty = owed(mine, "ZC1")
    with pytest.raises(UserError):
        given(mine, duty.subject, **parts)
    assert not Remark.objects.exists() and Duty.objects.count() == 1


def test_a_remark_is_open_to_its_two_ends_and_whoever_sees_its_subject(mine):
    remark = given(mine, owed(mine, "ZC1").subject)
    seen = {who for who in mine.persons if queries.opener(mine.scope(who), str(remark.pk))}
    assert {"leader", "chief"} <= seen and not seen & {"logistics", "handler", "secretary2", "admin", "correspondent"}
    with pytest.raises(Forbidden):
        services.answer(scope=mine.scope("leader"), remark=remark.pk, text="自己答")
    with pytest.raises(NotFound):
        services.answer(scope=mine.scope("secretary2"), remark=remark.pk, text="冒答")
    for who in ("logistics", "admin"):
        assert signed_in(mine.persons[who]).get(f"/w/remarks/{remark.pk}/").status_code == 404


def test_it_is_written_and_answered_in_the_browser(mine):
    duty = owed(mine, "ZC1", title="核对考勤")
    web, chief = signed_in(mine.persons["leader"]), signed_in(mine.persons["chief"])
    address = f"/w/remarks/new/?subject={duty.subject}"
    assert address.replace("/", "/") in web.get(f"/w/duties/{duty.pk}/").content.decode()
    sent = {"text": "看一下零点班", "to": "chief", "due": "2026-11-27"}
    assert web.post(address, sent | {"due": "昨天"}).status_code == 422
    assert web.post("/w/remarks/new/?subject=matters/2026-AAAAAA", sent).status_code == 404
    assert web.post(address, sent).status_code == 302
    remark = Remark.objects.get()
    assert remark.due == date(2026, 11, 27) and "看一下零点班" in chief.get("/w/remarks/").content.decode()
    assert chief.post(f"/w/remarks/{remark.pk}/", {"text": "看过了"}).status_code == 302
    assert "看过了" in web.get(f"/w/duties/{duty.pk}/").content.decode()
    assert chief.get("/w/remarks/99999999999999999999/").status_code == 404


@pytest.mark.chapter("P1b")
def test_a_number_is_instructed_on_and_the_instruction_leads_back_to_it(mine):
    owed(mine, "ZC1", title="核对考勤")
    web, chief = signed_in(mine.persons["leader"]), signed_in(mine.persons["chief"])
    subject = "pages/duties/month.2026-11/state.open/unit.ZC1"
    page = web.get("/w/duties/?unit=ZC1&state=open&month=2026-11&page=1").content.decode()
    assert f"/w/remarks/new/?subject={subject}" in page
    new = web.get(f"/w/remarks/new/?subject={subject}").content.decode()
    assert "应办清单" in new and 'value="chief" selected' in new, "its unit's head stands there already"
    assert 'value="" selected' in web.get("/w/remarks/new/?subject=pages/duties").content.decode()
    sent = {"text": "这几件本周办掉", "to": "chief", "due": "2026-11-27"}
    assert web.post(f"/w/remarks/new/?subject={subject}", sent).status_code == 302
    remark = Remark.objects.get()
    shown = chief.get(f"/w/remarks/{remark.pk}/").content.decode()
    assert 'href="/w/duties/?month=2026-11&amp;state=open&amp;unit=ZC1"' in shown
    assert "核对考勤" in chief.get(remark.place).content.decode()
    assert next(iter(entries(kinds=["instruction.given"]))).content["about"] == subject
    assert "写批示" not in signed_in(mine.persons["handler"]).get("/w/todo/").content.decode()


@pytest.mark.parametrize("subject", [
    "pages/talks", "pages/discipline", "pages/matters/q.热水", "pages/duties/..", "pages/matters/2026-AAAAAA", "pages/",
    "pages/duties/unit", "pages/duties//", "pages/https:", "pages/duties/unit.ZC1/month.2026-11",
])
def test_no_page_of_persons_and_none_narrowed_by_typed_words(mine, subject):
    with pytest.raises(NotFound):
        given(mine, subject)


def test_every_page_of_numbers_is_there(mine):
    for page in pages.PAGES:
        assert resolve(f"/w/{page}/"), page
        assert pages.page_of(page).url == f"/w/{page}/"


def test_whatever_offers_a_remark_takes_one(mine):
    hire(mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "2001", head=True)
    with clock.at(date(2026, 11, 2)):
        pair = contacts.pair(scope=mine.scope("cadre"), unit="ZC1", office="LZ", on=20)
    visit = contacts.record_visit(scope=mine.scope("labour"), pair=pair.pk, key="k" * 32, day=clock.today(),
                                  form="site", outcome="spot", text="更衣室灯不亮")
    plan = planned(mine, units=("ZB1",))
    duty = owed(mine, "ZC1")
    web = signed_in(mine.persons["leader"])
    for subject in (pair.subject, visit.subject, plan.subject, duty.subject):
        page = web.get(f"/w/{subject}/").content.decode()
        offered = re.findall(r"/w/remarks/new/\?subject=([^\"]+)", page)
        assert offered and all(web.get(f"/w/remarks/new/?subject={one}").status_code == 200 for one in offered), subject


def test_whoever_gave_it_is_told_of_the_answer(mine):
    remark = given(mine, owed(mine, "ZC1").subject)
    services.answer(scope=mine.scope("chief"), remark=remark.pk, text="已办")
    told = Notice.objects.get(kind="remark.answered")
    assert (told.person_id, told.subject) == (mine.persons["leader"].pk, remark.subject)
