"""What stands covered is covered anew (重新遮盖) after the rules of covering have changed.

Texts are covered each time they are read; titles, published answers, results of reception days and
research topics are stored covered, and the
index holds covered words. The rules carry a version (`method.masking.VERSION`). Each store is walked once under each
version, a portion at a time, and how far it has come waits as its progress: a restart goes on, a restored copy of
old begins anew, and a walk that is repeated changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

from django.utils.translation import gettext_lazy as _

from sangesan.feedback.intake.services import reception
from sangesan.feedback.matters import services as matters
from sangesan.feedback.pulse.services import publishing as answers
from sangesan.feedback.research import services as research
from sangesan.foundation.jobs import queries as jobs
from sangesan.foundation.jobs import services as progress
from sangesan.foundation.jobs.models import Progress
from sangesan.method import masking

PORTION = 300
SECONDS = 20
"""So long one run may take (每次时长): the other jobs wait for it."""


@dataclass(frozen=True)
class Store:
    """What holds covered words (存遮盖文字处): how many, and how the next of them after a key are covered anew."""

    name: str
    title: str
    count: Callable[[], int]
    again: Callable[[int, int], list[int]]


STORES: tuple[Store, ...] = (
    Store("cover matters", _("重新遮盖事项标题和检索"), matters.to_cover, matters.cover_again),
    Store("cover answers", _("重新遮盖公开答复"), answers.to_cover, answers.cover_again),
    Store("cover receptions", _("重新遮盖接待结果"), reception.to_cover, reception.cover_again),
    Store("cover topics", _("重新遮盖研讨课题"), research.to_cover, research.cover_again),
)


def run(seconds: float = SECONDS) -> int:
    """Cover anew what stands under older rules (重新遮盖), for some seconds, and return how many things were."""
    end, done = monotonic() + seconds, 0
    for _store, count in _portions():
        done += count
        if monotonic() >= end:
            break
    return done


def begin_anew() -> None:
    """Say that nothing stands covered yet (新建库): whatever a new database takes in is covered by today's rules."""
    for store in STORES:
        progress.begin(store.name, str(store.title))
        progress.finish(store.name, f"{masking.VERSION}/")


def waiting() -> int:
    """Return how many things still stand under older rules (待重新遮盖件数)."""
    return sum(max(store.count() - _place(store)[0], 0) for store in STORES if not _whole(store))


def _portions() -> Iterator[tuple[Store, int]]:
    """Cover one portion after the other (逐批遮盖), noting after each how far it has come."""
    for store in STORES:
        if _whole(store):
            continue
        done, after = _place(store)
        if not done:
            progress.begin(store.name, str(store.title), store.count())
        while keys := store.again(after, PORTION):
            done, after = done + len(keys), keys[-1]
            progress.step(store.name, done, f"{masking.VERSION}/{after}")
            yield store, len(keys)
        progress.finish(store.name, f"{masking.VERSION}/")


def _whole(store: Store) -> bool:
    """Return whether all of it stands under the rules of today (是否全部遮盖)."""
    row = jobs.of(store.name)
    return row is not None and row.state == Progress.State.DONE and row.note == f"{masking.VERSION}/"


def _place(store: Store) -> tuple[int, int]:
    """Return how many are done under the rules of today, and up to which key (进度)."""
    row = jobs.of(store.name)
    version, slash, after = row.note.partition("/") if row else ("", "", "")
    if row is None or version != str(masking.VERSION) or not after.isdecimal():
        return 0, -1
    return row.done, int(after)
