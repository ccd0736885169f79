"""Feeds of dates (日程订阅地址): a private address that opens only its owner's dates, until it is taken back."""

from __future__ import annotations

import secrets

from django.db import transaction

from sangesan.foundation import clock, sealing
from sangesan.foundation.errors import NotFound
from sangesan.ledger.audit.services import note
from sangesan.method.authority import Scope
from sangesan.organization.people.queries import scope_of

from ..models import Account, Feed


@transaction.atomic
def renew(account: Account) -> str:
    """Make one's address anew (更换订阅地址) and return its secret part, shown only now; the one before is void."""
    token = secrets.token_urlsafe(32)
    Feed.objects.update_or_create(account=account, defaults={
        "token": sealing.digest("feed", token), "created_at": clock.now()})
    note("feed.made", account=account, subject=account.subject)
    return token


@transaction.atomic
def revoke(account: Account) -> None:
    """Take the address back (停用订阅地址)."""
    if not Feed.objects.filter(account=account).delete()[0]:
        raise NotFound()
    note("feed.revoked", account=account, subject=account.subject)


def reader(token: str) -> Scope:
    """Return the scope of whoever owns an address (订阅人). Raises NotFound: wrong and taken back look alike."""
    row = Feed.objects.select_related("account__person").filter(
        token=sealing.digest("feed", token[:80].replace("\x00", "")), account__is_active=True).first()
    if row is None:
        raise NotFound()
    return scope_of(row.account.person)
