"""The footing of a matter (办理节点): what a step of it moves and no word changes; on another, the same step is new."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast

from ..models import Answer, Assignment, Case, Extension, Matter, Objection, Pause, Regrading, Review, Supervision

FREE = frozenset({"note", "case_note", "suggest", "reply", "withdraw", "erase_name"})
"""What is the same deed wherever the matter stands (与节点无关): mere words, and what is done once for good."""
STANDS = ("state", "kind", "parent", "earlier", "reopened", "returns", "bound", "grade", "provisional", "procedure",
          "unit", "lead", "category", "title", "place", "affected")
COUNTED = (
    (Assignment, "unit"), (Answer, "outcome"), (Extension, "outcome"), (Pause, "outcome"), (Regrading, "outcome"),
    (Objection, "outcome"), (Review, "outcome"), (Review, "hearing_since"), (Supervision, "state"),
    (Case, "signed_at"),
)
"""What was asked for and decided (申请与决定), by what came of it: refused and asked again is another footing."""


def footing_of(action: str, number: str) -> Callable[[], str] | None:
    """Return what tells the footing a step is taken on (取办理节点), None where it is the same step on each."""
    return None if action in FREE else partial(footing, number)


def footing(number: str) -> str:
    """Return on which footing a matter is (办理节点), '' where there is none; it is compared and never shown.

    What a step does once in a round, a first word or a call back, is told by its round. What speakers say and how they
    rate moves nothing by itself, and neither does the time.
    """
    stands = Matter.objects.filter(number=number).values_list("number", *STANDS, "pk").first()
    if stands is None:
        return ""
    *row, pk = stands
    first, *others = (
        table.objects.filter(matter=pk).order_by().annotate(
            what=Value(f"{table.__name__}.{field}", output_field=CharField()),
            came=Cast(F(field), CharField()),
        ).values_list("what", "came").annotate(Count("pk"))
        for table, field in COUNTED)
    return json.dumps([row, sorted(map(str, first.union(*others, all=True)))])
