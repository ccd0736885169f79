"""Pages of meetings (会议页面): one form from roster to decisions, minutes on paper, closed doors, few queries."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document as Word

from sangesan.execution.duties.models import Duty
from sangesan.execution.meetings import queries, services
from sangesan.execution.meetings.models import Meeting
from sangesan.foundation import clock, door
from sangesan.ledger.facts.queries import entries
from tests.builders import small_mine
from tests.duties import owed
from tests.meetings import called, committee, held
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2c")]


@pytest.fixture
def mine(noon):
    return committee(small_mine())


def typed(page: str) -> dict[str, str]:
    """Return what a browser would send back from the page's record form, unchanged."""
    form = page[page.index('id="record"'):page.index("</form>", page.index('id="record"'))]
    sent = {m[1]: m[0] for m in re.findall(r'<input[^>]*?value="([^"]*)"[^>]*?name="(\w+)"', form)}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="(\w+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            sent[name[1]] = value[1] if value else ""
    for name, body in re.findall(r'<select[^>]*name="(\w+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', body)
        sent[name] = chosen[1] if chosen else re.search(r'value="([^"]*)"', body)[1]
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.S):
        sent[name] = text.strip()
    return sent


def test_a_meeting_is_written_down_in_one_form_and_few_keys(mine):
    meeting, web = called(mine), signed_in(mine.persons["cadre"])
    page = web.get(f"/w/meetings/{meeting.pk}/")
    assert page.status_code == 200
    sent = typed(page.content.decode()) | {
        "ended": "09:40", "conclusions": "班前会先念答复\n队务公开每月十号前贴出", "do": "close",
        "d0_text": "奖金先公示后发放", "d0_post": str(mine.posts["secretary"].pk)}
    done = web.post(f"/w/meetings/{meeting.pk}/", sent)
    assert done.status_code == 302, re.findall(r'class="[^"]*bad[^"]*">[^<]*', done.content.decode())
    duty = Duty.objects.get()
    assert (duty.origin.title, clock.local(duty.due).date()) == ("奖金先公示后发放", clock.today() + timedelta(days=7))
    shown = web.get(f"/w/meetings/{meeting.pk}/").content.decode()
    assert "党支部书记例会（2026年第1次）" in shown and "班前会先念答复" in shown and "决定现在办到哪" in shown


def test_a_refused_close_keeps_the_typed_words_as_a_draft(mine):
    meeting, web = called(mine), signed_in(mine.persons["cadre"])
    sent = typed(web.get(f"/w/meetings/{meeting.pk}/").content.decode()) | {"conclusions": "一条", "ended": "",
                                                                                    "do": "close"}
    done = web.post(f"/w/meetings/{meeting.pk}/", sent)
    assert done.status_code == 422 and "没有填散会时间" in done.content.decode()
    assert Meeting.objects.get().open and not list(entries(kinds=["meeting.held"]))
    assert "一条" in web.get(f"/w/meetings/{meeting.pk}/").content.decode()


def test_a_decision_without_owner_is_asked_for_at_its_row(mine):
    meeting, web = called(mine), signed_in(mine.persons["cadre"])
    sent = typed(web.get(f"/w/meetings/{meeting.pk}/").content.decode()) | {"d0_text": "办", "do": "save"}
    done = web.post(f"/w/meetings/{meeting.pk}/", sent)
    assert done.status_code == 422 and "请选谁来办" in done.content.decode()


def test_the_duty_in_the_to_do_leads_to_its_meeting(mine):
    duty = owed(mine, "ZB1", "party", kind="branch", subject="routines/DY-ZW", code="DY-ZW-1", title="支委会")
    web = signed_in(mine.persons["secretary"])
    assert f"/w/meetings/of/{duty.pk}/" in web.get("/w/todo/").content.decode()
    assert f"/w/meetings/of/{duty.pk}/" in web.get("/w/meetings/").content.decode()
    looked = web.get(f"/w/meetings/of/{duty.pk}/")
    assert looked.status_code == 200 and "开始准备" in looked.content.decode()
    assert not Meeting.objects.exists(), "looking at what is to come stores nothing"
    answer = web.post(f"/w/meetings/of/{duty.pk}/")
    assert answer.status_code == 302 and answer["Location"] == f"/w/{Meeting.objects.get().subject}/"
    assert web.get(f"/w/meetings/of/{duty.pk}/")["Location"] == answer["Location"]


