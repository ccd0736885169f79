"""The only writer of the ledger (记账)."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime, time

from django.db import transaction

from sangesan.foundation import clock
from sangesan.method.facts import Actor
from sangesan.method.facts import Fact as Entry

from .models import Body, Fact


def record(entry: Entry, *, actor: Actor) -> int:
    """Record a fact (记账) in the caller's transaction and return its id.

    Raises TransactionManagementError outside a transaction: a fact and what it tells of
    are stored together or not at all.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a fact is recorded inside the caller's transaction")
    now = clock.now()
    at = entry.occurred_at
    moment = at if isinstance(at, datetime) else datetime.combine(at, time(0), tzinfo=clock.LOCAL)
    content = entry.body() | {"actor": actor.slug, "recorded_at": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
    raw = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    salt = secrets.token_bytes(32)
    fact = Fact.objects.create(kind=entry.kind, day=entry.day, commitment=hashlib.sha256(salt + raw).digest())
    Body.objects.create(fact=fact, salt=salt, content=raw, subject=entry.subject, unit=entry.unit,
                        line=entry.line, actor=actor.slug, occurred_at=moment, recorded_at=now)
    return fact.pk
