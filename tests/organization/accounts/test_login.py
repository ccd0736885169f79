"""Signing in (登录)."""

from datetime import timedelta

import pytest
from django.contrib.auth.hashers import BasePasswordHasher, MD5PasswordHasher
from django.test import Client

from sangesan.foundation import clock
from sangesan.ledger.audit.models import AuditEntry
from sangesan.organization.accounts.models import Device, Throttle
from sangesan.organization.accounts.services import devices, login
from sangesan.organization.accounts.services.visits import DEVICE_COOKIE, Visit
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Appointment
from tests.builders import small_mine
from tests.signing import PASSWORD, account, signed_in

pytestmark = pytest.mark.django_db
HERE = Visit("10.0.0.7")


@pytest.fixture
def mine():
    return small_mine()


@pytest.fixture
def chief(mine):
    return account(mine.persons["chief"])


def enter(client, number, password, **extra):
    return client.post("/w/login/", {"work_number": number, "password": password, "next": "/w/accounts/me/"}, **extra)


def test_the_right_password_lets_in_and_full_width_typing_is_understood(chief):
    client = Client()
    answer = enter(client, "１００４ ", PASSWORD)
    assert answer.status_code == 302 and answer["Location"] == "/w/accounts/me/"
    assert client.get("/w/accounts/me/").status_code == 200


def test_present_and_absent_numbers_look_the_same_and_cost_one_hash(chief, mine, monkeypatch):
    hashed = []
    real = MD5PasswordHasher.verify
    monkeypatch.setattr(MD5PasswordHasher, "verify", lambda *a: hashed.append(1) or real(*a))
    assert issubclass(MD5PasswordHasher, BasePasswordHasher)
    account(mine.persons["handler"]).set_unusable_password()
    said = []
    for number in ("1004", "9999", "1005", ""):
        with pytest.raises(login.Refused) as refused:
            login.by_password(work_number=number, password="wrong", visit=HERE)
        said.append(str(refused.value))
    assert len(set(said)) == 1 and len(hashed) == 4


def test_absent_numbers_are_locked_like_present_ones(chief):
    for number in ("1004", "9999"):
        codes = []
        for _try in range(7):
            with pytest.raises(login.Refused) as refused:
                login.by_password(work_number=number, password="wrong", visit=HERE)
            codes.append(refused.value.code)
        assert codes == ["sign_in_refused"] * 4 + ["too_many_tries"] * 3


def test_a_lock_holds_one_account_from_one_source_for_fifteen_minutes(chief, mine, noon):
    account(mine.persons["handler"])
    for _try in range(5):
        with pytest.raises(login.Refused):
            login.by_password(work_number="1004", password="wrong", visit=HERE)
    with pytest.raises(login.Refused):
        login.by_password(work_number="1004", password=PASSWORD, visit=HERE)
    assert login.by_password(work_number="1004", password=PASSWORD, visit=Visit("10.0.0.8"))
    assert login.by_password(work_number="1005", password=PASSWORD, visit=HERE)
    with clock.at(noon + timedelta(minutes=16)):
        assert login.by_password(work_number="1004", password=PASSWORD, visit=HERE)
    assert AuditEntry.objects.filter(event="account.locked").count() == 1


def test_a_crowd_of_sources_cannot_lock_the_owner_out_of_a_known_device(chief):
    _device, token = devices.remember(chief, HERE)
    for n in range(40):
        with pytest.raises(login.Refused):
            login.by_password(work_number="1004", password="wrong", visit=Visit(f"10.1.0.{n}"))
    with pytest.raises(login.Refused):
        login.by_password(work_number="1004", password=PASSWORD, visit=Visit("10.2.0.1"))
    assert login.by_password(work_number="1004", password=PASSWORD, visit=Visit("10.2.0.1", device=token))


def test_no_address_is_kept(chief):
    with pytest.raises(login.Refused):
        login.by_password(work_number="1004", password="wrong", visit=Visit("203.0.113.9"))
    assert all("203.0" not in key and len(key) == 64 for key in Throttle.objects.values_list("key", flat=True))


def test_forwarded_addresses_are_believed_from_trusted_proxies_only(chief, settings):
    client = Client()
    for n in range(5):
        enter(client, "1004", "wrong", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
    assert enter(client, "1004", PASSWORD, HTTP_X_FORWARDED_FOR="198.51.100.77").status_code == 401
    settings.TRUSTED_PROXIES = ["127.0.0.0/8"]
    assert enter(client, "1004", PASSWORD, HTTP_X_FORWARDED_FOR="1.1.1.1, 198.51.100.77").status_code == 302


def test_an_account_without_a_post_or_switched_off_is_refused(chief, mine, noon):
    chief.is_active = False
    chief.save()
    with pytest.raises(login.Refused):
        login.by_password(work_number="1004", password=PASSWORD, visit=HERE)
    chief.is_active = True
    chief.save()
    Appointment.objects.filter(person=mine.persons["chief"]).update(until=clock.today())
    with pytest.raises(login.Refused):
        login.by_password(work_number="1004", password=PASSWORD, visit=HERE)


def test_a_pin_opens_its_own_device_only_and_five_failures_end_it(chief):
    client = Client()
    enter(client, "1004", PASSWORD)
    assert client.post("/w/accounts/me/pin/", {"password": PASSWORD, "pin": "123456"}).status_code == 422
    assert client.post("/w/accounts/me/pin/", {"password": PASSWORD, "pin": "495172"}).status_code == 302
    client.post("/w/logout/")
    pin = {"work_number": "1004", "pin": "495172", "next": ""}
    assert Client().post("/w/login/pin/", pin).status_code == 401
    assert client.post("/w/login/pin/", pin).status_code == 302
    client.post("/w/logout/")
    for _try in range(5):
        client.post("/w/login/pin/", {**pin, "pin": "000001"})
    assert Device.objects.get(account=chief).pin == ""


def test_a_shared_computer_keeps_one_mark_for_several_people(chief, mine):
    client = Client()
    account(mine.persons["handler"])
    enter(client, "1004", PASSWORD)
    mark = client.cookies[DEVICE_COOKIE].value
    client.post("/w/logout/")
    enter(client, "1005", PASSWORD)
    assert client.cookies[DEVICE_COOKIE].value == mark
    assert Device.objects.count() == 2


def test_the_owner_is_told_of_a_further_device_and_not_of_the_first(chief):
    devices.remember(chief, HERE)
    assert not Notice.objects.exists()
    devices.remember(chief, Visit("10.0.0.8"))
    assert Notice.objects.get().kind == "account.new_device"


def test_a_device_mark_brought_from_elsewhere_is_not_taken_over(chief):
    _device, token = devices.remember(chief, Visit("10.0.0.7", device="planted"))
    assert token != "planted"


def test_the_login_page_says_when_the_second_factor_is_off(settings, mine):
    settings.DEMO = True
    assert "第二重验证已关闭" in Client().get("/w/login/").content.decode()
    assert signed_in(mine.persons["leader"], strength="password").get("/w/accounts/me/").status_code == 200