def test_minutes_come_as_pdf_and_word_with_who_took_them(mine):
    meeting, web = held(mine, decisions=(("奖金先公示后发放", "secretary", 7),)), signed_in(mine.persons["secretary"])
    pdf = web.get(f"/w/meetings/{meeting.pk}/minutes.pdf")
    assert pdf.status_code == 200 and pdf.content.startswith(b"%PDF") and "no-store" in pdf["Cache-Control"]
    word = Word(io.BytesIO(web.get(f"/w/meetings/{meeting.pk}/minutes.docx").content))
    text = "".join(p.text for p in word.paragraphs)
    assert "奖金先公示后发放" in text and "应到 2 人，到会 2 人" in text
    assert "刘志远" in "".join(p.text for p in word.sections[0].footer.paragraphs)
    assert web.get(f"/w/meetings/{meeting.pk}/minutes.exe").status_code == 404


@pytest.mark.parametrize("who", ["logistics", "admin", "assessor", "correspondent"])
def test_a_meeting_one_may_not_see_does_not_exist(mine, who):
    meeting = held(mine, by="secretary", unit="ZB1", series="committee")
    web = signed_in(mine.persons[who])
    for tail in ("", "minutes.pdf", "minutes.docx"):
        assert web.get(f"/w/meetings/{meeting.pk}/{tail}").status_code == 404
    for step in ("enrol", "correct", "annul", "discard", "roster/1/remove"):
        assert web.post(f"/w/meetings/{meeting.pk}/{step}/").status_code == 404
    assert door.open(mine.scope(who), meeting.subject) is None
    assert meeting.title not in web.get("/w/meetings/").content.decode()


@pytest.mark.parametrize("address", ["999", "999999999999999999999999", "of/999"])
def test_an_address_that_leads_nowhere_is_a_404(mine, address):
    assert signed_in(mine.persons["cadre"]).get(f"/w/meetings/{address}/").status_code == 404
    assert door.open(mine.scope("cadre"), "meetings/99999999999999999999") is None
    assert door.open(mine.scope("cadre"), "meetings/x") is None


@pytest.mark.parametrize("sent", [
    {"begins": "昨天"}, {"begins": "2026-13-45T99:99"}, {"begins": "1800-01-01T00:00"}, {"unit": "99"}, {"series": "x"},
    {"series": "other", "name": ""}, {"name": "长" * 61},
])
def test_a_call_that_cannot_be_is_told_why_and_stores_nothing(mine, sent):
    web = signed_in(mine.persons["cadre"])
    given = {"unit": str(mine.units["DW"].pk), "series": "secretaries", "begins": "2026-11-24T09:00", "name": ""} | sent
    assert web.post("/w/meetings/call/", given).status_code == 422
    assert not Meeting.objects.exists()


def test_whoever_sees_but_does_not_host_gets_no_form(mine):
    meeting = called(mine)
    page = signed_in(mine.persons["secretary"]).get(f"/w/meetings/{meeting.pk}/").content.decode()
    assert 'id="record"' not in page and "会议还没有开完" in page


def test_the_pages_ask_no_query_per_row(mine):
    def asked(*meetings: Meeting) -> list[int]:
        web, counts = signed_in(mine.persons["cadre"]), []
        for address in ("/w/meetings/", *(f"/w/meetings/{one.pk}/" for one in meetings)):
            web.get(address)
            with CaptureQueriesContext(connection) as found:
                assert web.get(address).status_code == 200
            counts.append(len(found))
        return counts

    owed(mine, "ZB2", "party", hours=5, title="事", subject="meetings/few")
    few = asked(held(mine, decisions=(("一", "secretary", 7),)), called(mine, series="departments"))
    with clock.at(clock.now() + timedelta(days=7)):
        again = held(mine, decisions=tuple((f"第{n}项", "secretary2", 7) for n in range(9)))
        for n in range(9):
            owed(mine, "ZB2", "party", hours=5 + n, title=f"事{n}", subject=f"meetings/{n}")
        many = asked(again, called(mine, series="departments"))
    assert all(after <= before + 2 for before, after in zip(few, many, strict=True)), (few, many)
    assert max(many) <= 45


