"""Public doors from outside (security.md, Cases: input, receipts, unlinkability)."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client

from sangesan.feedback.intake.services import register
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from tests.builders import heard, person, post, small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
WORD = {"channel": "leaders", "mode": "anonymous", "text": "夜班没热饭"}


@pytest.fixture
def mine(noon):
    return small_mine()


def hand_in(raw, key="k" * 24):
    body = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    return Client().post("/api/v1/submissions", body, content_type="application/json", HTTP_IDEMPOTENCY_KEY=key)


@pytest.mark.parametrize("change", [
    {"text": ""}, {"text": " \n"}, {"text": "字" * 20_000}, {"text": "a\x00b"}, {"text": "a\ud800"}, {"text": ["a"]},
    {"text": "a\x08"}, {"unit": "NOPE"}, {"unit": "\x00"}, {"unit": "\ud800"}, {"unit": "Q" * 5000},
    {"channel": "discipline"}, {"channel": "x"}, {"mode": "x"}, {"category": "'; --"}, {"urgency_hint": 99},
    {"urgency_hint": 10**30}, {"urgency_hint": 1.5}, {"grade": "A"}, {"contact": "a\x00"}, {"mode": None},
])
def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(mine, change):
    answer = hand_in(WORD | change)
    assert 400 <= answer.status_code < 500 and set(answer.json()) == {"code", "what", "why", "next"}
    assert not Submission.objects.exists()


@pytest.mark.parametrize("raw", [
    b"{", b"[]", b"null", b'{"text":"\xff"}', b'{"urgency_hint":NaN}', b"[" * 50_000, b"",
    b'{"n":' + b"9" * 6000 + b"}", b'{"a":"' + b"x" * 300_000 + b'"}',
])
def test_a_broken_body_is_refused_in_words(mine, raw):
    answer = hand_in(raw)
    assert 400 <= answer.status_code < 500 and answer.json()["why"]


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://[", "http://[::1", "://", "http://testserver.x"])
def test_no_origin_however_odd_passes_for_ours_or_breaks_the_page(mine, origin):
    answer = Client(enforce_csrf_checks=True).post("/mailbox/leaders/", {"text": "字"}, HTTP_ORIGIN=origin)
    assert answer.status_code == 403


def test_numbers_and_days_out_of_all_bounds_break_no_staff_page(mine):
    auditor = person("2001", "审计", mine.units["QSL"])
    post("auditor", "审计管理员", mine.units["QSL"], Role.AUDITOR, auditor)
    for client in (signed_in(auditor), signed_in(mine.persons["triage"]), signed_in(mine.persons["leader"])):
        for path in ("/w/audit/?after=" + "1" * 18 + "x", "/w/audit/?after=" + "9" * 40, "/w/audit/?after=-1",
                     "/w/results/?day=0001-01-01", "/w/results/?day=9999-12-31", "/w/results/?day=x",
                     "/w/results/" + "9" * 30 + "/", "/w/results/" + "9" * 30 + "/QSL/",
                     "/w/notices/?after=" + "9" * 30, "/w/matters/?after=0001-01-01.5",
                     "/w/matters/?after=x.y&state=zz&grade=Q&unit=NOPE",
                     "/w/matters/?number=%ED%A0%80&state__in=closed&unit__code=QSL", "/w/register/?day=0001-01-01",
                     "/w/search/?q=%ED%A0%80", "/w/triage/?pick=%ED%A0%80&as=zz",
                     "/w/triage/grade/?urgency=9&importance=x", "/w/matters/2026-AAAAAA/photos/" + "9" * 30 + "/"):
            assert client.get(path).status_code < 500, path


@pytest.mark.chapter("V3")
def test_a_registration_whose_answer_was_lost_is_answered_again(mine):
    given = {"scope": mine.scope("triage"), "channel": "letter", "text": "补贴没发", "key": "k" * 24, "name": "马六",
             "register": "信2026-17"}
    first, again = register(**given), register(**given)
    assert (first.number, first.receipt, again.fresh) == (again.number, again.receipt, False)
    with pytest.raises(Conflict):
        register(**given | {"key": "m" * 24})
    assert Matter.objects.count() == 1


@pytest.mark.chapter("V3")
def test_of_an_anonymous_rating_only_the_day_is_kept(mine):
    said = heard(unit="ZC1", mode="anonymous", category="logistics")
    Matter.objects.update(release_at=clock.now())
    services.release_due()
    triage, handler = mine.scope("triage"), mine.scope("handler")
    services.grade(scope=triage, number=said.number, urgency=2, importance=2)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=handler, number=said.number)
    services.draft(scope=handler, number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    spoke = clock.now().replace(minute=37, second=41)
    before = kept(":37:41")  # a table may have been made at that very second
    with clock.at(spoke):
        services.rate(code=said.receipt, rating="dissatisfied", solved="no")
        services.record_speakers(clock.today())
    assert Matter.objects.get(number=said.number).state == "handling"
    assert Notice.objects.filter(kind="matter.reopened").exists()
    assert kept(":37:41") == before


def kept(mark):
    """Every row of the database in which a mark stands, by table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [(table, row) for row in cursor.fetchall() if mark in " ".join(map(str, row))]
    return found


