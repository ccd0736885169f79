"""Accounts of the demo mine (演示账号)."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from sangesan.foundation import clock
from sangesan.organization.people.models import Person

from ..models import Account
from . import passwords


@transaction.atomic
def open_demo_accounts(persons: Iterable[Person], *, password: str) -> int:
    """Open accounts with one known password (开通演示账号); refused outside the demo."""
    if not (settings.DEMO or (settings.DATA / "demo").exists()):
        raise RuntimeError("only the demo mine has known passwords")
    encoded, today = make_password(passwords.judge(password, work_number="")), clock.today()
    for person in (persons := list(persons)):
        Account.objects.update_or_create(
            person=person, defaults={"password": encoded, "is_active": True, "password_on": today})
    return len(persons)
