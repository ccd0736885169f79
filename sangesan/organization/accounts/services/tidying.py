"""Tidying (清理): what has run out is removed; losing a run loses nothing."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q

from sangesan.foundation import clock

from ..models import ApiToken, Device, Invitation, Throttle


def tidy() -> None:
    """Remove expired throttles, sessions and, after ninety days, spent slips, devices and tokens (清理过期)."""
    now, old = clock.now(), clock.now() - timedelta(days=90)
    Throttle.objects.filter(expires_at__lt=now).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    spent = Q(expires_at__lt=old) | Q(revoked_at__lt=old)
    Invitation.objects.filter(spent | Q(used_at__lt=old)).delete()
    Device.objects.filter(spent).delete()
    ApiToken.objects.filter(spent).delete()
