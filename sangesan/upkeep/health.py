"""Health (运行状况): what a machine asks every minute, in one small JSON answer."""

from __future__ import annotations

import shutil
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection

from sangesan.foundation import append_only, clock
from sangesan.foundation.jobs import queries as jobs

SPACE_LEFT = 500 * 1024 * 1024


def look() -> dict[str, object]:
    """Return the state of the parts (各部件状况); `status` is ok or failing.

    Nothing in it tells of a speaker: neither counts nor times of what was heard.
    """
    database = _database()
    ledger = _ledger() if database == "ok" else "unknown"
    disk = "ok" if shutil.disk_usage(settings.DATA).free > SPACE_LEFT else "full"
    good = database == "ok" and ledger == "ok" and disk == "ok"
    return {
        "status": "ok" if good else "failing", "database": database, "engine": connection.vendor,
        "ledger": ledger, "disk": disk,
        "jobs": [{"name": j.name, "state": j.state, "percent": j.percent} for j in _running(database)],
    }


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
            return "ok" if cursor.fetchone()[0] else "empty"
    except DatabaseError:
        return "failing"


def _ledger() -> str:
    """Ask cheaply: are the append-only triggers there? `sangesan verify` checks all the rest."""
    return "unguarded" if append_only.missing() else "ok"


def _running(database: str) -> list:
    return jobs.running() if database == "ok" else []


def stale(moment, hours: int) -> bool:
    """Return whether something last seen at a moment is older than it should be (是否过久)."""
    return moment is None or clock.now() - moment > timedelta(hours=hours)
