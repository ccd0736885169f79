"""Reads of when a person is left in peace (免打扰查询): by night, at work, and asleep where they chose so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings

from sangesan.foundation import clock
from sangesan.method import quiet
from sangesan.method.turns import USUAL, Turn, read, said
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Shift
from sangesan.organization.units.queries import lineages, on
from sangesan.organization.units.queries.rota import shifts

from ..models import Work

MOST = 12
"""So many shifts to choose from at most."""


def house() -> quiet.House:
    """Return when the house reminds, and its night (提醒时刻)."""
    since, until = (time.fromisoformat(text) for text in settings.NOTICE_QUIET)
    return quiet.House(tuple(time.fromisoformat(text) for text in settings.NOTICE_TIMES), since, until)


def begun(persons: Iterable[int]) -> dict[int, datetime]:
    """Return whose batch has begun, and when (本批提醒时刻); who is in quiet, or has none yet today, is left out."""
    now, ours = clock.local(clock.now()), house()
    if quiet.freed(now, sorted(ours.night(day) for day in _days(now.date()))) != now:
        return {}
    found = {person: quiet.begun(now, ours, spans) for person, spans in quiets(persons, now.date()).items()}
    return {person: at for person, at in found.items() if at is not None}


def quiets(persons: Iterable[int], day: date) -> dict[int, list[quiet.Span]]:
    """Return what is quiet for persons on a day (各人免打扰时段), in a fixed number of queries."""
    people, ours = set(persons), house()
    chosen = {row.person_id: row for row in Work.objects.filter(person__in=people)} if people else {}
    by_unit = at_work(people, day)
    found = {}
    for person in people:
        row = chosen.get(person, Work())
        own = dict.fromkeys(_days(day), _turn(row.shift)) if row.shift != Work.UNIT else by_unit.get(person, {})
        found[person] = quiet.spans(day, ours, own.get, sleeps=row.sleeps)
    return found


def at_work(persons: Iterable[int], day: date) -> dict[int, dict[date, Turn]]:
    """Return which shift the unit of each person works that day and the day before (单位班次).

    It is the unit's own, or that of the nearest one above that has any.
    """
    units = dict(Person.objects.filter(pk__in=persons).values_list("pk", "unit"))
    ways = lineages(units.values(), day)
    above = {step.pk for way in ways.values() for step in way}
    found: dict[int, dict[date, Turn]] = {person: {} for person in units}
    for each in _days(day):
        working = shifts(each, above) if above else {}
        for person, unit in units.items():
            nearest = next((working[s.pk] for s in reversed(ways.get(unit, [])) if s.pk in working), None)
            if nearest is not None:
                found[person][each] = nearest.turn
    return found


def choices(day: date) -> list[str]:
    """Return the shifts of this enterprise (可选班次), as they are written, in the order of the day."""
    rows = on(Shift.objects.exclude(begins=None), day).values_list("pattern", "begins", "ends").distinct()
    turns = [Turn(*row) for row in rows.order_by("begins", "ends", "pattern")[:MOST]]
    return [said([turn]) for turn in turns or [Turn(name, *hours) for name, hours in USUAL.items()]]


def _turn(words: str) -> Turn | None:
    return None if words == Work.NONE else read(words)[0]


def _days(day: date) -> tuple[date, date]:
    return day - timedelta(days=1), day
