"""Passkeys (通行密钥) in a real browser, with an authenticator of its own."""

from urllib.parse import urlsplit

import pytest

from tests.builders import small_mine
from tests.signing import PASSWORD, account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, number):
    page.goto("/w/login/?next=/w/accounts/me/")
    page.fill("[name=work_number]", number)
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")


def test_a_leader_registers_a_passkey_at_first_sign_in_and_enters_with_it_alone(page):
    account(small_mine().persons["leader"])
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True}})
    sign_in(page, "1001")
    page.wait_for_url("**/w/factor/enrol/**")
    page.click("[data-passkey=register]")
    page.wait_for_url(lambda url: "/w/factor/" not in url)
    page.goto("/w/accounts/me/")
    page.wait_for_selector("text=通行密钥")

    page.context.clear_cookies()
    page.goto("/w/login/?next=/w/accounts/me/")
    page.click("[data-passkey=login]")
    page.wait_for_url(lambda url: urlsplit(url).path == "/w/accounts/me/")
    assert "王安民" in page.inner_text("main")


def test_at_a_bare_address_passkeys_are_not_offered(page):
    page.goto("/w/login/".replace("localhost", "127.0.0.1"))
    address = page.url.replace("localhost", "127.0.0.1")
    assert page.request.get(address).text().count("data-passkey") == 0
