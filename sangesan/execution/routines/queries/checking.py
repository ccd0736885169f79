"""The check of a routine (检查): its dates, and what a superior looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.duties.queries import duty_for, with_status
from sangesan.execution.duties.services.planning import Time
from sangesan.execution.duties.words import chip
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.method.checking import DAYS, checker
from sangesan.method.deadlines import Calendar, add_working_days
from sangesan.method.duty_status import Status

from ..models import Version
from .targets import standing
from .versions import times_of

CHECK = "routine_check"
EVENING = time(18)


def check_times_of(version: Version, anchor: date, since: date, until: date, days: Calendar) -> list[Time]:
    """Return the dates of a version's checks (检查时刻): open when it is due, due two working days after its grace."""
    return [_after(one, days) for one in times_of(version, anchor, since, until, days)]


def _after(one: Time, days: Calendar) -> Time:
    day = add_working_days(clock.local(one.closes).date(), DAYS, days)
    due = datetime.combine(day, EVENING, clock.LOCAL)
    return Time(one.nominal, day, one.due, due, due, one.provisional or not days.confirmed(day.year))


@dataclass(frozen=True)
class Looked:
    """What one check looks at (检查内容): the routine, each duty with its state, whether it is mine to do."""

    duty: Duty
    version: Version
    rows: list[tuple[Duty, dict[str, str]]]
    doers: frozenset[int]
    settled: bool
    mine: bool

    @property
    def waits(self) -> bool:
        """Whether it waits for me now (待我检查)."""
        return self.mine and not self.settled and self.duty.opens <= clock.now()

    @property
    def missing(self) -> int:
        return sum(row.standing in (Status.MISSING.value, Status.OPEN.value) for row, _chip in self.rows)


def looked_at(scope: Scope, pk: int) -> Looked:
    """Fetch a check with what it looks at (取检查). Raises NotFound."""
    duty = duty_for(scope, pk)
    version = Version.objects.filter(force__origin__code=duty.origin.code.removesuffix("-C")).select_related(
        "routine", "force").first()
    if duty.origin.kind != CHECK or version is None:
        raise NotFound()
    rows = with_status(Duty.objects.filter(origin=version.force.origin, nominal=duty.nominal))
    found = list(rows.exclude(standing=Status.CANCELLED.value).select_related("origin", "unit").order_by("path"))
    if version.checks == Version.Checks.ABOVE:
        now = standing(min(duty.nominal, clock.today()))
        headed = now.heads.get(version.line, set())
        found = [row for row in found if checker(now.ways.get(row.unit_id, ()), headed) == duty.unit_id]
    done = Happening.objects.filter(duty__in=found, what="done", withdrawn_at=None)
    one = with_status(Duty.objects.filter(pk=duty.pk)).get()
    return Looked(duty=duty, version=version, rows=[(row, chip(Status(row.standing))) for row in found],
                  doers=frozenset(done.exclude(person=0).values_list("person", flat=True)),
                  settled=one.settled_as is not None, mine=_mine(scope, pk))


def _mine(scope: Scope, pk: int) -> bool:
    try:
        return duty_for(scope, pk, Action.DO_WORK).pk == pk
    except NotFound:
        return False