@pytest.mark.chapter("V3")
def test_what_was_taken_back_is_read_nowhere_any_more(mine):
    first, second = heard("记号甲甲甲", unit="ZC1"), heard("记号乙乙乙", unit="ZC1")
    services.merge(scope=mine.scope("triage"), number=second.number, into=first.number)
    services.withdraw(code=second.receipt)
    client = signed_in(mine.persons["triage"])
    api = client.get(f"/api/v1/matters/{first.number}", HTTP_COOKIE=f"sangesan_api={client.session.session_key}")
    page = client.get(f"/w/matters/{first.number}/").content.decode()
    assert api.json()["texts"] == ["记号甲甲甲"]
    assert "记号甲甲甲" in page and "记号乙乙乙" not in page


@pytest.mark.chapter("V3")
def test_a_submission_leaves_no_trace_of_browser_or_address(mine):
    client = signed_in(mine.persons["chief"])
    page = client.get("/mailbox/leaders/", HTTP_USER_AGENT="MARKAGENT/1", REMOTE_ADDR="203.0.113.77")
    assert not page.cookies and "Cookie" not in page.get("Vary", "")
    answer = client.post("/mailbox/leaders/", {"mode": "anonymous", "text": "匿名的话", "key": "k" * 24},
                         HTTP_USER_AGENT="MARKAGENT/1", REMOTE_ADDR="203.0.113.77", HTTP_X_PROBE="MARKHEADER")
    assert answer.status_code == 200 and not answer.cookies
    for mark in ("MARKAGENT", "203.0.113.77", "MARKHEADER"):
        assert not kept(mark)
    matter, said = Matter.objects.get(), Submission.objects.get()
    assert (matter.received_at, said.extra) == (None, {})


@pytest.mark.chapter("V3")
def test_what_is_refused_leaves_nothing_in_the_log(mine, capsys, caplog):
    marked = {"HTTP_USER_AGENT": "MARKAGENT", "HTTP_REFERER": "http://testserver/?MARKREFERER"}
    for given in ({"HTTP_HOST": "MARK HOST"}, {"HTTP_ORIGIN": "http://markorigin"}, {}):
        Client(enforce_csrf_checks=True).post("/mailbox/leaders/?q=MARKQUERY", {"text": "MARKTEXT" * 400_000},
                                              **marked, **given)
    Client(enforce_csrf_checks=True).post("/w/login/", {"work_number": "MARKNUMBER"}, HTTP_ORIGIN="http://markorigin")
    said = "".join(capsys.readouterr()) + caplog.text
    assert "mark" not in said.lower() and "Traceback" not in said
