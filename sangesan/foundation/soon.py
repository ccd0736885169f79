"""Soon (随后): work that waits in the database as state is looked for right after the commit.

Nobody waits for it: one thread of each process does it a moment later, once for all that asked
meanwhile. Whatever is lost with the process, the next round finds; so this makes nothing safer,
only quicker.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction

GATHER = 0.3  # seconds in which further wishes join
log = logging.getLogger(__name__)
_wanted: dict[Callable[[], object], None] = {}
_guard = threading.Lock()
_worker: tuple[int, threading.Thread] | None = None


def soon(work: Callable[[], object]) -> None:
    """Do a piece of work (随后办) shortly after the present transaction has committed, if it does."""
    if getattr(settings, "SOON", True):
        transaction.on_commit(lambda: _want(work))


def _want(work: Callable[[], object]) -> None:
    global _worker
    with _guard:
        _wanted[work] = None
        if _worker is None or _worker[0] != os.getpid() or not _worker[1].is_alive():
            thread = threading.Thread(target=_do, name="soon", daemon=True)
            _worker = (os.getpid(), thread)
            thread.start()


def _do() -> None:
    """Do what is wanted (办理) until nothing is."""
    global _worker
    while True:
        time.sleep(GATHER)
        with _guard:
            works = list(_wanted)
            _wanted.clear()
            if not works:
                _worker = None
                break
        for work in works:
            try:
                work()
            except Exception:
                log.exception("soon: %s", getattr(work, "__name__", work))
    connection.close()
