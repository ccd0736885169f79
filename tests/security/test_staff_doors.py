"""Staff doors from outside (security.md, Cases: login and reset, sessions, state)."""

import re

import pytest
from django.test import Client
from django.urls import get_resolver

from sangesan.foundation import door
from sangesan.method.authority import SEPARATED, Action, Role
from sangesan.organization.accounts.where import where_to
from tests.builders import person, post, small_mine
from tests.signing import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db
ME = "/w/accounts/me/"


@pytest.fixture
def mine():
    return small_mine()


def said(answer):
    """What a visitor sees, without tokens that differ on every page."""
    page = re.sub(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|value="\d{4}"', "", answer.content.decode())
    return answer.status_code, page


def test_present_and_absent_numbers_get_the_same_page(mine):
    account(mine.persons["chief"])
    pages = {said(Client().post("/w/login/", {"work_number": n, "password": "wrong"})) for n in ("1004", "9999")}
    assert len(pages) == 1


def test_a_form_without_our_token_or_from_another_origin_does_nothing(mine):
    account(mine.persons["chief"])
    client = Client(enforce_csrf_checks=True)
    given = {"work_number": "1004", "password": PASSWORD}
    assert client.post("/w/login/", given).status_code == 403
    client.get("/w/login/")
    token = client.cookies["csrftoken"].value
    assert client.cookies["csrftoken"]["path"] == "/w/"
    given["csrfmiddlewaretoken"] = token
    assert client.post("/w/login/", given, HTTP_ORIGIN="http://evil.example").status_code == 403
    assert client.post("/w/login/", given, HTTP_ORIGIN="http://testserver").status_code == 302
    stale = client.post("/w/accounts/me/out/", {"csrfmiddlewaretoken": token})
    assert stale.status_code == 403 and "Traceback" not in stale.content.decode()


def test_a_public_form_is_taken_from_our_own_pages_only():
    client = Client(enforce_csrf_checks=True)
    assert client.post("/privacy/", HTTP_ORIGIN="http://evil.example").status_code == 403
    assert client.post("/privacy/", HTTP_ORIGIN="null").status_code == 403
    assert client.post("/privacy/", HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert client.post("/privacy/", HTTP_ORIGIN="http://testserver").status_code != 403


@pytest.mark.parametrize("address", [
    "https://evil.example/", "//evil.example/w/", "/\\evil.example", "/w/../x\nLocation: y", "javascript:alert(1)",
    "/privacy/", "/w/logout/", "/w\\evil", "/w/\tx", "///evil.example/w/",
])
def test_signing_in_leads_to_staff_pages_of_ours_and_nowhere_else(mine, address):
    assert where_to(address) == "/w/"
    account(mine.persons["chief"])
    answer = Client().post("/w/login/", {"work_number": "1004", "password": PASSWORD, "next": address})
    assert answer["Location"] == "/w/"


def test_every_staff_page_is_shut_to_nobody(mine):
    open_ = {"login/", "login/pin/", "login/passkey/", "login/passkey/done/", "logout/", "reset/", "invitation/",
             "invitation/accept/", "invitation/<str:code>/",
             # what a phone keeps for the time without network: an empty form and scripts, nothing of anybody
             "report/offline/", "report/script.js", "report/worker.js", "report/manifest.json"}
    devices = {"report/outbox/", "report/outbox/ask/"}  # they answer a device in JSON, not with the login page
    for route, callback in staff_routes():
        if getattr(callback, "login_required", True):
            path = re.sub(r"<int:\w+>", "1", re.sub(r"<(str|slug|path):\w+>|<\w+>", "x", f"/w/{route}"))
            for method in ("get", "post"):
                answer = getattr(Client(), method)(path)
                assert answer.status_code == 302 and answer["Location"].startswith("/w/login/"), path
        elif route in devices:
            answer = Client().post(f"/w/{route}", HTTP_X_OUTBOX="1", HTTP_ORIGIN="http://testserver")
            assert (answer.status_code, answer.json()["code"]) == (401, "login"), route
        else:
            assert route in open_, f"/w/{route} is open to all: say why here"


def staff_routes():
    """Every address under /w/ with its view."""
    def walk(patterns, before=""):
        for entry in patterns:
            route = before + str(entry.pattern)
            if hasattr(entry, "url_patterns"):
                yield from walk(entry.url_patterns, route)
            elif route.startswith("w/"):
                yield route[2:], entry.callback

    return list(walk(get_resolver().url_patterns))


def test_the_three_administrators_see_no_matter(mine):
    matters = {Action.SEE, Action.INSPECT, Action.HANDLE, Action.TRIAGE, Action.OPEN_IDENTITY, Action.OVERVIEW,
               Action.APPROVE, Action.CALL_BACK, Action.SUPERVISE}
    for n, role in enumerate(SEPARATED):
        holder = person(f"20{n:02}", role.value, mine.units["QSL"])
        post(f"adm{n}", role.value, mine.units["QSL"], role, holder)
        mine.persons[role.value] = holder
        assert not matters & {g.action for g in mine.scope(role.value).grants}
        client = signed_in(holder)
        for path in ("/w/matters/", "/w/triage/", "/w/todo/", "/w/today/", "/w/report/", "/w/register/"):
            answer = client.get(path)
            assert answer.status_code in (302, 403, 404) or not leaks(answer), path
        assert door.open(mine.scope(role.value), "matters/2026-AAAAAA") is None


def leaks(answer):
    return re.search(r"20\d\d-[0-9A-HJKMNP-TV-Z]{6}(?![0-9A-Z])", answer.content.decode().split("</header>")[-1])


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.AUDITOR, Role.LEADER, Role.TRIAGE])
def test_only_the_security_administrator_manages_accounts(mine, role):
    holder = person("2001", "某人", mine.units["QSL"])
    post("one", "某岗", mine.units["QSL"], role, holder)
    client, target = signed_in(holder), mine.persons["chief"].pk
    account(mine.persons["chief"])
    assert client.post("/w/accounts/slips/", {"person": [target]}).status_code == 404
    assert client.post(f"/w/accounts/{target}/off/").status_code == 404
    assert client.post(f"/w/accounts/{target}/factor/").status_code == 404
    page = client.get("/w/accounts/")
    assert page.status_code == (200 if role == Role.AUDITOR else 404)
    assert "张大力" not in page.content.decode()


