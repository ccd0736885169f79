"""The kiosk (自助终端): takes words like any public page, and says when it forgets."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from sangesan.feedback.intake.models import SentPage
from sangesan.feedback.intake.services import kiosk as pages
from sangesan.feedback.intake.views import kiosk
from sangesan.feedback.matters.models import Submission
from sangesan.foundation import clock
from sangesan.foundation.rate import Limit
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


@pytest.mark.parametrize("page", ["/kiosk/", "/kiosk/leaders/", "/kiosk/union/", "/kiosk/receipt/"])
def test_no_link_leads_out_of_the_kiosk(client, page):
    """Without script nothing else holds whoever presses the sign of the house in the corner."""
    links = re.findall(r'<a [^>]*href="([^"]+)"', client.get(page).content.decode())
    assert links and all(link.startswith(("/kiosk/", "#")) for link in links), links


def test_an_address_that_is_none_says_so_and_leads_back_to_the_kiosk(client, monkeypatch):
    """Whoever mistypes a mailbox looked nothing up: to tell of a receipt sends them to search theirs."""
    answer = client.get("/kiosk/nope/")
    page = answer.content.decode()
    assert answer.status_code == 404 and "没有这个页面" in page and "自助终端上没有这个信箱" in page
    assert "回执" not in page
    monkeypatch.setattr(kiosk, "WRITING", Limit("letters-here", burst=1, per_minute=1))
    refused = [client.post("/kiosk/leaders/", {"text": "", "mode": "anonymous"}) for _turn in "12"][1]
    assert refused.status_code == 429
    for shown in (page, refused.content.decode()):
        links = re.findall(r'<a [^>]*href="([^"]+)"', shown)
        assert len(links) > 2 and all(link.startswith(("/kiosk/", "#", "?")) for link in links), links


@pytest.mark.parametrize("path", ["/kiosk/receipt/", "/receipt/"])
@pytest.mark.parametrize(("code", "said"), [
    ("", "请填写这一项"), ("A" * 41, "最多 40 字，现在 41 字"), ("AAAA", "没有这个回执号")])
def test_what_is_wrong_with_a_receipt_code_is_said_once(client, path, code, said):
    answer = client.post(path, {"code": code})
    faults = [str(one) for one in answer.context["form"].errors["code"]]
    assert answer.status_code == 404 and len(faults) == 1 and faults[0].startswith(said), faults


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


def sheet(client, path: str, page: str = "") -> dict[str, str]:
    """Return the hidden fields of a page (页面口令) as a browser without script holds them."""
    page = page or client.get(path).content.decode()
    return dict(re.findall(r'type="hidden" name="(key|turn)" value="([^"]+)"', page))


def test_a_letter_sent_again_without_script_is_one_letter_and_shows_no_receipt_again(client):
    said = sheet(client, "/kiosk/leaders/") | {"text": "班中餐又凉了", "mode": "anonymous"}
    first = client.post("/kiosk/leaders/", said)
    code = re.search(r'class="receipt">([^<]+)<', first.content.decode())[1]
    again = client.post("/kiosk/leaders/", said)
    assert again.status_code == 409 and Submission.objects.count() == 1
    assert code not in again.content.decode() and "班中餐" not in again.content.decode()
    assert "再写一次" in again.content.decode() and 'href="/kiosk/"' in again.content.decode()


def test_words_that_were_refused_are_not_shown_to_whoever_sends_them_again(client):
    said = sheet(client, "/kiosk/union/") | {"text": "半截话", "mode": "named"}
    refused = client.post("/kiosk/union/", said)
    assert refused.status_code == 422 and "半截话" in refused.content.decode()
    assert "半截话" not in client.post("/kiosk/union/", said).content.decode()
    mended = said | sheet(client, "", refused.content.decode()) | {"mode": "anonymous"}
    assert client.post("/kiosk/union/", mended).status_code == 200 and Submission.objects.get().text == "半截话"


def test_a_receipt_looked_up_is_not_looked_up_again_by_the_next_one(client):
    said = sheet(client, "/kiosk/leaders/") | {"text": "我的事", "mode": "anonymous"}
    code = re.search(r'class="receipt">([^<]+)<', client.post("/kiosk/leaders/", said).content.decode())[1]
    asked = sheet(client, "/kiosk/receipt/") | {"code": code}
    shown = client.post("/kiosk/receipt/", asked)
    assert shown.status_code == 200 and "看完了" in shown.content.decode()
    again = client.post("/kiosk/receipt/", asked)
    assert again.status_code == 409 and "看完了" not in again.content.decode() and code not in again.content.decode()
    fresh = sheet(client, "/kiosk/receipt/") | {"code": code}
    assert client.post("/kiosk/receipt/", fresh).status_code == 200, "whoever holds it may look again"


def test_with_script_a_letter_whose_answer_was_lost_gets_its_receipt(client):
    said = sheet(client, "/kiosk/leaders/") | {"text": "夜班没热饭", "mode": "anonymous"}
    first, again = (client.post("/kiosk/leaders/", said, headers={"X-Kiosk": "1"}).content.decode() for _n in "12")
    codes = {re.search(r'class="receipt">([^<]+)<', page)[1] for page in (first, again)}
    assert len(codes) == 1 and Submission.objects.count() == 1 and not SentPage.objects.exists()


def test_pages_that_were_sent_are_forgotten_after_a_week(client):
    said = sheet(client, "/kiosk/leaders/") | {"text": "夜班没热饭", "mode": "anonymous"}
    client.post("/kiosk/leaders/", said)
    assert pages.forget(clock.today() + timedelta(days=7)) == 0
    assert pages.forget(clock.today() + timedelta(days=8)) == 1 and not SentPage.objects.exists()
