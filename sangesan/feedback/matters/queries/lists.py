"""The list of matters (事项列表): a walk along a unit's index, with a cursor instead of pages."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from sangesan.foundation import clock
from sangesan.method.authority import Action, Scope
from sangesan.method.lifecycle import FINAL, OPEN, State
from sangesan.method.supervision import COLLECTIVE

from ..models import Case, Matter, Reach, Supervision, Term
from .access import FLOWS, reached, sees_fresh, visible, without_conflict
from .owing import missed

MOST = 100
CAP = 1_000
"""Above so many we say “more than” (共 1,000 条以上): an exact count helps nobody and costs every page."""


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed by (筛选条件); '' and 0 mean all. They stand in the address."""

    state: str = ""
    grade: str = ""
    unit: int = 0
    channel: str = ""
    category: str = ""
    number: str = ""
    overdue: bool = False
    mark: str = ""
    month: date | None = None


@dataclass(frozen=True)
class Page:
    """A page of a list (一页): rows, the cursor of the next page or '', how many in all."""

    rows: list[Matter]
    after: str
    total: int
    capped: bool


RECORDS = {
    "supervised": (Supervision, {"state": "open"}), "proposed": (Supervision, {"state": "proposed"}),
    "case": (Case, {"signed_at": None}), "lawful": (Term, {"missed": True, "met": None, "lifted": False}),
}
"""Marks that are records beside the state (旁证标记): few, so the list starts from them."""
OWN = {"collective": Q(affected__gte=COLLECTIVE), "paused": Q(state=State.SUSPENDED.value)}
"""Marks that stand in the matter itself (自身标记)."""
LED = "led"
"""The mark of what a unit, or one below it, answers for (主办): more lies there, raised there and led elsewhere."""


def _marked(filters: Filters) -> QuerySet | None:
    """Return the ids of what is marked by a record (有标记的事项), None when no such mark is asked for."""
    if filters.mark not in RECORDS:
        return None
    model, which = RECORDS[filters.mark]
    return model.objects.filter(**which).values("matter_id")


def page(scope: Scope, filters: Filters = Filters(), *, after: str = "", limit: int = 30,
         counted: bool = True) -> Page:
    """Return a page of what the scope sees (事项列表), newest day first; at most 100 rows."""
    limit = max(1, min(limit, MOST))
    if filters.number:
        rows = list(_numbered(scope, filters)[: limit + 1])
        return Page(rows[:limit], "", min(len(rows), limit), len(rows) > limit)
    cursor = _cursor(after)
    walks = list(_walks(scope, filters))
    found: dict[int, Reach] = {}
    for walk in walks:
        rows = walk if cursor is None else walk.filter(day__lte=cursor[0]).exclude(
            day=cursor[0], matter_id__gte=cursor[1])
        rows = rows.select_related("matter", "matter__unit", "matter__lead")
        for row in rows.order_by("-day", "-matter_id")[: limit + 1]:
            found[row.matter_id] = row
    rows = sorted(found.values(), key=lambda r: (r.day, r.matter_id), reverse=True)
    last = rows[limit - 1] if len(rows) > limit else None
    total = _count(walks, CAP) if counted else 0
    return Page([r.matter for r in rows[:limit]], f"{last.day:%F}.{last.matter_id}" if last else "",
                min(total, CAP), total > CAP)


def shown(scope: Scope, filters: Filters = Filters()) -> QuerySet[Matter]:
    """Return the same matters as a queryset (同筛选的全部事项), for export and figures."""
    return _numbered(scope, filters) if filters.number else _narrow_matters(scope, visible(scope), filters)


def _numbered(scope: Scope, filters: Filters) -> QuerySet[Matter]:
    """Return what a number, or its beginning, names (按编号)."""
    rows = visible(scope).filter(number__gte=filters.number, number__lt=filters.number + "~")
    return _narrow_matters(scope, rows, filters).select_related("unit", "lead").order_by("-received_day", "-pk")


def _walks(scope: Scope, filters: Filters):
    """Yield one queryset of Reach for every unit to walk along, all there or a line's own.

    What Reach does not hold is asked of the matter row by row, so that the walk stays a walk.
    """
    for action, sealed in FLOWS:
        grounds = scope.grounds(action)
        for unit, line in ([(filters.unit, "")] if filters.unit and grounds else grounds):
            rows = _narrow(Reach.objects.filter(unit=unit, sealed=sealed, **_within(filters, "day")), filters)
            if line:
                rows = rows.filter(line=line)
            elif not (filters.unit or sees_fresh(scope, action) or unit in scope.units_for(Action.READ_FIRST)):
                rows = rows.filter(fresh_since=None)
            if filters.mark == LED:
                rows = rows.filter(leads=True)
            if filters.unit:
                rows = rows.filter(Exists(reached(scope, action, sealed).filter(matter=OuterRef("matter_id"))))
            more, marked = _of_matter(scope, filters), _marked(filters)
            if marked is not None:
                rows = rows.filter(matter_id__in=marked)
            if more:
                rows = rows.filter(Exists(Matter.objects.filter(more, pk=OuterRef("matter_id"))))
            yield without_conflict(rows, scope, "matter_id")


def _narrow_matters(scope: Scope, rows: QuerySet[Matter], filters: Filters) -> QuerySet[Matter]:
    if filters.unit or filters.mark == LED:
        here = {"unit": filters.unit} if filters.unit else {}
        led = {"leads": True} if filters.mark == LED else {}
        rows = rows.filter(Exists(Reach.objects.filter(matter=OuterRef("pk"), **here, **led)))
    marked = _marked(filters)
    if marked is not None:
        rows = rows.filter(pk__in=marked)
    return _narrow(rows, filters).filter(_of_matter(scope, filters), **_within(filters, "received_day"))


def _within(filters: Filters, field: str) -> dict[str, date]:
    """Return the days of the month asked for (月份)."""
    if filters.month is None:
        return {}
    last = filters.month.replace(day=monthrange(filters.month.year, filters.month.month)[1])
    return {f"{field}__gte": filters.month, f"{field}__lte": last}


def _narrow(rows: QuerySet, filters: Filters) -> QuerySet:
    """Narrow by what stands in Reach and in Matter alike (状态、等级)."""
    if filters.state == "open" or (filters.overdue and not filters.state):
        rows = rows.filter(state__in=[s.value for s in OPEN])
    elif filters.state == "over":
        rows = rows.filter(state__in=[s.value for s in FINAL | {State.CLOSED}])
    elif filters.state:
        rows = rows.filter(state=filters.state)
    return rows.filter(grade=filters.grade) if filters.grade else rows


def _of_matter(scope: Scope, filters: Filters) -> Q:
    """Return the conditions only the matter itself answers (渠道、类别、超期); it repeats what the scope sees."""
    more = Q(earlier__in=visible(scope).values("pk")) if filters.mark == "repeated" else Q()
    if filters.channel:
        more &= Q(channel=filters.channel)
    if filters.category:
        more &= Q(category=filters.category)
    if filters.overdue:
        more &= missed(clock.now())
    return more & OWN.get(filters.mark, Q())


def _count(walks: list[QuerySet[Reach]], cap: int) -> int:
    if len(walks) == 1:
        return walks[0].order_by()[: cap + 1].count()
    ids: set[int] = set()
    for walk in walks:
        ids.update(walk.order_by().values_list("matter_id", flat=True)[: cap + 1])
    return len(ids)


def _cursor(after: str) -> tuple[date, int] | None:
    day, _, key = after.partition(".")
    try:
        return (date.fromisoformat(day), min(int(key), 2**63 - 1)) if after else None
    except ValueError:
        return None
