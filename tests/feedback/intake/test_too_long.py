"""A text that is too long is never cut in silence: no browser shortens it, and it comes back whole with the number."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sangesan.feedback.intake.models import Visitor
from sangesan.feedback.letterbox.forms import LetterForm, SayForm
from sangesan.feedback.matters.models import Matter, Message
from sangesan.feedback.speakers.models import Opening
from sangesan.foundation import clock
from tests.builders import heard, small_mine
from tests.feedback.intake.visits import DAY, announced, on_the_day
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
LONG = "长" * 10_019 + "尾"


def areas(page: str) -> list[str]:
    return re.findall(r"<textarea[^>]*>", page)


@pytest.mark.parametrize("path", ["/mailbox/leaders/", "/mailbox/union/", "/discipline/", "/receipt/reply/"])
def test_what_is_too_long_comes_back_whole(noon, path):
    mine = small_mine()
    founded(mine)
    code = heard(unit="ZC1").receipt
    client = Client()
    shown = (client.post("/receipt/", {"code": code}) if "receipt" in path else client.get(path)).content.decode()
    assert areas(shown) and not any("maxlength" in area for area in areas(shown))
    refused = client.post(path, {"code": code, "text": LONG, "mode": "anonymous", "key": "k" * 32})
    page = refused.content.decode()
    assert refused.status_code == 422 and LONG in page and "10020 个字，最多 10000 个字" in page
    assert Matter.objects.count() == 1 and not Message.objects.exists()


INPUT = re.compile(r"<input[^>]*>")


def test_one_line_is_not_cut_either_and_comes_back_with_by_how_much(noon):
    small_mine()
    client = Client()
    shown = client.get("/mailbox/leaders/").content.decode()
    assert not [one for one in INPUT.findall(shown) if "maxlength" in one]
    said = {"key": "k" * 32, "text": "灯坏了", "mode": "named", "name": "马" * 41, "place": "副" * 81}
    refused = client.post("/mailbox/leaders/", said)
    page = refused.content.decode()
    assert refused.status_code == 422 and not Matter.objects.exists()
    for kept, why in ((said["name"], "最多 40 字，现在 41 字"), (said["place"], "最多 80 字，现在 81 字")):
        assert kept in page and why in page


def test_a_reason_of_staff_that_is_too_long_comes_back_too(noon):
    mine = small_mine()
    said = heard(unit="ZC1", mode="confidential")
    client = signed_in(mine.persons["triage"])
    assert "maxlength" not in client.get(f"/w/matters/{said.number}/").content.decode().split("</header>")[-1]
    asked = {"submission": said.submission, "reason": "核" * 401}
    refused = client.post(f"/w/matters/{said.number}/identity/", asked)
    page = refused.content.decode()
    assert refused.status_code == 422 and asked["reason"] in page and "401 个字，最多 400 个字" in page
    assert not Opening.objects.exists()


def test_what_a_visitor_was_told_comes_back_when_it_is_too_long(noon):
    mine = small_mine()
    reception = announced(mine)
    on_the_day(mine, reception)
    with clock.at(DAY):
        client = signed_in(mine.persons["triage"])
        address = f"/w/reception/{reception.pk}/visitors/{Visitor.objects.get().pk}/"
        refused = client.post(address, {"result": "办" * 201})
    page = refused.content.decode()
    assert refused.status_code == 422 and "办" * 201 in page and "最多 200 字，现在 201 字" in page
    assert not Visitor.objects.get().result


def test_outside_too_and_a_new_line_counts_once(noon):
    letter = {"key": "k" * 32, "mode": "anonymous"}
    form = LetterForm(letter | {"text": LONG})
    assert "maxlength" not in str(form["text"]) and LONG in str(form["text"])
    assert form.errors["text"] == ["有 10020 个字，最多 10000 个字。请删减后再提交"]
    assert "maxlength" not in str(SayForm()["text"])
    assert LetterForm(letter | {"text": "行\r\n" * 4_999 + "尾"}).is_valid()
