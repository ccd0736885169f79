"""Signing in (登录) in tests: accounts and clients for the holders of posts."""

from __future__ import annotations

from django.test import Client

from sangesan.foundation import clock
from sangesan.organization.accounts.models import Account
from sangesan.organization.accounts.services import sessions
from sangesan.organization.people.models import Person

PASSWORD = "Qsl@2026demo"


def account(person: Person, password: str = PASSWORD) -> Account:
    """Give a person an account with a known password (账号)."""
    made, _new = Account.objects.get_or_create(person=person)
    made.set_password(password)
    made.save()
    return made


def signed_in(person: Person, *, strength: str = sessions.FACTOR) -> Client:
    """Return a client signed in as this person, by default with the second factor proved."""
    client, now = Client(), int(clock.now().timestamp())
    client.force_login(account(person), backend=sessions.BACKEND)
    session = client.session
    session.update({"begun": now, "seen": now, "strength": strength})
    session.save()
    return client
