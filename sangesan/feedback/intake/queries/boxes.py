"""Reads of boxes (意见箱查询): which one may open, what waits for the second person, which slips are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Max, Q, QuerySet

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit

from ..models import Box, Opening


def boxes(scope: Scope) -> QuerySet[Box]:
    """Return the boxes a scope may open (可开的箱), in order."""
    rows = Box.objects.filter(Q(until=None) | Q(until__gt=clock.today()), unit__in=scope.units_for(Action.REGISTER))
    return rows.select_related("unit").order_by("code")


def units(scope: Scope) -> list[tuple[int, str]]:
    """Return the units within one's register (可设箱单位)."""
    return list(Unit.objects.filter(pk__in=scope.units_for(Action.REGISTER), closed=None).values_list("pk", "name"))


def box_for(scope: Scope, code: str) -> Box:
    """Fetch a box (取意见箱); fetching is permission. Raises NotFound."""
    found = boxes(scope).filter(code=code).first() if "\x00" not in code else None
    if found is None:
        raise NotFound()
    return found


def opening_for(scope: Scope, pk: int) -> Opening:
    """Fetch an opening of a box one may open (取开箱记录). Raises NotFound."""
    rows = Opening.objects.filter(pk=min(pk, 2**63 - 1), box__in=boxes(scope)).select_related("box")
    found = rows.first()
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class Row:
    """A box in the list (意见箱): when it was opened last, whether that is too long ago, what is unfinished."""

    box: Box
    last: date | None
    late: bool
    waiting: Opening | None
    unentered: Opening | None


def rows(scope: Scope) -> list[Row]:
    """Return the list of boxes (意见箱一览), three queries."""
    today, found = clock.today(), list(boxes(scope).annotate(last=Max("openings__day")))
    openings = Opening.objects.filter(box__in=found)
    waiting = {o.box_id: o for o in openings.filter(confirmed=None)}
    counted = openings.exclude(confirmed=None).annotate(done=Count("entered")).filter(slips__gt=F("done"))
    open_ = {o.box_id: o for o in counted.order_by("-day", "pk")}  # of several the oldest, however old it is
    return [Row(box, box.last, today - (box.last or box.since) > timedelta(days=box.every),
                waiting.get(box.pk), open_.get(box.pk)) for box in found]


def log(box: Box, most: int = 60) -> list[Opening]:
    """Return the log of a box's openings (开箱记录), newest first."""
    return with_names(list(box.openings.prefetch_related("entered").order_by("-day", "-pk")[:most]))


def with_names(openings: list[Opening]) -> list[Opening]:
    """Put beside the posts who the two were (开箱人): two may hold posts of one name."""
    names = dict(Person.objects.filter(pk__in={p for one in openings for p in (one.first, one.second)})
                 .values_list("pk", "name"))
    for one in openings:
        one.first_name, one.second_name = names.get(one.first, ""), names.get(one.second, "")
    return openings


def opened_by(scope: Scope, opening: Opening) -> bool:
    """Return whether this person was one of the two (是否开箱人)."""
    return scope.person != 0 and scope.person in (opening.first, opening.second)


def left(opening: Opening) -> list[int]:
    """Return the numbers of slips not yet entered (未登记的信条)."""
    entered = set(opening.entered.values_list("number", flat=True))
    return [n for n in range(1, opening.slips + 1) if n not in entered]


def second_available(scope: Scope, opening: Opening) -> bool:
    """Return whether this person may confirm (可否复核): anybody who may open it, but not who counted first."""
    return opening.confirmed is None and opening.first != scope.person
