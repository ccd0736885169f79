"""A year of the weekly meeting (一年的例会): over New Year and Spring Festival, every Monday counted once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from sangesan.execution.duties import services as working
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import todo
from sangesan.execution.routines.models import Completeness, Version
from sangesan.execution.routines.services import count_due, install, make, put_in_force, rebuild
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import count, entries
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM, Actor
from tests import builders
from tests.builders import hire, small_mine
from tests.routines import confirm

pytestmark = pytest.mark.django_db
BEGUN, CONFIRMED = date(2025, 12, 1), date(2025, 12, 22)
AWAY = {date(2026, 5, 11), date(2026, 8, 3)}  # nobody held it
SLOW = date(2026, 3, 16)  # entered four days later


@pytest.mark.chapter("S2c", "P1b")
def test_the_meeting_is_held_every_week_of_a_year_and_what_was_not_is_said(monkeypatch):
    monkeypatch.setattr(builders, "START", date(2025, 1, 1))
    with clock.at(datetime(2025, 12, 1, 8, tzinfo=clock.LOCAL)):
        mine = small_mine()
        confirm(2025)
        hire(mine, "head", "党委书记", "DW", Role.LEADER, "1080", head=True, line="party")
        install(actor=SYSTEM, codes=["ZGLH-B"])
        version = Version.objects.get()
        put_in_force(version=version, since=BEGUN, decided_by="党委会", actor=SYSTEM)
        make(BEGUN)
        assert Duty.objects.filter(nominal__year=2026, provisional=False).count() == 0
    for n in range(364):
        _live(mine, BEGUN + timedelta(days=n))
    mondays = [BEGUN + timedelta(days=7 * n) for n in range(52)]
    held = {d.nominal: d for d in Duty.objects.filter(nominal__lt=date(2026, 11, 30))}
    assert sorted(held) == mondays, "one for each Monday of the year, and New Year passed"
    due = {day: clock.local(duty.due).date() for day, duty in held.items()}
    assert due[date(2026, 2, 16)] == date(2026, 2, 24), "put off over Spring Festival, its nominal date kept"
    assert due[date(2026, 2, 23)] == date(2026, 2, 24)
    assert due[date(2026, 10, 5)] == date(2026, 10, 8) and due[date(2025, 12, 29)] == date(2025, 12, 29)
    assert count(kinds=["duty.fell_due"]) == 52 and count(kinds=["duty.missed"]) == 3
    missed = {date.fromisoformat(str(row.day)) for row in entries(kinds=["duty.missed"])}
    assert missed == {day + timedelta(days=1) for day in AWAY | {SLOW}}
    assert count(kinds=["duty.late"]) == 1 and count(kinds=["duty.done"]) == 49
    before = _counted()
    with clock.at(datetime(2026, 11, 30, 0, 30, tzinfo=clock.LOCAL)):
        rebuild()
    after = _counted()
    assert before == after, "what the nights counted is what is counted anew"
    assert sum(row[2] for row in after if row[1] == 0) == 49 and sum(row[3] for row in after if row[1] == 0) == 2


def _live(mine, day: date) -> None:
    """Live a day (过一天): hold what waits, then close it; the next year's calendar is confirmed in December."""
    if day == CONFIRMED:
        confirm(2026)
    with clock.at(datetime(day.year, day.month, day.day, 16, tzinfo=clock.LOCAL)):
        for task in todo(mine.scope("head")):
            duty = Duty.objects.get(pk=int(task.subject.rpartition("/")[2]))
            if day >= clock.local(duty.due).date() and duty.nominal not in AWAY | {SLOW}:
                working.complete(duty=duty, actor=Actor.post("head"))
        if day == SLOW + timedelta(days=4):
            working.complete(duty=Duty.objects.get(nominal=SLOW), actor=Actor.post("head"))
    with clock.at(datetime(day.year, day.month, day.day, 23, 50, tzinfo=clock.LOCAL) + timedelta(minutes=30)):
        _close(day)


def _close(day: date) -> None:
    working.record_due(day)
    if day.weekday() == 6 or day == CONFIRMED:  # what a lost night leaves undone, the next one does
        make(day + timedelta(days=1))
    count_due(day)


def _counted() -> list[tuple]:
    rows = Completeness.objects.order_by("month", "routine")
    return list(rows.values_list("month", "routine", "on_time", "missing"))
