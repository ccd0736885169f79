"""The outbox from outside: sealed reports tampered, foreign, replayed, too big; pages kept on phones name nobody."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sangesan.feedback.intake.outbox import LARGEST
from sangesan.feedback.matters.models import Matter, Recording, Submission
from sangesan.organization.units.models import Unit
from tests.builders import Mine, small_mine
from tests.phones import ASK, SENT, seal, voice
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N5")]


@pytest.fixture
def mine() -> Mine:
    return small_mine()


@pytest.fixture
def reporter(mine) -> Client:
    return signed_in(mine.persons["correspondent"])


def refused(answer, status: int, code: str) -> None:
    assert answer.status_code == status and answer.json()["code"] == code, answer.content
    assert set(answer.json()) == {"code", "what", "why", "next"} and not Submission.objects.exists()


def test_a_sealed_report_is_taken_in_and_its_repetition_says_the_same(mine, reporter):
    sealed = seal(mine.scope("correspondent"))
    assert [sealed.send(reporter).json() for _ in range(2)] == [{"number": Matter.objects.get().number}] * 2
    arrived = reporter.post(ASK, {"key": [sealed.key, "x" * 32]}, headers={"X-Outbox": "1"}).json()
    assert arrived["arrived"] == {sealed.key: "received"} and len(arrived["offer"]["account"]) == 32


def test_whoever_is_not_signed_in_learns_so_and_nothing_else(mine):
    sealed = seal(mine.scope("correspondent"))
    refused(sealed.send(Client()), 401, "login")
    refused(sealed.send(signed_in(mine.persons["leader"], strength="password")), 401, "login")
    assert Client().post(ASK, headers={"X-Outbox": "1"}).status_code == 401


def test_tampered_foreign_and_misused_seals_are_refused(mine, reporter):
    scope, sealed = mine.scope("correspondent"), seal(mine.scope("correspondent"))
    other = signed_in(mine.persons["secretary"])
    refused(sealed.send(other), 403, "foreign")
    sealed.account = seal(mine.scope("secretary")).account
    refused(sealed.send(other), 422, "sealed")
    for harm in ({"content": b"\0" * 300}, {"content": b""}, {"key": "k" * 32}, {"key": ""}, {"number": 7},
                 {"number": "x"}, {"number": "9" * 400}):
        spoilt = seal(scope)
        vars(spoilt).update(harm)
        refused(spoilt.send(reporter), 422, "sealed")
    refused(reporter.post(SENT, headers={"X-Outbox": "1"}), 403, "foreign")


def test_a_sealed_report_that_is_too_big_is_refused_plainly(mine, reporter):
    sealed = seal(mine.scope("correspondent"))
    sealed.content += b"\0" * (LARGEST + 1 - len(sealed.content))
    refused(sealed.send(reporter), 413, "too_large")


def test_one_key_with_other_words_is_a_conflict(mine, reporter):
    seal(mine.scope("correspondent"), key="k" * 32).send(reporter)
    answer = seal(mine.scope("correspondent"), "另一件事", key="k" * 32).send(reporter)
    assert answer.status_code == 409 and Submission.objects.count() == 1


def test_a_strange_number_of_hours_harms_nothing(mine, reporter):
    for hours in ("", "-5", "9" * 300, "x", "１２", "1e3", None or "nan"):
        assert seal(mine.scope("correspondent"), f"井口结冰{hours}").send(reporter, hours=hours).status_code == 200
    assert not any(said.extra for said in Submission.objects.all())


def test_only_our_own_page_may_send(mine, reporter):
    sealed = seal(mine.scope("correspondent"))
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"X-Outbox": ""}):
        refused(sealed.send(reporter, **headers), 403, "forbidden")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = reporter.cookies
    assert sealed.send(strict, Origin="http://testserver").status_code == 200


def test_the_pages_kept_on_a_phone_are_the_same_for_everybody(mine, reporter):
    for path in ("/w/report/offline/", "/w/report/worker.js", "/w/report/script.js", "/w/report/manifest.json"):
        known, unknown = reporter.get(path), Client().get(path)
        assert known.status_code == unknown.status_code == 200, path
        assert not unknown.cookies and "孙二虎" not in unknown.content.decode("utf-8", "replace")
    page = Client().get("/w/report/offline/").content.decode()
    assert "csrfmiddlewaretoken" not in page and "data-account" not in page and 'name="key"' not in page


def test_signing_out_tells_the_browser_to_forget(reporter):
    assert reporter.post("/w/logout/").headers["Clear-Site-Data"] == '"storage"'


def test_a_voice_note_is_heard_by_whoever_reads_the_words_only(mine, reporter):
    seal(mine.scope("correspondent"), files=(voice(),), voice=True).send(reporter)
    recording, number = Recording.objects.get(), Matter.objects.get().number
    path = f"/w/matters/{number}/recordings/{recording.pk}/"
    answer = signed_in(mine.persons["triage"]).get(path)
    assert answer.status_code == 200 and answer["Content-Type"] == "audio/wav"
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    for who in ("handler", "secretary", "admin"):
        assert signed_in(mine.persons[who]).get(path).status_code == 404
    other = f"/w/matters/{number}/recordings/{2**64}/"
    assert signed_in(mine.persons["triage"]).get(other).status_code == 404


@pytest.mark.parametrize("file", [
    b"", b"RIFF", voice(0.1), voice(70), voice()[:-9000], b"RIFF\0\0\0\0WAVEdata\xff\xff\xff\x7f",
    b"\x1aE\xdf\xa3webm" * 900, voice().replace(b"\x07\0\x01\0", b"\x01\0\x01\0"),
])
def test_only_plain_samples_are_kept_as_a_voice_note(mine, reporter, file):
    answer = reporter.post("/w/report/", {"key": "k" * 32, "text": "井口结冰", "masked": "on",
                                          "voice": SimpleUploadedFile("voice.wav", file)})
    kept = Recording.objects.first()
    assert answer.status_code in (200, 422) and (kept is None) == (answer.status_code == 422 or not file)


def test_a_unit_that_has_another_name_makes_the_page_without_network_a_new_one(mine):
    before = [Client().get("/w/report/worker.js").content for _ in range(2)]
    assert before[0] == before[1]
    Unit.objects.filter(code="ZC2").update(name="综采九队")
    assert Client().get("/w/report/worker.js").content != before[0]
