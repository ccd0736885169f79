"""A later word of despair (后来的绝望的话): whoever handles the matter does not read it, the carers do."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Message, Review
from sangesan.feedback.matters.queries import heard as held
from sangesan.feedback.matters.queries import own as own_report
from sangesan.feedback.speakers.models import Identity
from sangesan.feedback.speakers.services import read_identity
from sangesan.method.authority import Role
from sangesan.method.despair import UNSAID
from sangesan.organization.notices.models import Notice
from tests.builders import heard, hire, small_mine
from tests.feedback.matters.roads import answered, handled
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N6")]
WORDS = "没人管我，撑不下去了，不想活了"


@pytest.fixture
def mine(noon):
    made = small_mine()
    hire(made, "carer", "关怀员", "QSL", Role.CARER, "1091")
    hire(made, "doctor", "职工医院医生", "QSL", Role.DOCTOR, "1092")
    return made


def add(receipt: str, text: str = WORDS) -> str:
    return Client().post("/receipt/reply/", {"code": receipt, "text": text}).content.decode()


def test_a_later_word_of_despair_reaches_the_carers_alone_and_its_speaker_sees_who_can_be_rung(mine):
    said = handled(mine)
    page = add(said.receipt)
    assert "12356" in page and "没有放进这件事里" in page
    assert not Message.objects.filter(text__contains="撑不下去").exists()
    cared = Matter.objects.get(kind="care")
    assert {(n.person_id, n.kind) for n in Notice.objects.filter(kind="care.arrived")} == {
        (mine.persons[who].pk, "care.arrived") for who in ("carer", "doctor")
    }
    shown = signed_in(mine.persons["handler"]).get(f"/w/matters/{said.number}/").content.decode()
    assert "撑不下去" not in shown and cared.number not in shown
    assert signed_in(mine.persons["handler"]).get(f"/w/matters/{cared.number}/").status_code == 404
    fresh = re.search(r'class="receipt">([^<]+)<', page)[1]
    assert held(fresh).matter.pk == cared.pk and "撑不下去" in held(fresh).submission.text
    assert held(said.receipt).matter.state == "handling", "what was asked first goes on"


def test_the_carers_can_reach_whoever_gave_a_name_and_nobody_learns_that_it_was_read(mine):
    said = heard(unit="ZC1", mode="confidential", name="马六", contact="13900000000")
    add(said.receipt)
    identity = Identity.objects.exclude(receipt=held(said.receipt).submission.receipt).get()
    assert (read_identity(identity).name, read_identity(identity).contact) == ("马六", "13900000000")
    assert held(said.receipt).openings == []


def test_a_review_asked_in_despair_goes_its_way_and_the_words_go_to_the_carers(mine):
    said = answered(mine)
    page = Client().post("/receipt/review/", {"code": said.receipt, "text": WORDS}).content.decode()
    assert "12356" in page and "没有放进这件事里" in page and "申请已经收到" in page
    assert [one.text for one in Review.objects.all()] == [UNSAID]
    assert [one.text for one in Message.objects.filter(kind="reply")] == [UNSAID]
    assert Matter.objects.get(kind="care").cared and held(said.receipt).matter.state == "second_review"


def test_an_ordinary_word_stays_with_the_matter(mine):
    said = heard(unit="ZC1")
    assert services.reply(code=said.receipt, text="又凉了一天") == ""
    assert not Matter.objects.filter(kind="care").exists() and Message.objects.filter(kind="reply").count() == 1


def test_without_a_carer_it_stays_where_somebody_reads_it(noon):
    small_mine()
    said = heard(unit="ZC1")
    assert services.reply(code=said.receipt, text=WORDS) == "" and Message.objects.get().text == WORDS


def test_sent_twice_it_is_one_word_with_the_receipt_that_nobody_saw(mine):
    said = heard(unit="ZC1")
    codes = {re.search(r'class="receipt">([^<]+)<', add(said.receipt))[1] for _again in range(2)}
    assert len(codes) == 1 and Matter.objects.filter(kind="care").count() == 1
    add(said.receipt, WORDS + "，真的")
    assert Matter.objects.filter(kind="care").count() == 2, "what is said anew is heard anew"


def test_a_word_of_despair_that_is_refused_is_met_with_whom_to_ring_all_the_same(mine):
    said = heard(unit="ZC1")
    services.withdraw(code=said.receipt)
    page = add(said.receipt)
    assert "12356" in page and "我们看到了" not in page, "nobody will read it"
    assert "我们看到了" in add(handled(mine).receipt)


def test_whoever_reports_by_account_is_met_with_whom_to_ring_too(mine):
    client, own = signed_in(mine.persons["correspondent"]), "/w/report/mine/{}/".format
    client.post("/w/report/", {"text": "支架漏液", "key": "k" * 24})
    number = Matter.objects.get(channel="correspondent").number
    shown = client.post(own(number) + "reply/", {"text": WORDS}).content.decode()
    assert "12356" in shown and "没有放进这件事里" in shown
    services.withdraw(code=held_by(mine, number))
    refused = client.post(own(number) + "reply/", {"text": WORDS + "，没人管"})
    page = refused.content.decode()
    assert refused.status_code == 409 and "12356" in page and "我们看到了" not in page
    assert "12356" not in client.get(own(number)).content.decode()


def held_by(mine, number: str):
    return own_report(mine.scope("correspondent"), number)


def test_the_page_of_help_says_not_that_something_was_read(mine):
    page = Client().get("/help/").content.decode()
    assert "12356" in page and "我们看到了" not in page
