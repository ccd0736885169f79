"""The index of matters is kept in step (建索引): what changed waits as a row until it is taken up.

Only ordinary matters stand in it, and only once released: what left the ordinary flow is taken
out. Thinking is done before the transaction; whoever comes second finds the rows gone and
leaves it at that.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from sangesan.foundation.soon import soon

from .. import queries
from ..models import Matter, Message, Submission, Unindexed
from ..queries.searching import INDEX
from ..signals import moved

PORTION = 300


def stale(matters: Iterable[int]) -> None:
    """Say that matters have changed (待建索引), in the caller's transaction."""
    Unindexed.objects.bulk_create([Unindexed(matter_id=pk) for pk in matters], batch_size=500)
    soon(index_due)


@receiver(moved, dispatch_uid="matters.unindexed")
def _moved(matter: Matter, action: str = "", **_said) -> None:
    """A step may change words and reach (随动), of all that was joined to it too where it leaves the ordinary flow."""
    stale([matter.pk, *(matter.joined.values_list("pk", flat=True) if action == "accuse" else ())])


@receiver(post_save, sender=Submission, dispatch_uid="matters.unindexed_said")
@receiver(post_save, sender=Message, dispatch_uid="matters.unindexed_told")
def _said(instance: Submission | Message, update_fields: frozenset[str] | None = None, **_kwargs) -> None:
    stale([instance.matter_id])


def index_due(most: int = 100_000) -> int:
    """Take up what has changed (建索引) and return how many matters were; safe to run twice."""
    done = 0
    while done < most and (count := _portion()):
        done += count
    return done


def _portion() -> int:
    """Take up one portion (一批), unless somebody else has begun to."""
    # The newest first: who has just spoken does not wait behind all matters when names changed.
    rows = dict(Unindexed.objects.order_by("-pk").values_list("pk", "matter_id")[:PORTION])
    wanted = set(rows.values())
    entries = queries.entries(wanted)
    with transaction.atomic():
        if rows and Unindexed.objects.filter(pk__in=list(rows)).delete()[0] == len(rows):
            INDEX.put(entries)
            INDEX.drop(sorted(wanted - {entry.ref for entry in entries}))
            return len(wanted)
        transaction.set_rollback(True)
        return 0


def tidy_index(*, day: date) -> None:
    """Let go of words that were taken out (清除索引残留), on Sundays: the whole index is written anew."""
    if day.isoweekday() == 7:
        INDEX.tidy()
