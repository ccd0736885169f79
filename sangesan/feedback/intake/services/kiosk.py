"""The kiosk answers a page once (自助终端): a browser without script keeps what was sent and can send it again."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from sangesan.foundation import clock

from ..models import SentPage

KEPT = timedelta(days=7)
"""How long a page is known to have been sent (记住多久), as long as the token of a request is."""


def first_time(mark: str) -> bool:
    """Return whether the page with this random mark is sent for the first time (是否首次送出), and remember it."""
    number = int.from_bytes(hashlib.sha256(mark.encode()).digest()[:8]) >> 1
    _page, fresh = SentPage.objects.get_or_create(pk=number, defaults={"day": clock.today()})
    return fresh


def forget(day: date) -> int:
    """Forget the pages of more than a week ago (清理终端页); safe to repeat."""
    return SentPage.objects.filter(day__lt=day - KEPT).delete()[0]
