"""The list of work items (工作项列表): each with its stage and how late it is, a page by keyset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from sangesan.execution.duties.queries.standing import settlements
from sangesan.foundation import clock
from sangesan.foundation.search import named
from sangesan.method import chain as rule
from sangesan.method.authority import Scope

from ..models import StageRow, Step, WorkItem
from .access import LARGEST, items, own_units

PAGE = 30


@dataclass(frozen=True)
class Row:
    """A work item in the list (一行)."""

    item: WorkItem
    due: date
    done: int
    steps: int

    @property
    def word(self) -> str:
        """The stage it is in (所在环节)."""
        return self.item.get_stage_display()

    @property
    def late(self) -> int:
        """For how many days the stage has been late (超期天数)."""
        return max(0, (clock.today() - self.due).days) if self.item.running else 0


def listed(scope: Scope, *, state: str = "", after: str = "") -> tuple[list[Row], str]:
    """Return a page of the work items a scope sees (工作项列表) and where the next begins, in four queries."""
    rows = items(scope)
    if state == "mine":
        rows = rows.filter(Q(post__code__in=scope.post_codes) | Q(parts__unit__in=own_units(scope))).distinct()
    ended = (rule.ENDED, rule.DROPPED)
    if state == "late":
        current = StageRow.objects.filter(entered_at__isnull=False, left_at=None, due__lt=clock.today())
        rows = rows.filter(pk__in=current.values("item"))
    rows = rows.filter(stage__in=ended) if state == "ended" else rows.exclude(stage__in=ended)
    day, key = _cursor(after)
    if key:
        rows = rows.filter(Q(due__gt=day) | Q(due=day, pk__gt=key))
    found = list(rows.order_by("due", "pk")[:PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return _rows(found[:PAGE]), f"{last.due:%F}.{last.pk}" if last else ""


def find(scope: Scope, words: str, most: int = 20) -> list[WorkItem]:
    """Find work items by their title (查找工作项), the latest first, ended ones too."""
    return list(items(scope).filter(named("title", words)).order_by("-opened_at", "-pk")[:most])


def _rows(found: list[WorkItem]) -> list[Row]:
    stages = {(row.item_id, row.slug): row.due for row in StageRow.objects.filter(item__in=found)}
    counts: dict[tuple[int, str], tuple[int, int]] = {}
    done = Q(duty__in=settlements().filter(what__in=["done", "exempted"]).values("duty"))
    steps = Step.objects.filter(item__in=found).order_by().values("item", "stage")
    for one in steps.annotate(n=Count("pk"), d=Count("pk", filter=done)):
        counts[one["item"], one["stage"]] = one["d"], one["n"]
    return [Row(item, stages.get((item.pk, item.stage), item.due), *counts.get((item.pk, item.stage), (0, 0)))
            for item in found]


def _cursor(after: str) -> tuple[date, int]:
    day, _dot, key = after.partition(".")
    try:
        return date.fromisoformat(day), min(int(key), LARGEST)
    except ValueError:
        return date.min, 0