def test_hostile_input_is_refused_without_a_trace(mine):
    account(mine.persons["chief"])
    keeper = person("2001", "钱管理", mine.units["QSL"])
    post("security", "安全管理员", mine.units["QSL"], Role.SECURITY_ADMIN, keeper)
    client = signed_in(keeper)
    for value in ("\x00", "1004\x00", "x" * 20_000, "'; --", "{{ 7*7 }}", "<script>alert(1)</script>"):
        answer = Client().post("/w/login/", {"work_number": value, "password": value})
        assert 400 <= answer.status_code < 500 and "<script>alert" not in answer.content.decode()
        for path, name in (("/w/login/", "next"), ("/w/notices/", "after"), ("/w/accounts/", "q"),
                           ("/w/accounts/", "unit")):
            assert client.get(path, {name: value[:50]}).status_code in (200, 302, 400)
        assert client.post("/w/accounts/slips/", {"unit": value}).status_code in (404, 422)
        assert Client().post("/w/reset/", {"work_number": value}).status_code < 500
        assert Client().post("/w/invitation/", {"code": value}).status_code < 500
    for path in ("/w/matters/", "/w/organization/", "/api/v1/matters", "/answers/"):
        answer = client.get(path, {f"a{n}": 1 for n in range(1500)})
        assert answer.status_code == 400, "a question of more parts than anybody takes"
    for body in (b"", b"{", b"[]", b'{"rawId": 5}', b"\xff\xfe", b'{"rawId": "AAAA", "response": []}', b"null"):
        answer = Client().post("/w/login/passkey/done/", body, content_type="application/json")
        assert 400 <= answer.status_code < 500
        started = Client()
        started.post("/w/login/passkey/")
        assert 400 <= started.post("/w/login/passkey/done/", body, content_type="application/json").status_code < 500
