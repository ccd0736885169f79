"""Second factor (第二重验证)."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.method.authority import Role
from sangesan.organization.accounts import queries
from sangesan.organization.accounts.models import Authenticator, RecoveryCode, Request
from sangesan.organization.accounts.services import agree_factor_reset, ask_factor_reset, codes, invitations, invite
from sangesan.organization.accounts.services.visits import Visit
from tests.builders import person, post, small_mine
from tests.signing import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    made = small_mine()
    for number, code, role in (("2001", "security", Role.SECURITY_ADMIN), ("2002", "auditor", Role.AUDITOR)):
        made.persons[code] = person(number, code, made.units["QSL"])
        post(code, code, made.units["QSL"], role, made.persons[code])
    return made


def code_now(secret):
    return pyotp.TOTP(secret).at(datetime.fromtimestamp(clock.now().timestamp(), UTC))


def with_codes(holder):
    """Set up the generator of a person; return account, secret and printed codes."""
    made = account(holder)
    secret, _address = codes.begin(made)
    return made, secret, codes.confirm(made, code_now(secret))


@pytest.mark.parametrize("role", ["leader", "admin", "security", "auditor"])
def test_leaders_and_administrators_set_up_a_second_factor_before_anything_else(mine, role):
    client = signed_in(mine.persons[role], strength="password")
    answer = client.get("/w/accounts/me/")
    assert answer["Location"].startswith("/w/factor/")
    assert client.get(answer["Location"])["Location"] == "/w/factor/enrol/"
    assert "二维码" in client.get("/w/factor/enrol/").content.decode()
    assert client.get("/w/notices/").status_code == 302


def test_the_first_code_finishes_the_set_up_and_recovery_codes_are_shown_once(mine, noon):
    client = signed_in(mine.persons["leader"], strength="password")
    secret = client.get("/w/factor/enrol/").context["secret"].replace(" ", "")
    assert client.get("/w/factor/enrol/").context["secret"].replace(" ", "") == secret
    assert client.post("/w/factor/enrol/", {"code": "000000"}).status_code == 422
    page = client.post("/w/factor/enrol/", {"code": code_now(secret)})
    assert len(page.context["codes"]) == 10
    assert client.get("/w/accounts/me/").status_code == 200


def test_others_may_go_on_without_and_once_set_up_are_asked(mine, noon):
    assert signed_in(mine.persons["chief"], strength="password").get("/w/accounts/me/").status_code == 200
    made, secret, _codes = with_codes(mine.persons["chief"])
    client = signed_in(mine.persons["chief"])
    client.post("/w/logout/")
    client.post("/w/login/", {"work_number": "1004", "password": PASSWORD})
    assert client.get("/w/accounts/me/")["Location"].startswith("/w/factor/")
    with clock.at(noon + timedelta(seconds=30)):
        assert client.post("/w/factor/", {"code": code_now(secret), "next": "/w/accounts/me/"}).status_code == 302
        assert client.get("/w/accounts/me/").status_code == 200


def test_a_code_counts_once_and_old_codes_do_not(mine, noon):
    made, secret, _codes = with_codes(mine.persons["leader"])
    with pytest.raises(UserError):
        codes.prove(made, code_now(secret))  # spent when setting up
    old = code_now(secret)
    with clock.at(noon + timedelta(minutes=2)):
        with pytest.raises(UserError):
            codes.prove(made, old)
        codes.prove(made, code_now(secret))


def test_a_printed_code_counts_once(mine):
    made, _secret, printed = with_codes(mine.persons["leader"])
    codes.prove(made, printed[0].lower())
    with pytest.raises(UserError):
        codes.prove(made, printed[0])
    assert queries.factors_of(made, mine.scope("leader")).codes_left == 9


def test_five_wrong_codes_stop_the_guessing(mine, noon):
    made, secret, printed = with_codes(mine.persons["leader"])
    for _try in range(5):
        with pytest.raises(UserError):
            codes.prove(made, "000000")
    with pytest.raises(UserError, match="15 分钟"):
        codes.prove(made, printed[0])


def test_neither_secret_nor_codes_can_be_read_from_the_database(mine):
    _made, secret, printed = with_codes(mine.persons["leader"])
    assert secret.encode() not in bytes(Authenticator.objects.get().secret)
    assert not RecoveryCode.objects.filter(code__in=[c.replace("-", "") for c in printed]).exists()


def test_a_new_invitation_does_not_lift_the_second_factor(mine, noon):
    with_codes(mine.persons["leader"])
    [slip] = invite([mine.persons["leader"].pk], scope=mine.scope("security"))
    made = invitations.accept(slip.code, work_number="1001", password="Mei-Kuang-2027", visit=Visit("10.0.0.1"))
    assert queries.has_factor(made)
    client = signed_in(mine.persons["leader"], strength="password")
    assert client.get("/w/factor/enrol/").status_code == 403


def test_lifting_a_second_factor_takes_two_administrators(mine):
    made, _secret, _codes = with_codes(mine.persons["leader"])
    ask_factor_reset(mine.persons["leader"].pk, scope=mine.scope("security"))
    [asked] = Request.objects.all()
    with pytest.raises(NotFound):
        agree_factor_reset(asked.pk, scope=mine.scope("security"))
    agree_factor_reset(asked.pk, scope=mine.scope("auditor"))
    assert not queries.has_factor(made)
    with pytest.raises(NotFound):
        agree_factor_reset(asked.pk, scope=mine.scope("auditor"))
