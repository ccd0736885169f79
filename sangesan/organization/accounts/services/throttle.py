"""Limits on guessing (限次): per account and source, never per site.

A source is a known device, else the visitor's address; only HMACs are kept, and they expire.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from sangesan.foundation import clock, sealing

from ..models import Throttle


@dataclass(frozen=True)
class Limit:
    """So many failures within a window lock the key for a time (锁定规则)."""

    name: str
    failures: int
    window: timedelta
    lock: timedelta

    def key(self, *who: object) -> str:
        return sealing.digest("throttle", self.name, *who)


PAIR = Limit("pair", 5, timedelta(minutes=15), timedelta(minutes=15))
"""One account from one source."""
ACCOUNT = Limit("account", 30, timedelta(hours=1), timedelta(hours=1))
"""One account from all unknown sources together; a known device passes by it."""
RESET = Limit("reset", 20, timedelta(hours=1), timedelta(hours=1))
"""Requests for a new invitation from one source."""
FACTOR = Limit("factor", 5, timedelta(minutes=15), timedelta(minutes=15))
"""Wrong codes of the second factor for one account."""
CONFIRM = Limit("confirm", 5, timedelta(minutes=15), timedelta(minutes=15))
"""Wrong passwords of whoever is signed in already and is asked for it once more; signing in is not touched by it."""
INVITATION = Limit("invitation", 30, timedelta(minutes=15), timedelta(minutes=15))
"""Unknown invitation codes from one source."""


def locked(limit: Limit, *who: object) -> bool:
    """Return whether the key is locked now (已锁定)."""
    return Throttle.objects.filter(key=limit.key(*who), locked_until__gt=clock.now()).exists()


@transaction.atomic
def fail(limit: Limit, *who: object) -> bool:
    """Count a failure (记一次失败) and return whether the key is locked from now on."""
    now = clock.now()
    row, _ = Throttle.objects.select_for_update().get_or_create(
        key=limit.key(*who), defaults={"expires_at": now + limit.window}
    )
    if row.expires_at <= now:
        row.failures, row.locked_until, row.expires_at = 0, None, now + limit.window
    row.failures += 1
    if row.failures >= limit.failures:
        row.locked_until = now + limit.lock
        row.expires_at = now + max(limit.lock, limit.window)
        row.failures = 0
    row.save()
    return row.locked_until is not None and row.locked_until > now


def clear(limit: Limit, *who: object) -> None:
    """Forget the failures (清零) after a success."""
    Throttle.objects.filter(key=limit.key(*who)).delete()
