"""Suggestions (提出建议): computed after the commit from state that waits; a person always decides."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.words import CATEGORIES
from sangesan.foundation.jobs import queries as jobs
from sangesan.method.triage import Said
from sangesan.method.triage.urgency import urgent

from .. import queries, shelf
from ..models import Likeness, Suggestion


def suggest_due() -> int:
    """Look at what nobody has looked at (提出建议) and return how many matters; safe to run twice.

    Waits while the demo lives through its past days.
    """
    demo = jobs.of("demo")
    if demo is not None and demo.state == "running":
        return 0
    done = 0
    while rows := queries.awaiting():
        done += _look(rows)
    return done


def _look(matters: list[Matter]) -> int:
    """Think first, then write in one short transaction; what left the ordinary flow meanwhile is left out."""
    texts = queries.texts(m.pk for m in matters)
    rows = [_suggestion(m, texts.get(m.pk, m.title)) for m in matters]
    pairs = _pairs(texts)
    with transaction.atomic():
        still = set(queries.ordinary().filter(pk__in={k for p in pairs for k in (p.matter_id, p.other_id)}
                                              | {m.pk for m in matters}).values_list("pk", flat=True))
        Suggestion.objects.bulk_create([r for r in rows if r.matter_id in still], ignore_conflicts=True)
        Likeness.objects.bulk_create([p for p in pairs if p.matter_id in still and p.other_id in still],
                                     ignore_conflicts=True)
    return len(rows)


def _suggestion(matter: Matter, text: str) -> Suggestion:
    title, _, said = text.partition("\n")
    row, model = Suggestion(matter=matter, words=urgent(text)), queries.model()
    if model is not None:
        found = next(model.suggest([Said(said, title)]))
        if found.category in CATEGORIES:
            row.category, row.second, row.model = found.category, found.second, model.version
            row.probability, row.abstained = round(1000 * found.probability), found.abstained
    return row


def _pairs(texts: dict[int, str]) -> list[Likeness]:
    held, rows, said = shelf.opened(), {}, dict(texts)
    found = [(key, other, mark) for key, text in texts.items() for other, mark in held.like(key, text)]
    said |= queries.texts({other for _key, other, _mark in found} - set(said))
    for key, other, mark in found:
        if other in said:
            small, large = sorted((key, other))
            rows[small, large] = Likeness(matter_id=small, other_id=large, mark=round(1000 * min(mark, 1)),
                                          near=shelf.near(_said(said[key]), _said(said[other])))
    return list(rows.values())


def _said(text: str) -> str:
    return text.partition("\n")[2]


def forget(matters: Iterable[int]) -> None:
    """Drop all that was thought about matters (撤出), in the caller's transaction."""
    keys = list(matters)
    Suggestion.objects.filter(matter__in=keys).delete()
    Likeness.objects.filter(Q(matter__in=keys) | Q(other__in=keys)).delete()