def test_the_list_walks_page_by_page(mine):
    for n in range(3):
        with clock.at(clock.now() + timedelta(days=n)):
            held(mine)
    with clock.at(clock.now() + timedelta(days=3)):
        queries.lists.PAGE, before = 2, queries.lists.PAGE
        try:
            page = queries.held(mine.scope("cadre"))
            rest = queries.held(mine.scope("cadre"), after=page.after)
        finally:
            queries.lists.PAGE = before
    assert [m.number for m in page.rows] == [3, 2] and [m.number for m in rest.rows] == [1] and not rest.after
    for nonsense in ("x", "1_x", "9" * 50, "99999999999_1", "-1_2"):
        queries.held(mine.scope("cadre"), after=nonsense)


def test_a_correction_and_an_annulment_are_shown(mine):
    meeting, web = held(mine), signed_in(mine.persons["cadre"])
    web.post(f"/w/meetings/{meeting.pk}/correct/", {"text": "地点应为二楼"})
    assert "地点应为二楼" in web.get(f"/w/meetings/{meeting.pk}/").content.decode()
    web.post(f"/w/meetings/{meeting.pk}/annul/", {"reason": "会没有开"})
    assert "已作废" in web.get(f"/w/meetings/{meeting.pk}/").content.decode()
    assert services is not None and Meeting.objects.get().annulled_at


@pytest.mark.parametrize("begins", ["0001-01-01T00:00", "9999-12-31T23:59", "2020-01-01T09:00"])
def test_a_year_that_cannot_be_meant_is_said_beside_the_field(mine, begins):
    meeting, web = called(mine), signed_in(mine.persons["cadre"])
    sent = typed(web.get(f"/w/meetings/{meeting.pk}/").content.decode()) | {"begins": begins}
    answer = web.post(f"/w/meetings/{meeting.pk}/", sent)
    assert answer.status_code == 422 and "年份太远" in answer.content.decode()
    call = {"unit": mine.units["DW"].pk, "series": "secretaries", "begins": begins}
    assert web.post("/w/meetings/call/", call).status_code == 422 and Meeting.objects.count() == 1


def test_the_office_that_arranges_the_committee_s_meetings_finds_those_to_come(mine):
    duty = owed(mine, "DW", "party", kind="meeting", subject="routines/ZGLH-Z", code="ZGLH-Z-1", title="党支部书记例会")
    web, other, address = signed_in(mine.persons["cadre"]), signed_in(mine.persons["secretary2"]), (
        f"/w/meetings/of/{duty.pk}/")
    assert address in web.get("/w/meetings/").content.decode() and web.get(address).status_code == 200
    assert address not in other.get("/w/meetings/").content.decode()


def test_a_meeting_to_come_is_prepared_from_its_day_on_and_no_button_refuses_before(mine):
    duty = owed(mine, "ZB1", "party", kind="branch", subject="routines/DY-ZW", code="DY-ZW-1", title="支部委员会会议",
                hours=200, opens=clock.now() + timedelta(days=3))
    web = signed_in(mine.persons["secretary"])
    listed = web.get("/w/meetings/").content.decode()
    assert "起准备" in listed and f"/w/meetings/of/{duty.pk}/" not in listed and f"/w/{duty.subject}/" in listed
    early = web.get(f"/w/meetings/of/{duty.pk}/")
    assert early["Location"] == f"/w/{duty.subject}/" and not Meeting.objects.exists()
    assert f"/w/meetings/of/{duty.pk}/" not in web.get(f"/w/{duty.subject}/").content.decode()
    with clock.at(clock.now() + timedelta(days=4)):
        assert f"/w/meetings/of/{duty.pk}/" in signed_in(mine.persons["secretary"]).get("/w/meetings/").content.decode()


def test_whoever_sat_there_is_led_to_no_duty_they_may_not_see(mine):
    meeting = held(mine, decisions=(("零点班的考勤当天公布", "secretary2", 7),))
    (duty,) = Duty.objects.filter(origin__kind="decision")
    own, other = (signed_in(mine.persons[who]).get(f"/w/{meeting.subject}/").content.decode()
                  for who in ("secretary2", "secretary"))
    assert f"/w/{duty.subject}/" in own and "零点班的考勤当天公布" in other and f"/w/{duty.subject}/" not in other
