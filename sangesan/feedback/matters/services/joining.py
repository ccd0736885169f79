"""Who joins the roster is looked for in what came in before (新进人员回避): he may be appointed a moment later.

A million letters take half a minute of a processor, too long for whoever enters him. So where there are many it is
done in the background, a portion at a time, and until it is done he reads no matter (`Person.sought`). How far it has
come waits as its progress: a restart goes on, and what is repeated changes nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext as _

from sangesan.foundation.jobs import queries as jobs
from sangesan.foundation.jobs import services as progress
from sangesan.foundation.jobs.models import Progress
from sangesan.method.folding import fold
from sangesan.method.masking import Names
from sangesan.organization.people.models import WAITS, Person
from sangesan.organization.people.queries import sought
from sangesan.organization.people.signals import entered

from ..models import Matter, Message, Submission
from ..queries.first_readers import forget
from ..queries.nearby import all_said, read
from ..queries.ordering import FROM_SPEAKER
from ..words import CARE
from .recusing import heed_some, raise_all, shut

AT_ONCE = 2_000
"""So many letters are looked through while whoever enters somebody waits (即时审读上限)."""
PORTION, HEEDED, SECONDS, NAME = 2_000, 50, 20, "look through"
SOURCES: tuple[tuple[QuerySet, tuple[str, ...]], ...] = (
    (Matter.objects.all(), ("pk", "pk", "title", "place")),
    (Submission.objects.filter(withdrawn=None), ("pk", "matter_id", "text")),
    (Message.objects.filter(kind__in=FROM_SPEAKER), ("pk", "matter_id", "text")),
)


@receiver(entered, dispatch_uid="matters.entered")
def shut_entered(people: Sequence[Person], **_signal: object) -> None:
    """Shut out of what names them in full whoever was entered now (新进人员回避), before any post makes them read it.

    Of what triage has handed over as well: nobody could say of them that they are only mentioned.
    """
    forget()
    transaction.on_commit(forget)  # whatever was read meanwhile knows them not
    if Submission.objects.values("pk")[: AT_ONCE + 1].count() > AT_ONCE:
        keep_out(people)
        return
    for _source, _after, _count in _walk(people, 0, -1):
        pass


def keep_out(people: Sequence[Person]) -> None:
    """Let somebody read no matter until what came in before was looked through (审读完再开放)."""
    keys = [one.pk for one in people]
    for start in range(0, len(keys), 500):
        Person.objects.filter(pk__in=keys[start : start + 500]).update(sought=WAITS)
    for one in people:
        one.sought = WAITS


def look_through(seconds: float = SECONDS) -> int:
    """Look for those who wait in what came in before (入册审读), for some seconds; return through how much.

    Whatever waits to be looked through for everybody comes first: they may have got a post with it. What can't be
    looked through is kept from them, for triage to say otherwise; they read the rest, and the fault is raised last.
    """
    end, done, faults = monotonic() + seconds, 0, dict[int, Exception]()
    while search := _under_way() or _begun():
        number, source, after, so_far = search
        forget()
        people = list(Person.objects.filter(sought=number))
        for place, key, count in _walk(people, source, after):
            done, so_far = done + count, so_far + count
            progress.step(NAME, so_far, f"{number}/{place}/{key}")
            if monotonic() >= end:
                return done
        while heed_some(HEEDED, faults):
            if monotonic() >= end:
                return done
        for matter in Matter.objects.filter(pk__in=list(faults)):
            shut(matter, [{"person": one.pk} for one in people], by_words=True)
        Person.objects.filter(sought=number).update(sought=0)
        progress.finish(NAME)
    raise_all(faults)
    return done


def _begun() -> tuple[int, int, int, int] | None:
    """Begin to look for all that wait (开始审读); who comes later waits for the next search."""
    if not sought():
        return None
    number, total = WAITS + 1 + secrets.randbits(62), sum(rows.count() for rows, _fields in SOURCES)
    with transaction.atomic():
        Person.objects.exclude(sought=0).update(sought=number)
        progress.begin(NAME, _("审读以前的来件（新入册人员回避）"), total)
        progress.step(NAME, 0, f"{number}/0/-1")
    return number, 0, -1, 0


def _under_way() -> tuple[int, int, int, int] | None:
    """Return which search was broken off, and where (接着审读)."""
    row = jobs.of(NAME)
    if row is None or row.state != Progress.State.RUNNING:
        return None
    number, source, after = map(int, row.note.split("/"))
    return (number, source, after, row.done) if Person.objects.filter(sought=number).exists() else None


def _walk(people: Sequence[Person], source: int, after: int) -> Iterator[tuple[int, int, int]]:
    """Go through what was said (逐批审读) from a key on: after each portion tell the source, the key and how many."""
    known, ends = Names(one.name for one in people), _ends(people)
    for place, (rows, fields) in enumerate(SOURCES[source:], start=source):
        while portion := list(rows.filter(pk__gt=after).order_by("pk").values_list(*fields)[:PORTION]):
            if found := {matter for _pk, matter, *words in portion if _names(known, ends, *words)}:
                _shut(people, known, found)
            after = portion[-1][0]
            yield place, after, len(portion)
        after = -1


def _ends(people: Sequence[Person]) -> dict[str, set[str]]:
    """Return the last signs of names by their first (姓名首尾字)."""
    found: dict[str, set[str]] = {}
    for name in (fold(one.name) for one in people if one.name):
        found.setdefault(name[0], set()).add(name[-1])
    return found


def _names(known: Names, ends: dict[str, set[str]], *words: str) -> bool:
    """Return whether words may name somebody (粗筛): both ends of a name in any script, then the name itself."""
    text = "\n".join(words)
    signs = set(fold(text))
    return any(ends[first] & signs for first in ends.keys() & signs) and bool(known.find(read(text)))


@transaction.atomic
def _shut(people: Sequence[Person], known: Names, keys: set[int]) -> None:
    """Shut out of some matters, and of those they were joined to, whom these name in full."""
    keys |= set(Matter.objects.filter(pk__in=keys).values_list("parent_id", flat=True)) - {None}
    for matter in Matter.objects.filter(pk__in=keys).exclude(kind=CARE).order_by("pk"):
        named = known.meant(read(all_said(matter)))
        if found := [{"person": one.pk} for one in people if one.name in named]:
            shut(matter, found, by_words=True)
