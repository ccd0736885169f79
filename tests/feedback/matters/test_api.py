"""The interface for staff (事项接口): the page's own rights, one page after the other, no trace of the rest."""

from __future__ import annotations

import pytest
from django.test import Client

from sangesan.feedback.matters import queries, services
from sangesan.organization.accounts.services import make_token
from tests.builders import heard, small_mine
from tests.signing import account

pytestmark = pytest.mark.django_db
LIST = "/api/v1/matters"


@pytest.fixture
def mine(noon):
    return small_mine()


def bearer(mine, post, *actions):
    """Return a machine that acts for a post's holder (持令牌)."""
    token = make_token(account(mine.persons[post]), name="报表", actions=actions or ["matter.see"], days=30)
    return Client(headers={"authorization": f"Bearer {token}"})


def test_a_machine_sees_what_its_maker_sees_and_nothing_else(mine):
    near, far = heard("自救器背带断了", unit="ZC1").number, heard("候罐室没有饮水机", unit="ZC2").number
    services.grade(scope=mine.scope("triage"), number=near, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=near, lead=mine.units["ZC1"].pk)
    chief = bearer(mine, "chief")
    listed = {row["number"] for row in chief.get(LIST).json()["items"]}
    assert listed == {m.number for m in queries.page(mine.scope("chief")).rows} == {near}
    assert chief.get(f"{LIST}/{near}").json()["texts"] == ["自救器背带断了"]
    hidden, absent = chief.get(f"{LIST}/{far}"), chief.get(f"{LIST}/2026-ZZZZZZ")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert hidden.status_code == 404


def test_nobody_without_a_session_or_token_is_let_in(mine):
    said = heard(unit="ZC1")
    for address in (LIST, f"{LIST}/{said.number}"):
        answer = Client().get(address)
        assert answer.status_code == 401
        assert set(answer.json()) == {"code", "what", "why", "next"}


def test_a_post_without_the_right_to_see_is_refused(mine):
    token = bearer(mine, "admin", "organization.edit")
    assert token.get(LIST).status_code == 403
    assert bearer(mine, "correspondent", "matter.report").get(LIST).status_code == 403


def test_pages_follow_the_cursor_to_the_last_matter(mine):
    said = {heard(f"第{n}件", unit="ZC1").number for n in range(7)}
    machine, after, seen = bearer(mine, "triage"), "", []
    while True:
        page = machine.get(LIST, {"limit": 3, "after": after}).json()
        seen += [row["number"] for row in page["items"]]
        after = page["after"]
        if not after:
            break
    assert len(seen) == len(set(seen)) and set(seen) == said


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "after=x", "state=nonsense", "unit=%00",
                                   "unit=NOPE", "overdue=perhaps", "grade=Z", "channel=%00", "category=weather",
                                   "after=2026-13-45.1"])
def test_a_wrong_question_is_answered_in_plain_words(mine, query):
    answer = bearer(mine, "triage").get(f"{LIST}?{query}")
    assert answer.status_code in (400, 422)
    assert set(answer.json()) == {"code", "what", "why", "next"}


def test_a_unit_that_is_not_there_is_a_slip_and_no_empty_page(mine):
    heard(unit="ZC1")
    for code in ("NOPE", "无此单位", "zc1\x1f", "Z" * 400):
        answer = bearer(mine, "triage").get(LIST, {"unit": code})
        assert answer.status_code == 422 and "unit" in answer.json()["why"], code
    said = Client().get("/api/v1/openapi.json").json()
    assert {"400", "422"} <= set(said["paths"]["/api/v1/matters"]["get"]["responses"])
    assert bearer(mine, "triage").get(f"{LIST}?unit=%00").status_code == 400


@pytest.mark.parametrize("after", ["2026-13-45.1", "9999-12-31.99999999999999999999", "0001-01-01.1", "2026-11-24.-1",
                                   "２０２６-11-24.1", "2026-11-24.1' OR 1=1 --"])
def test_a_forged_cursor_shows_nothing_one_may_not_see(mine, after):
    heard("别处的事", unit="ZC2")
    own = heard("自己的事", unit="ZC1").number
    services.grade(scope=mine.scope("triage"), number=own, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=own, lead=mine.units["ZC1"].pk)
    answer = bearer(mine, "secretary").get(LIST, {"after": after})
    assert answer.status_code in (200, 400, 422)
    assert {row["number"] for row in answer.json().get("items", ())} <= {own}


def test_filters_narrow_as_on_the_page(mine):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2)
    machine = bearer(mine, "triage")
    assert [row["number"] for row in machine.get(LIST, {"state": "graded", "grade": "B"}).json()["items"]] == [
        said.number]
    for narrow in ({"state": "closed"}, {"grade": "A"}, {"channel": "letter"}, {"unit": "ZC2"}):
        assert machine.get(LIST, narrow).json() == {"items": [], "after": ""}, narrow


def test_the_interface_answers_are_never_kept_by_a_cache(mine):
    assert bearer(mine, "triage").get(LIST)["Cache-Control"] == "no-store"
