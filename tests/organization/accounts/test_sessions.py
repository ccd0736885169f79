"""Sessions (会话): when they end, and where they never begin."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sangesan.foundation import clock
from sangesan.method.authority import Action
from sangesan.organization.accounts.models import Account
from sangesan.organization.accounts.services import deactivate, make_token
from sangesan.organization.accounts.services.invitations import issue
from sangesan.organization.people.models import Appointment
from tests.builders import post, small_mine
from tests.signing import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db
ME = "/w/accounts/me/"
NEW = "Mei-Kuang-2027"


@pytest.fixture
def mine():
    return small_mine()


def open_(client):
    return client.get(ME).status_code == 200


def test_public_pages_never_touch_a_session(mine):
    client = signed_in(mine.persons["chief"])
    for path in ("/", "/privacy/", "/healthz", "/nowhere/"):
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
        assert not [q for q in asked if "session" in q["sql"] or "account" in q["sql"]]
        assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


def test_thirty_idle_minutes_end_a_session_and_the_login_page_says_so(mine, noon):
    client = signed_in(mine.persons["chief"])
    with clock.at(noon + timedelta(minutes=25)):
        assert open_(client)
    with clock.at(noon + timedelta(minutes=50)):
        assert open_(client)
    with clock.at(noon + timedelta(minutes=81)):
        answer = client.post("/w/notices/read/", HTTP_REFERER="http://testserver/w/notices/?after=7")
    assert answer["Location"] == "/w/login/?next=%2Fw%2Fnotices%2F%3Fafter%3D7&why=expired"
    assert "登录已超时" in client.get(answer["Location"]).content.decode()


def test_twelve_hours_end_a_session_however_busy(mine, noon):
    client = signed_in(mine.persons["chief"])
    for quarter in range(1, 48):
        with clock.at(noon + timedelta(minutes=15 * quarter)):
            assert open_(client)
    with clock.at(noon + timedelta(hours=12, minutes=1)):
        assert not open_(client)


def test_a_part_of_a_page_is_sent_to_the_login_page_as_a_whole(mine):
    answer = Client().get(ME, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/w/todo/")
    assert answer["HX-Redirect"] == "/w/login/?next=%2Fw%2Ftodo%2F"


def test_a_new_password_ends_every_other_session(mine):
    here, there = signed_in(mine.persons["chief"]), Client()
    there.post("/w/login/", {"work_number": "1004", "password": PASSWORD})
    here.post("/w/login/", {"work_number": "1004", "password": PASSWORD})
    assert open_(here) and open_(there)
    new = {"old": PASSWORD, "password": NEW, "again": NEW}
    assert here.post("/w/accounts/me/password/", new).status_code == 302
    assert open_(here) and not open_(there)


def test_whoever_sits_down_at_an_unwatched_screen_has_five_guesses_at_the_password(mine, noon):
    client = signed_in(mine.persons["chief"])
    right = {"old": PASSWORD, "password": NEW, "again": NEW}
    wrong = right | {"old": "Guess@2026mine"}
    assert {client.post("/w/accounts/me/password/", wrong).status_code for _n in range(4)} == {422}
    assert client.post("/w/accounts/me/pin/", {"password": "Guess@2026mine", "pin": "495172"}).status_code == 422
    locked = client.post("/w/accounts/me/password/", right)
    assert locked.status_code == 422 and "暂停 15 分钟" in locked.content.decode()
    there = Client().post("/w/login/", {"work_number": "1004", "password": PASSWORD})
    assert there.status_code == 302, "the owner signs in elsewhere all the same"
    with clock.at(noon + timedelta(minutes=16)):
        assert client.post("/w/accounts/me/password/", right).status_code == 302


@pytest.mark.parametrize("road", ["changed", "reset"])
def test_a_new_password_ends_what_was_opened_under_the_old_one(mine, road):
    """Whoever had learnt the password kept a way in by a PIN of their own device, and by a token."""
    thief, pin = Client(), {"work_number": "1004", "pin": "495172"}
    owner = signed_in(mine.persons["chief"])
    thief.post("/w/login/", {"work_number": "1004", "password": PASSWORD})
    assert thief.post("/w/accounts/me/pin/", {"password": PASSWORD, "pin": "495172"}).status_code == 302
    mine_ = Account.objects.get(person=mine.persons["chief"])
    token = make_token(mine_, name="对接", actions=[Action.SEE.value], days=300)
    if road == "changed":
        owner.post("/w/accounts/me/password/", {"old": PASSWORD, "password": NEW, "again": NEW})
    else:
        [slip] = issue([mine.persons["chief"]], scope=None)
        owner = Client()
        owner.get(f"/w/invitation/{slip.code}/")
        owner.post("/w/invitation/accept/", {"work_number": "1004", "password": NEW, "again": NEW})
    assert open_(owner) and not open_(thief)
    assert thief.post("/w/login/pin/", pin).status_code == 401 and not open_(thief)
    asked = Client().get("/api/v1/matters", headers={"Authorization": f"Bearer {token}"})
    assert asked.status_code == (200 if road == "changed" else 401), "a machine's own token outlives a mere change"


def test_signing_out_everywhere_ends_all_and_a_kept_cookie_opens_nothing(mine):
    client = signed_in(mine.persons["chief"])
    kept = client.cookies["sessionid"].value
    assert client.post("/w/accounts/me/out/")["Clear-Site-Data"] == '"storage"'
    again = Client()
    again.cookies["sessionid"] = kept
    assert not open_(client) and not open_(again)


def test_a_cookie_kept_from_before_signing_out_opens_nothing(mine):
    client = signed_in(mine.persons["chief"])
    kept = client.cookies["sessionid"].value
    assert Session.objects.count() == 1
    client.post("/w/logout/")
    again = Client()
    again.cookies["sessionid"] = kept
    assert not open_(again) and not Session.objects.exists()


def test_the_database_holds_no_cookie_to_go_on_with_and_no_code_of_a_slip(mine):
    client, finder = signed_in(mine.persons["chief"]), Client()
    [slip] = issue([mine.persons["handler"]], scope=None)
    finder.get(f"/w/invitation/{slip.code}/")
    rows = list(Session.objects.all())
    assert len(rows) == 2
    for row in rows:
        thief = Client()
        thief.cookies["sessionid"] = row.session_key
        assert not open_(thief) and row.session_key != client.cookies["sessionid"].value
        assert slip.code not in str(row.get_decoded())
    assert finder.get("/w/invitation/accept/").status_code == 200


def test_losing_all_posts_ends_the_session_and_losing_one_of_two_does_not(mine):
    person = mine.persons["chief"]
    post("second", "兼职", mine.units["XF"], mine.scope("handler").posts[0].role, person, kind="concurrent")
    client = signed_in(person)
    Appointment.objects.filter(post=mine.posts["chief"]).update(until=clock.today())
    assert open_(client)
    Appointment.objects.filter(person=person).update(until=clock.today())
    assert not open_(client)


def test_deactivation_ends_sessions_at_once(mine):
    from sangesan.method.authority import Role
    from tests.builders import person

    keeper = person("2001", "钱管理", mine.units["QSL"])
    post("security", "安全管理员", mine.units["QSL"], Role.SECURITY_ADMIN, keeper)
    mine.persons["security"] = keeper
    client = signed_in(mine.persons["chief"])
    assert open_(client)
    deactivate(mine.persons["chief"].pk, scope=mine.scope("security"))
    assert not open_(client)


def test_signing_in_changes_the_key_and_gives_the_api_its_own_cookie(mine):
    account(mine.persons["chief"])
    client = Client()
    client.cookies["sessionid"] = "planted-by-somebody-else"
    answer = client.post("/w/login/", {"work_number": "1004", "password": PASSWORD})
    session, api = answer.cookies["sessionid"], answer.cookies["sangesan_api"]
    assert session.value == api.value != "planted-by-somebody-else"
    assert (session["path"], api["path"], api["samesite"]) == ("/w/", "/api/v1/", "Strict")
    assert session["httponly"] and api["httponly"] and not session["secure"]
    secure = client.post("/w/login/", {"work_number": "1004", "password": PASSWORD}, secure=True)
    assert all(cookie["secure"] for cookie in secure.cookies.values())


def test_personal_pages_are_never_stored(mine):
    assert "no-store" in signed_in(mine.persons["chief"]).get(ME)["Cache-Control"]
