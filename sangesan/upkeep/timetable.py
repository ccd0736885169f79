"""Timetable (时间表): what runs by itself, and how often. A job only looks for work that waits as state."""

from __future__ import annotations

import logging

from django.utils.module_loading import import_string
from django_q.models import Schedule

from sangesan.foundation import clock
from sangesan.foundation.jobs import queries as jobs
from sangesan.foundation.traces import told

log = logging.getLogger(__name__)

TIMETABLE: dict[str, tuple[str, int]] = {
    # name: function without arguments, every so many minutes
    "rounds": ("sangesan.procedures.rounds.run", 1),
    "push": ("sangesan.organization.notices.services.delivering.run", 1),
    "joining": ("sangesan.feedback.matters.services.look_through", 1),
    "seal": ("sangesan.ledger.facts.services.seal_work", 10),
    "nightly": ("sangesan.procedures.nightly.run_due", 10),
    "covers": ("sangesan.procedures.covering.run", 1),
    "triage": ("sangesan.feedback.triage.services.retrain", 60),
    "roster": ("sangesan.organization.roster.services.drop_old", 60),
    "accounts": ("sangesan.organization.accounts.services.tidy", 60),
    "photos": ("sangesan.feedback.matters.services.photos.tidy", 24 * 60),
    "notices": ("sangesan.organization.notices.services.tidy", 24 * 60),
    "copies": ("sangesan.appraisal.handbooks.services.make", 1),
    "old copies": ("sangesan.appraisal.handbooks.services.tidy", 24 * 60),
    "backup": ("sangesan.upkeep.daily.run", 60),
    "backups": ("sangesan.upkeep.backup.expire", 24 * 60),
    "audit": ("sangesan.ledger.audit.services.expire", 24 * 60),
}


def install() -> None:
    """Write the timetable into the job queue (安装时间表); rows no longer in it disappear."""
    Schedule.objects.exclude(name__in=TIMETABLE).delete()
    for name, (_, minutes) in TIMETABLE.items():
        row = Schedule.objects.filter(name=name).first() or Schedule(name=name, next_run=clock.now())
        row.func, row.args, row.kwargs = "sangesan.upkeep.timetable.tick", repr((name,)), "{}"
        row.schedule_type, row.minutes, row.repeats = Schedule.MINUTES, minutes, -1
        row.save()


def tick(name: str) -> None:
    """Run one entry (到点执行), unless the demo mine still lives through its past days.

    Its matters stand at a stopped clock; the clock of now would find all of them late.
    """
    demo = jobs.of("demo")
    if demo is not None and demo.state == "running":
        return
    try:
        import_string(TIMETABLE[name][0])()
    except Exception as fault:
        log.exception("job %s", name)
        raise Failed(f"{name}: {told(fault)}") from None  # the queue keeps what it is told, word for word


class Failed(Exception):
    """A job that failed (任务失败): which, and with what kind of fault."""
