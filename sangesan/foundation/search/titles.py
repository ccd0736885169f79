"""Titles (标题): the few short texts that need no index, asked within what somebody may see."""

from __future__ import annotations

from django.db.models import Q

from .bigrams import plain, read


def named(field: str, words: str) -> Q:
    """Return the condition "its title holds every word" (标题含各词), none where no word is long enough.

    A word counts as it was typed and as it is read: titles stand in the script they were written in.
    """
    query, found = read(words), Q()
    said = {plain(run): run for run in query.said.split()}
    for run in query.runs:
        found &= Q(**{f"{field}__icontains": run}) | Q(**{f"{field}__icontains": said.get(run, run)})
    return found or Q(pk__in=[])
