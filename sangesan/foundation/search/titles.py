"""Titles (标题): the few short texts that need no index, asked within what somebody may see."""

from __future__ import annotations

from django.db.models import Q

from .bigrams import read


def named(field: str, words: str) -> Q:
    """Return the condition "its title holds every word" (标题含各词), none where no word is long enough."""
    found = Q()
    for run in read(words).runs:
        found &= Q(**{f"{field}__icontains": run})
    return found or Q(pk__in=[])
