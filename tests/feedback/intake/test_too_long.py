"""A text that is too long is never cut in silence: no browser shortens it, and it comes back whole with the number."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from sangesan.feedback.letterbox.forms import LetterForm, SayForm
from sangesan.feedback.matters.models import Matter, Message
from tests.builders import heard, small_mine
from tests.sealing import founded

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


def test_outside_too_and_a_new_line_counts_once(noon):
    letter = {"key": "k" * 32, "mode": "anonymous"}
    form = LetterForm(letter | {"text": LONG})
    assert "maxlength" not in str(form["text"]) and LONG in str(form["text"])
    assert form.errors["text"] == ["有 10020 个字，最多 10000 个字。请删减后再提交"]
    assert "maxlength" not in str(SayForm()["text"])
    assert LetterForm(letter | {"text": "行\r\n" * 4_999 + "尾"}).is_valid()
