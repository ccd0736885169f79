"""What is said about the system itself (对本系统的意见): a way in from every page, and an answer for everybody."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.words import TOOL
from sangesan.feedback.pulse import queries, services
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answered
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
BOX, OUT = "/mailbox/leaders/?category=tool", "/answers/?category=tool"
SAID = {"question": "回执上的字太小怎么办", "answer": "回执页可以切换到大字。"}


@pytest.fixture
def mine(noon):
    return small_mine()


def closed(mine, category=TOOL):
    said = answered(mine, text="回执上的字太小")
    Matter.objects.filter(number=said.number).update(category=category)
    matters.rate(code=said.receipt, rating="satisfied", solved="yes")
    for who in ("triage", "secretary"):
        matters.close(scope=mine.scope(who), number=said.number)
    return said


def test_everybody_finds_the_box_and_its_answers(mine):
    assert BOX in Client().get("/").content.decode()
    page = signed_in(mine.persons["chief"]).get("/w/help/").content.decode()
    assert BOX in page and OUT in page and BOX in Client().get(OUT).content.decode()


def test_the_box_is_the_mailbox_with_its_category_chosen(mine):
    page = Client().get(BOX)
    assert re.search(r'<option value="tool" selected>本系统的使用', page.content.decode()) and not page.cookies
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    sent = Client().post("/mailbox/leaders/", {"key": key, "mode": "anonymous", "text": "字太小", "category": "tool"})
    assert sent.status_code == 200 and Matter.objects.get().category == TOOL
    other = Client().get("/mailbox/leaders/?category=%3Cb%3E").content.decode()
    assert "<b>" not in other and 'value="" selected' in other


def test_the_form_opens_once_the_matter_is_closed_and_not_before(mine):
    triage, early = signed_in(mine.persons["triage"]), heard("字太小", category=TOOL)
    page = triage.get(f"/w/answers/new/{early.number}/")
    assert page.status_code == 409 and "还没有办结" in page.content.decode()
    assert triage.get(f"/w/answers/new/{closed(mine).number}/").status_code == 200


def test_what_is_closed_is_owed_an_answer_in_public_until_it_is_out(mine):
    said, triage = closed(mine), signed_in(mine.persons["triage"])
    closed(mine, category="logistics")
    assert [one.number for one in queries.owed(mine.scope("triage"))] == [said.number]
    assert f"/w/answers/new/{said.number}/" in triage.get("/w/answers/").content.decode()
    one = services.draft(scope=mine.scope("triage"), number=said.number, **SAID)
    assert queries.owed(mine.scope("triage")) == []
    services.reject(scope=mine.scope("cadre"), pk=one.pk, remark="写明在哪里切换")
    assert len(queries.owed(mine.scope("triage"))) == 1, "what was sent back is owed as before"
    one = services.draft(scope=mine.scope("triage"), number=said.number, **SAID)
    services.publish(scope=mine.scope("cadre"), pk=one.pk)
    assert SAID["answer"] in Client().get(OUT).content.decode()
    assert SAID["answer"] not in Client().get("/answers/?category=logistics").content.decode()
    assert queries.owed(mine.scope("handler")) == []
