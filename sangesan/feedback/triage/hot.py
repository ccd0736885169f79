"""Hot issues (热点): what several people raise at the same time, as a topic in a unit, never as a person.

Counted anew for whoever looks, from what they may see; a topic of fewer than five voices is not
shown at all, a unit of fewer within it shows no number (chapter V.1 and V.7), nor one that would
tell it, taken from the topic's whole (security.md, Statistics).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries import SIGNED_IN, marks_of, visible
from sangesan.feedback.matters.queries.access import reached
from sangesan.feedback.matters.words import LEFT
from sangesan.foundation import clock
from sangesan.method import disclosure
from sangesan.method.authority import Action, Scope
from sangesan.method.lifecycle import State
from sangesan.method.triage.topics import clusters, named, same_topic

from .models import Likeness
from .queries import DAYS

MOST = 5_000
"""Matters looked at, the newest (最多看的件数)."""
PORTION = 500
TOPICS, EXAMPLES = 20, 5


@dataclass(frozen=True)
class Topic:
    """A topic that several raise (热点话题): its words, how many matters and voices, where, since when."""

    words: list[str]
    category: str
    count: int
    voices: int
    open: int
    units: list[tuple[str, int | None]]
    since: date
    until: date
    examples: list[Matter]


def topics(scope: Scope) -> list[Topic]:
    """Return the topics of thirty days (近三十天热点) the scope may know of, most voices first."""
    rows = _matters(scope)
    found = [_topic([rows[pk] for pk in group]) for group in clusters(rows, _pairs(rows)) if len(group) > 1]
    shown = [topic for topic in found if disclosure.cell(topic.count, topic.voices) is not None]
    return sorted(shown, key=lambda t: (-t.voices, -t.count, t.words))[:TOPICS]


def _matters(scope: Scope) -> dict[int, Matter]:
    """Return the ordinary matters of thirty days the scope sees (近三十天可见事项) with their voices, newest first."""
    since = clock.today() - timedelta(days=DAYS)
    reach = reached(scope, Action.SEE).filter(day__gte=since)
    keys = dict.fromkeys(reach.order_by("-day", "matter_id").values_list("matter_id", flat=True)[: 4 * MOST])
    found: dict[int, Matter] = {}
    for portion in _portions(list(keys)[:MOST]):
        rows = visible(scope).filter(pk__in=portion).exclude(kind__in=LEFT).exclude(state=State.WITHDRAWN.value)
        rows = list(rows.select_related("unit"))
        marks = marks_of(matter.subject for matter in rows if matter.channel == SIGNED_IN)
        for matter in rows:
            matter.voice = disclosure.voice(matter.mode, marks.get(matter.subject, ""))
        found |= {m.pk: m for m in rows}
    return {pk: found[pk] for pk in keys if pk in found}


def _pairs(rows: dict[int, Matter]) -> Iterable[tuple[int, int]]:
    """Yield what belongs together (同一话题): what was joined, and what is alike enough."""
    yield from ((m.pk, m.parent_id) for m in rows.values() if m.parent_id)
    for portion in _portions(list(rows)):
        for row in Likeness.objects.filter(matter__in=portion).values_list("matter_id", "other_id", "mark"):
            left, right = rows.get(row[0]), rows.get(row[1])
            if left and right and same_topic(row[2], left.category == right.category):
                yield left.pk, right.pk


def _topic(matters: list[Matter]) -> Topic:
    days = [m.received_day for m in matters]
    return Topic(
        words=named([m.title for m in matters]) or [matters[0].category_name], category=matters[0].category_name,
        count=len(matters), voices=disclosure.voices(m.voice for m in matters),
        open=sum(m.is_open for m in matters), units=_units(matters), since=min(days), until=max(days),
        examples=[m for m in matters if not m.parent_id][:EXAMPLES],
    )


def _units(matters: list[Matter]) -> list[tuple[str, int | None]]:
    """Return where it is raised (涉及单位); the number is None where too few speak, or it would tell of those."""
    modes: dict[str, list[str]] = {}
    for matter in matters:
        modes.setdefault(matter.unit.name, []).append(matter.voice)
    return sorted(disclosure.beside(modes).items())


def _portions(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + PORTION] for start in range(0, len(keys), PORTION))
