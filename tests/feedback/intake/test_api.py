"""The interface for machines: what is handed in is kept once, and errors are said in words."""

import json
from secrets import token_urlsafe
from types import SimpleNamespace

import pytest

from sangesan.feedback.intake import api
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.speakers.models import Identity
from sangesan.foundation import rate
from sangesan.foundation.rate import Limit
from sangesan.organization.units.models import Unit
from tests.builders import START, small_mine

pytestmark = pytest.mark.django_db
SUBMISSIONS, RECEIPTS = "/api/v1/submissions", "/api/v1/receipts"
WORDS = {"channel": "leaders", "mode": "anonymous", "text": "四点班升井没热水，第三次反映"}


@pytest.fixture(autouse=True)
def mine():
    return small_mine()


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch):
    """Let no limit refill (限额不回填) while a test runs: how much it would says how busy the machine is."""
    monkeypatch.setattr(rate, "time", SimpleNamespace(monotonic=lambda: 0.0))
    monkeypatch.setattr(api, "WRITING", Limit("submissions", burst=240, per_minute=240))
    monkeypatch.setattr(api, "GUESSING", Limit("receipts", burst=600, per_minute=600))


def post(client, body, key=None, **more):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Idempotency-Key": token_urlsafe(16) if key is None else key}
    return client.post(SUBMISSIONS, raw, content_type="application/json",
                       headers={k: v for k, v in headers.items() if v}, **more)


def refused(answer, status):
    assert answer.status_code == status, answer.content
    said = answer.json()
    assert set(said) == {"code", "what", "why", "next"}
    assert "Traceback" not in answer.content.decode()
    assert Submission.objects.count() == 0
    return said


def test_a_word_gets_a_number_and_a_receipt(client):
    answer = post(client, WORDS | {"category": "logistics", "unit": "ZC1", "urgency_hint": 3})
    assert answer.status_code == 201
    assert set(answer.json()) == {"number", "receipt"}
    matter = Matter.objects.get(number=answer.json()["number"])
    assert (matter.unit.code, matter.hint, matter.grade, matter.state) == ("ZC1", 3, "", "received")


@pytest.mark.parametrize("mode", ["confidential", "named"])
@pytest.mark.parametrize("contact", ["", "13800000000"])
def test_contact_is_welcome_and_not_required(client, mode, contact):
    assert post(client, WORDS | {"mode": mode, "contact": contact}).status_code == 201


@pytest.mark.parametrize("mode", ["confidential", "named", "anonymous"])
@pytest.mark.parametrize("contact", ["", " \n", "13800000000"])
def test_a_word_without_a_contact_is_signed_by_nobody_whatever_it_says(client, mode, contact):
    post(client, WORDS | {"mode": mode, "contact": contact})
    kept = mode if contact.strip() else "anonymous"
    assert (Matter.objects.get().mode, Submission.objects.get().mode) == (kept, kept)
    assert Identity.objects.exists() == (kept != "anonymous")
    assert (Matter.objects.get().received_at is None) == (kept == "anonymous")


def test_the_same_key_and_body_give_the_same_answer_again(client):
    key = token_urlsafe(16)
    first, again = post(client, WORDS, key), post(client, WORDS, key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Matter.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict(client):
    key = token_urlsafe(16)
    post(client, WORDS, key)
    answer = post(client, WORDS | {"text": "另一件事，也要说清楚"}, key)
    said = answer.json()
    assert (answer.status_code, said["code"]) == (409, "conflict")
    assert "Idempotency-Key" in said["next"] and "页面" not in "".join(said.values())
    assert Matter.objects.count() == 1


def test_a_key_is_needed_and_must_not_be_short(client):
    assert refused(post(client, WORDS, key=""), 400)["code"] == "key"
    assert refused(post(client, WORDS, key="short"), 422)["code"] == "key"
    refused(post(client, WORDS, key="x" * 5000), 422)


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe{}", '{"text": "井下"}'.encode("gb18030"), b'{"a": NaN}',
    b'{"urgency_hint": ' + b"9" * 6000 + b"}", b"[" * 100_000,
])
def test_a_body_that_is_no_json_object_is_refused(client, body):
    answer = post(client, body)
    refused(answer, 422 if body == b"" else 400)


