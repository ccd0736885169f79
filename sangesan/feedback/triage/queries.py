"""Reads of triage help (分办辅助查询). What is shown passes the permission query of matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from sangesan.feedback.matters.models import Matter, Reach, Submission
from sangesan.feedback.matters.queries import masker, visible
from sangesan.feedback.matters.words import CATEGORIES, LEFT
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.lifecycle import OPEN, State
from sangesan.method.triage import Model, keeping
from sangesan.method.triage.habits import Usual, usual
from sangesan.organization.units.models import Kind, Unit

from .models import Habit, Likeness, Suggestion

DAYS = 30
SHOWN = 5
ALIKE = 150
"""Thousandths below which the page shows no likeness, unless nothing better is there."""
WAITING = (State.RECEIVED.value, State.GRADED.value, State.RETURNED.value)


def ordinary() -> QuerySet[Matter]:
    """Return what triage help may look at (普通事项): released, never withdrawn, never what left the ordinary flow.

    Neither accusations nor words of despair, nor what the union reads first.
    """
    rows = Matter.objects.filter(release_at=None, cleared_on=None).exclude(kind__in=LEFT)
    rows = rows.exclude(state=State.WITHDRAWN.value)
    return rows.exclude(Exists(Reach.objects.filter(matter=OuterRef("pk")).exclude(sealed=Reach.ORDINARY)))


def awaiting(most: int = 200) -> list[Matter]:
    """Return matters nobody has looked at yet (待建议): what waits for triage, and what thirty days of topics need."""
    recent = Q(received_day__gte=clock.today() - timedelta(days=DAYS))
    rows = ordinary().filter(Q(state__in=WAITING) | recent, history=False)
    return list(rows.filter(~Exists(Suggestion.objects.filter(matter=OuterRef("pk")))).order_by("pk")[:most])


def pool() -> set[int]:
    """Return the keys of matters to compare with (可比事项): ordinary, open or of the last thirty days."""
    roots = list(Unit.objects.filter(kind__in=(Kind.MINE, Kind.GROUP)).values_list("pk", flat=True))
    since = clock.today() - timedelta(days=DAYS)
    rows = Reach.objects.filter(unit__in=roots, sealed=Reach.ORDINARY).exclude(state=State.WITHDRAWN.value)
    found = set(rows.filter(day__gte=since).values_list("matter_id", flat=True))
    return found | set(rows.filter(state__in=[s.value for s in OPEN]).values_list("matter_id", flat=True))


def earlier(pool: set[int], most: int = 5_000) -> list[int]:
    """Return earlier ordinary matters (以往事项), the newest: how common words are is learnt from them."""
    roots = list(Unit.objects.filter(kind__in=(Kind.MINE, Kind.GROUP)).values_list("pk", flat=True))
    rows = Reach.objects.filter(unit__in=roots, sealed=Reach.ORDINARY).exclude(state=State.WITHDRAWN.value)
    keys = rows.order_by("-day", "matter_id").values_list("matter_id", flat=True)[: most + len(pool)]
    return [key for key in dict.fromkeys(keys) if key not in pool][:most]


def texts(keys: Iterable[int]) -> dict[int, str]:
    """Return what was said in each matter (诉说), its title before it; two queries.

    Covered, as in the index: a name that stands in five letters would stand in the model as a word.
    """
    cover = masker()
    found = dict(Matter.objects.filter(pk__in=list(keys), cleared_on=None).exclude(kind__in=LEFT)
                 .values_list("pk", "title"))
    said = Submission.objects.filter(matter__in=list(found), withdrawn=None).order_by("day", "pk")
    for pk, text in said.values_list("matter_id", "text"):
        found[pk] += "\n" + cover(text)
    return found


def place() -> Path:
    """Return where this enterprise's model lies (模型文件)."""
    return settings.DATA / "triage" / "model"


def model() -> Model | None:
    """Return the enterprise's own model (本单位模型), None when there is none or it can't be used."""
    try:
        return _loaded(place(), place().stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=1)
def _loaded(path: Path, _changed: int) -> Model | None:
    try:
        return keeping.load(path)
    except keeping.Unusable:
        return None


@dataclass(frozen=True)
class Alike:
    """A matter like the picked one (相似事项), in per cent; `near`: almost word for word."""

    matter: Matter
    percent: int
    near: bool


def similar(scope: Scope, matter: Matter) -> list[Alike]:
    """Return the five likest open matters the scope sees (相似事项); others are neither shown nor counted."""
    rows = Likeness.objects.filter(Q(matter=matter.pk) | Q(other=matter.pk))
    marks = {(row.other_id if row.matter_id == matter.pk else row.matter_id): row for row in rows}
    open_ = [s.value for s in OPEN]
    seen = visible(scope).filter(pk__in=list(marks), state__in=open_, parent=None).exclude(kind__in=LEFT)
    found = sorted(seen.select_related("unit", "lead"),
                   key=lambda m: (not marks[m.pk].near, -marks[m.pk].mark, m.number))
    best = [m for m in found if marks[m.pk].mark >= ALIKE] or found[:1]
    return [Alike(m, marks[m.pk].mark // 10, marks[m.pk].near) for m in best[:SHOWN]]


def usual_unit(matter: Matter, category: str) -> tuple[Unit, Usual] | None:
    """Return who usually handles such a matter (通常主办), never whom it is about or who is no more."""
    found = usual(Habit.objects.filter(category=category).values_list("unit_id", "lead_id", "count"), matter.unit_id)
    unit = Unit.objects.filter(pk=found.lead, closed=None).first() if found else None
    about = matter.concerns.filter(unit__isnull=False).values_list("unit_id", flat=True)
    return None if unit is None or unit.pk in set(about) else (unit, found)


def aid(scope: Scope, matter: Matter) -> dict[str, Any]:
    """Return what the triage page shows (分办参考); nothing for what left the ordinary flow."""
    said = None if matter.sealed else Suggestion.objects.filter(matter=matter.pk).first()
    if said is None:
        return {}
    sure = bool(said.category) and not said.abstained
    chosen = said.category if sure and matter.category == "other" else matter.category
    unit = usual_unit(matter, chosen)
    initial = {"category": chosen}
    if unit is not None:
        initial["lead"] = f"{unit[0].name} {unit[0].code}"
    return {"initial": initial, "similar": similar(scope, matter), "aid": {
        "template": "triage/_aid.html", "said": said, "sure": sure, "category": CATEGORIES.get(said.category, ""),
        "second": CATEGORIES.get(said.second, ""), "percent": said.probability // 10, "unit": unit,
        "same": said.category == matter.category, "quality": _quality(),
    }}


def _quality() -> dict[str, Any] | None:
    """Return how good the present model is (模型质量), as its training measured it."""
    found = model()
    said = found.said.get("quality") if found else None
    return said and {"letters": said["letters"], "accuracy": round(100 * said["accuracy"]),
                     "top_two": round(100 * said["top_two"])}
