"""What stands covered is covered anew (重新遮盖) after the rules of covering or the names they know have changed.

Texts are covered each time they are read; titles, published answers, results of reception days and
research topics are stored covered, and the index holds covered words beside the names of units and of who has a
matter in hand. The rules carry a version (`method.masking.VERSION`), the names a digest. Each store is walked once
under each state of both, a portion at a time, and how far it has come waits as its progress: a restart goes on, a
restored copy of old begins anew, and a walk that is repeated changes nothing. What changes while a store is walked
waits until it has been: somebody who is entered every hour must not keep the walk from ever coming to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from time import monotonic

from django.utils.translation import gettext_lazy as _

from sangesan.feedback.intake.services import reception
from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.queries.veil import roster
from sangesan.feedback.pulse.services import publishing as answers
from sangesan.feedback.research import services as research
from sangesan.foundation.jobs import queries as jobs
from sangesan.foundation.jobs import services as progress
from sangesan.foundation.jobs.models import Progress
from sangesan.method import masking
from sangesan.organization.people.queries import known_names
from sangesan.organization.units.queries import known_units

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
    """Cover anew what stands under an older state (重新遮盖), for some seconds, and return how many things were."""
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
        progress.finish(store.name, f"{state()}/")


def waiting() -> int:
    """Return how many things still stand under an older state (待重新遮盖件数)."""
    today = state()
    return sum(max(store.count() - _left_off(store, today)[1], 0) for store in STORES if not _whole(store, today))


def state() -> str:
    """Return under what is covered today (遮盖状态): the version of the rules and a digest of all names."""
    people, units = sorted(set(known_names())), sorted(set(known_units()))
    said = sha256(repr((people, units)).encode()).hexdigest()[:16]
    return f"{masking.VERSION}-{said}"


def _portions() -> Iterator[tuple[Store, int]]:
    """Cover one portion after the other (逐批遮盖), noting after each how far it has come."""
    today = state()
    roster.forget()  # who joined a moment ago must not be missing from the walk that is made for him
    for store in STORES:
        if _whole(store, today):
            continue
        under, done, after = _left_off(store, today)
        if not done:
            progress.begin(store.name, str(store.title), store.count())
        while keys := store.again(after, PORTION):
            done, after = done + len(keys), keys[-1]
            progress.step(store.name, done, f"{under}/{after}")
            yield store, len(keys)
        progress.finish(store.name, f"{under}/")


def _whole(store: Store, today: str) -> bool:
    """Return whether all of it stands under the state of today (是否全部遮盖)."""
    row = jobs.of(store.name)
    return row is not None and row.state == Progress.State.DONE and row.note == f"{today}/"


def _left_off(store: Store, today: str) -> tuple[str, int, int]:
    """Return under which state it is being walked, how many are done, and up to which key (进度).

    A walk under other names goes on; one under other rules begins anew, for there will hardly be two in a day.
    """
    row = jobs.of(store.name)
    under, slash, after = row.note.partition("/") if row else ("", "", "")
    same_rules = under.partition("-")[0] == str(masking.VERSION)
    if row is None or row.state == Progress.State.DONE or not same_rules or not after.isdecimal():
        return today, 0, -1
    return under, row.done, int(after)
