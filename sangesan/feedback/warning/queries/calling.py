"""Who is called, in which order, and who is on duty (值班). Phones are shown to the duty post alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from sangesan.feedback.grades import queries as tables
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.access import without_conflict
from sangesan.feedback.matters.queries.holders import appointed
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Role, Scope
from sangesan.method.grading import Told, Where
from sangesan.method.shifts import NAMES, SHIFTS, span
from sangesan.organization.people.models import Appointment

from ..models import Call, CallSheet, Watch

DISPATCHER = Told(Role.DISPATCHER, Where.MINE)


def wanted(matter: Matter, mine: int) -> list[Appointment]:
    """Return whom an A warning calls (电话单顺序): the dispatching room, who is on duty, then as the table says."""
    places = [DISPATCHER, *tables.of(matter.table).levels["A"].told]
    now = on_duty(mine, clock.now())
    rows: dict[int, Appointment] = {}
    for place in places:
        found = appointed(matter, [place])
        on_watch = [row for row in found if now is not None and row.person_id == now.person_id]
        for row in on_watch if place.role == Role.DUTY and on_watch else found:
            rows.setdefault(row.person_id, row)  # whoever stands in two places is called in the first
    return list(rows.values())


def on_duty(mine: int, at: datetime) -> Watch | None:
    """Return who is on duty at an hour (此刻谁值班), None when the rota says nobody."""
    return Watch.objects.filter(mine=mine, begins__lte=at, ends__gt=at).select_related("person").first()


def sheets(scope: Scope, most: int = 30) -> list[CallSheet]:
    """Return the latest call lists of a scope (电话单), newest first."""
    rows = visible(scope).select_related("matter", "matter__unit")
    return list(rows.prefetch_related("calls").order_by("-at", "-pk")[:most])


def visible(scope: Scope) -> QuerySet[CallSheet]:
    """Return the call lists a scope sees (可见电话单)."""
    return without_conflict(CallSheet.objects.filter(mine__in=scope.units_for(Action.CALL)), scope, "matter_id")


def sheet_for(scope: Scope, pk: int) -> CallSheet:
    """Fetch a call list (取电话单); fetching is permission. Raises NotFound."""
    rows = visible(scope).select_related("matter", "matter__unit", "matter__lead")
    found = rows.filter(pk=min(pk, 2**63 - 1)).first()
    if found is None:
        raise NotFound()
    return found


def line_for(scope: Scope, pk: int) -> Call:
    """Fetch a line of a call list (取一行). Raises NotFound."""
    call = Call.objects.select_related("sheet__matter", "person").filter(pk=min(pk, 2**63 - 1)).first()
    if call is None:
        raise NotFound()
    sheet_for(scope, call.sheet_id)
    return call


def lines(sheet: CallSheet) -> list[Call]:
    """Return the lines of a list with the persons' phones (各行)."""
    return list(sheet.calls.select_related("person"))


def rota(scope: Scope, since: date, days: int = 14) -> list[dict]:
    """Return who is on duty (值班表), a row a day: its shifts in order, None where nobody stands."""
    mines = scope.units_for(Action.CALL)
    rows = Watch.objects.filter(mine__in=mines, day__gte=since, day__lt=since + timedelta(days=days))
    found = {(w.day, w.shift): w for w in rows.select_related("person")}
    now = clock.now()
    table = []
    for day in (since + timedelta(days=n) for n in range(days)):
        table.append({"day": day, "shifts": [{
            "name": NAMES[shift], "watch": found.get((day, shift)),
            "now": span(shift, day)[0] <= now < span(shift, day)[1]} for shift in SHIFTS]})
    return table