@pytest.mark.parametrize("change", [
    {"text": ""}, {"text": "  \n "}, {"text": "字" * 20_000}, {"text": "空\x00字符"}, {"text": "半个\ud800"},
    {"text": 5}, {"text": None}, {"text": ["a"]}, {"channel": "discipline"}, {"channel": "x"}, {"channel": 1},
    {"mode": ""}, {"mode": "hidden"}, {"category": "none"}, {"unit": "NOWHERE"}, {"unit": 7}, {"unit": "\x00"},
    {"unit": "L" * 32 + "X"},
    {"urgency_hint": 4}, {"urgency_hint": -1}, {"urgency_hint": 10**30}, {"urgency_hint": True}, {"urgency_hint": "1"},
    {"urgency_hint": 1.5}, {"grade": "A"}, {"state": "closed"}, {"__proto__": {}}, {"contact": "电" * 500},
    {"contact": "\x00"},
])
def test_wrong_fields_are_refused_and_nothing_is_stored(client, change):
    Unit.objects.create(code="L" * 32, name="长编码", kind="office", opened=START)  # no other begins as it does
    said = refused(post(client, WORDS | change), 422)
    assert not isinstance(change.get("unit"), str) or "unit" in (said["code"], *said["why"].split())


@pytest.mark.parametrize("field", ["channel", "mode", "text"])
def test_a_missing_field_is_named(client, field):
    body = {name: value for name, value in WORDS.items() if name != field}
    assert field in refused(post(client, body), 422)["why"]


def test_a_huge_body_is_refused(client):
    refused(post(client, b'{"text": "' + b"a" * 300_000 + b'"}'), 413)
    refused(post(client, b'{"text": "' + b"a" * 3_000_000 + b'"}'), 413)


def test_a_receipt_opens_its_own_matter_only(client):
    made = post(client, WORDS).json()
    answer = client.get(RECEIPTS, headers={"X-Receipt": made["receipt"]})
    assert answer.status_code == 200
    assert (answer.json()["number"], answer.json()["state"]) == (made["number"], "received")
    assert answer["Cache-Control"] == "no-store"
    wrong = [client.get(RECEIPTS, headers={"X-Receipt": code}) for code in ("AAAA-AAAA-AAAA-AAAA-A", "", "'; --")]
    wrong.append(client.get(RECEIPTS))
    assert {answer.status_code for answer in wrong} == {404}
    assert len({answer.content for answer in wrong}) == 1


def test_no_cookie_is_set_and_none_is_read(client):
    client.cookies["sessionid"] = client.cookies["sangesan_api"] = "stolen"
    answer = post(client, WORDS)
    assert answer.status_code == 201
    assert not answer.cookies and "Cookie" not in answer.headers.get("Vary", "")


def test_thirty_people_behind_one_address_are_served_and_a_flood_is_not(client):
    assert {post(client, WORDS | {"text": f"第{n}件事"}).status_code for n in range(50)} == {201}
    flood = [post(client, WORDS | {"text": ""}).status_code for _ in range(200)]
    assert flood == [422] * 190 + [429] * 10


def test_staff_addresses_need_a_person(client):
    for address in ("/api/v1/matters", "/api/v1/matters/2026-AAAAAA"):
        answer = client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_unknown_addresses_and_methods_are_refused_in_words(client):
    for address in ("/api/v1/", "/api/v1/nothing", "/api/v1/matters/x/y/z"):
        assert refused(client.get(address), 404)
    for answer in (client.get(SUBMISSIONS), client.put(SUBMISSIONS), client.delete("/api/v1/matters")):
        assert refused(answer, 405) and answer["Allow"]


@pytest.mark.parametrize("asked", ["grade__in=A", "order_by=-text", "q=食堂", "Limit=5"])
def test_conditions_that_no_operation_knows_are_refused_and_not_left_out(client, asked):
    for address in ("matters?", "matters/2026-AAAAAA?", "receipts?", "findings?source=safety&"):
        assert refused(client.get(f"/api/v1/{address}{asked}"), 422)["code"] == "field"


def test_a_wrong_channel_is_answered_with_those_there_are(client):
    said = refused(post(client, WORDS | {"channel": "mailbox"}), 422)
    assert said["code"] == "channel" and "leaders" in said["next"]


def test_it_describes_itself(client):
    said = client.get("/api/v1/openapi.json").json()
    assert {"/api/v1/submissions", "/api/v1/receipts", "/api/v1/matters"} <= set(said["paths"])
