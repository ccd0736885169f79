"""The kiosk (自助终端): takes words like any public page, and says when it forgets."""

from __future__ import annotations

import re

import pytest

from sangesan.feedback.intake.views import kiosk
from sangesan.feedback.matters.models import Submission
from tests.builders import small_mine

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]


@pytest.fixture(autouse=True)
def mine(noon):
    return small_mine()


@pytest.mark.parametrize(("channel", "status"), [
    ("leaders", 200), ("union", 200), ("discipline", 404), ("letter", 404), ("box", 404), ("x", 404)])
def test_only_public_mailboxes_stand_at_the_kiosk(client, channel, status):
    assert client.get(f"/kiosk/{channel}/").status_code == status
    assert client.get("/kiosk/").content.decode().count('class="road') >= 3


def test_words_come_in_and_the_receipt_is_shown_once_without_cookie(client):
    answer = client.post("/kiosk/leaders/", {"key": "k" * 32, "text": "夜班没热饭", "mode": "anonymous"})
    code = re.search(r'class="receipt">([^<]+)<', answer.content.decode())[1]
    assert not answer.cookies and answer["Cache-Control"] == "no-store"
    assert Submission.objects.get().channel == "leaders"
    shown = client.post("/kiosk/receipt/", {"code": code}).content.decode()
    assert "待" in shown or "登记" in shown
    for path in ("/kiosk/", "/kiosk/leaders/", "/kiosk/receipt/"):
        assert code not in client.get(path).content.decode() and "夜班没热饭" not in client.get(path).content.decode()
    assert client.post("/kiosk/receipt/", {"code": "AAAA"}).status_code == 404


def test_it_goes_back_by_itself_also_without_script(client):
    page = client.get("/kiosk/leaders/").content.decode()
    assert f'<noscript><meta http-equiv="refresh" content="{kiosk.idle()};url=/kiosk/"></noscript>' in page
    assert "http-equiv=\"refresh\"" not in client.get("/kiosk/").content.decode()


@pytest.mark.parametrize(("wanted", "given"), [(5, 60), (90, 90), (9999, 180)])
def test_it_waits_between_one_and_three_minutes(settings, wanted, given):
    settings.KIOSK_IDLE = wanted
    assert kiosk.idle() == given


@pytest.mark.parametrize("text", ["", " \n", "字" * 10_001, "a\x00b"])
def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(client, text):
    assert client.post("/kiosk/union/", {"key": "k" * 32, "text": text, "mode": "anonymous"}).status_code == 422
    assert not Submission.objects.exists()
