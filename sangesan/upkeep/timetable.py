"""Timetable (时间表): what runs by itself, and how often. A job only looks for work that waits as state."""

from __future__ import annotations

from importlib import import_module

from django_q.models import Schedule

from sangesan.foundation import clock

TIMETABLE: list[tuple[str, str, int]] = [
    # name, function without arguments, every so many minutes
    ("rounds", "sangesan.procedures.rounds.run", 1),
    ("seal", "sangesan.ledger.facts.services.seal_work", 10),
    ("nightly", "sangesan.procedures.nightly.run_due", 10),
    ("reminders", "sangesan.organization.notices.services.announce", 10),
    ("tidy-notices", "sangesan.organization.notices.services.tidy", 1440),
    ("tidy-accounts", "sangesan.organization.accounts.services.tidy", 1440),
]


def install() -> None:
    """Write the timetable into the job queue (安装时间表); rows no longer in it disappear."""
    wanted = {name: (function, minutes) for name, function, minutes in TIMETABLE if _exists(function)}
    Schedule.objects.exclude(name__in=wanted).delete()
    for name, (function, minutes) in wanted.items():
        row = Schedule.objects.filter(name=name).first() or Schedule(name=name, next_run=clock.now())
        row.func, row.minutes, row.schedule_type, row.repeats = function, minutes, Schedule.MINUTES, -1
        row.save()


def _exists(function: str) -> bool:
    module, _, name = function.rpartition(".")
    try:
        return hasattr(import_module(module), name)
    except ModuleNotFoundError as missing:
        if missing.name != module:
            raise
        return False
