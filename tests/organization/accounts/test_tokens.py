"""Who stands behind a request to the API (接口令牌)."""

from datetime import timedelta

import pytest
from django.test import RequestFactory

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.authority import NOBODY, Action
from sangesan.organization.accounts.services import api_scope, make_token, revoke_token
from sangesan.organization.people.models import Appointment
from tests.builders import small_mine
from tests.signing import account, signed_in

pytestmark = pytest.mark.django_db
ask = RequestFactory()


@pytest.fixture
def mine():
    return small_mine()


def bearing(token, method="get"):
    return getattr(ask, method)("/api/v1/matters", HTTP_AUTHORIZATION=f"Bearer {token}")


def with_cookie(key, method="get", **extra):
    request = getattr(ask, method)("/api/v1/matters", **extra)
    request.COOKIES["sangesan_api"] = key
    return request


def test_a_token_gives_its_own_actions_only_until_it_ends(mine, noon):
    chief = account(mine.persons["chief"])
    token = make_token(chief, name="报表", actions=["matter.see"], days=30)
    scope = api_scope(bearing(token))
    assert scope.person == mine.persons["chief"].pk and {g.action for g in scope.grants} == {Action.SEE}
    with clock.at(noon + timedelta(days=31)):
        assert api_scope(bearing(token)) is NOBODY
    revoke_token(chief, chief.api_tokens.get().pk)
    assert api_scope(bearing(token)) is NOBODY


def test_a_token_follows_the_posts_of_its_maker(mine):
    token = make_token(account(mine.persons["chief"]), name="报表", actions=["matter.see"], days=30)
    Appointment.objects.filter(person=mine.persons["chief"]).update(until=clock.today())
    assert not api_scope(bearing(token)).grants


def test_nobody_gives_away_what_is_not_theirs(mine):
    with pytest.raises(UserError):
        make_token(account(mine.persons["chief"]), name="报表", actions=["result.publish"], days=30)


def test_wrong_and_foreign_tokens_are_nobody(mine):
    for token in ("", "sgs_wrong", "x" * 5000):
        assert api_scope(bearing(token)) is NOBODY
    assert api_scope(ask.get("/api/v1/matters", HTTP_AUTHORIZATION="Basic abc")) is NOBODY


def test_the_session_serves_the_api_for_reading_and_for_writing_from_our_own_pages(mine):
    key = signed_in(mine.persons["chief"]).cookies["sessionid"].value
    assert api_scope(with_cookie(key)).person
    assert api_scope(with_cookie(key, "post", HTTP_ORIGIN="http://testserver")).person
    assert api_scope(with_cookie(key, "post", HTTP_ORIGIN="http://evil.example")) is NOBODY
    assert api_scope(with_cookie(key, "post", HTTP_SEC_FETCH_SITE="cross-site")) is NOBODY
    assert api_scope(with_cookie("invented")) is NOBODY


def test_an_unproved_second_factor_opens_nothing_in_the_api(mine):
    key = signed_in(mine.persons["leader"], strength="password").cookies["sessionid"].value
    assert api_scope(with_cookie(key)) is NOBODY


def test_the_session_ends_for_the_api_when_it_ends_for_the_pages(mine, noon):
    client = signed_in(mine.persons["chief"])
    key = client.cookies["sessionid"].value
    with clock.at(noon + timedelta(minutes=31)):
        assert api_scope(with_cookie(key)) is NOBODY
    client = signed_in(mine.persons["chief"])
    key = client.cookies["sessionid"].value
    client.post("/w/logout/")
    assert api_scope(with_cookie(key)) is NOBODY
